package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.vpc.Inventory.VpcAttributes;
import dev.hakoniwa.vpc.Inventory.VpcEssentials;
import software.amazon.awssdk.services.ec2.model.Tenancy;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.VpcState;

/// VPCs.
final class Vpcs {
    private final Inventory inventory;
    private final Parts parts;
    private final Ids ids;

    Vpcs(Inventory inventory, Parts parts, Ids ids) {
        this.inventory = inventory;
        this.parts = parts;
        this.ids = ids;
    }

    /// What a VPC is born with.
    record Parts(
            SecurityGroups securityGroups,
            RouteTables routeTables,
            NetworkAcls networkAcls,
            DhcpOptionsSets dhcpOptions) {}

    /// Makes a VPC with its security group, route table and network ACL.
    Vpc add(Scope scope, Cidr cidr, boolean isDefault) {
        var vpcId = "vpc-" + ids.hex(17);
        var vpc = Vpc.builder()
                .vpcId(vpcId)
                .ownerId(scope.account().value())
                .state(VpcState.AVAILABLE)
                .instanceTenancy(Tenancy.DEFAULT)
                .isDefault(isDefault)
                .dhcpOptionsId(parts.dhcpOptions().ofRegion(scope))
                .cidrBlock(cidr.toString())
                .cidrBlockAssociationSet(association(cidr, "vpc-cidr-assoc-" + ids.hex(17)))
                .build();
        inventory.vpcAttributes.put(scope, vpcId, new VpcAttributes(true, isDefault, false));
        inventory.vpcEssentials.put(
                scope,
                vpcId,
                new VpcEssentials(
                        parts.securityGroups().addDefault(scope, vpcId),
                        parts.routeTables().addMain(scope, vpcId, cidr),
                        parts.networkAcls().addDefault(scope, vpcId)));
        return inventory.vpcs.put(scope, vpcId, vpc);
    }

    static VpcCidrBlockAssociation association(Cidr cidr, String associationId) {
        return VpcCidrBlockAssociation.builder()
                .associationId(associationId)
                .cidrBlock(cidr.toString())
                .cidrBlockState(s -> s.state(VpcCidrBlockStateCode.ASSOCIATED))
                .build();
    }
}

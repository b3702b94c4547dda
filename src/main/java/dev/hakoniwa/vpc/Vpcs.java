package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.vpc.Inventory.VpcAttributes;
import dev.hakoniwa.vpc.Inventory.VpcEssentials;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Tenancy;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.VpcState;

/// VPCs.
final class Vpcs {
    private final Inventory inventory;
    private final Parts parts;
    private final EngineNetworks engineNetworks;
    private final Ids ids;

    Vpcs(Inventory inventory, Parts parts, EngineNetworks engineNetworks, Ids ids) {
        this.inventory = inventory;
        this.parts = parts;
        this.engineNetworks = engineNetworks;
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
                .ipv6CidrBlockAssociationSet(List.of())
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

    /// Whether there is anything in the VPC but what it was born with.
    boolean isUsed(Scope scope, String vpcId) {
        var essentials = inventory.vpcEssentials.get(scope, vpcId);
        return Stream.of(
                        inventory.subnets.where(scope, row -> vpcId.equals(row.vpcId())),
                        inventory.interfaces.where(scope, row -> vpcId.equals(row.vpcId())),
                        inventory.internetGateways.where(scope, row -> InternetGateways.isAttached(row, vpcId)),
                        inventory.routeTables.where(
                                scope,
                                row -> vpcId.equals(row.vpcId())
                                        && !essentials.routeTableId().equals(row.routeTableId())),
                        inventory.securityGroups.where(
                                scope,
                                row -> vpcId.equals(row.vpcId())
                                        && !essentials.securityGroupId().equals(row.groupId())))
                .anyMatch(rows -> !rows.isEmpty());
    }

    /// Removes a VPC that nothing is in, with what it was born with and its network.
    void remove(Scope scope, String vpcId) {
        var essentials = inventory.vpcEssentials.get(scope, vpcId);
        parts.securityGroups().remove(scope, essentials.securityGroupId());
        inventory.routeTables.remove(scope, essentials.routeTableId());
        inventory.networkAcls.remove(scope, essentials.networkAclId());
        inventory.vpcEssentials.remove(scope, vpcId);
        inventory.vpcAttributes.remove(scope, vpcId);
        inventory.vpcs.remove(scope, vpcId);
        for (var id : List.of(essentials.routeTableId(), essentials.networkAclId(), vpcId)) {
            inventory.tags.remove(scope, id);
        }
        engineNetworks.removeAfterwards(vpcId);
    }

    static VpcCidrBlockAssociation association(Cidr cidr, String associationId) {
        return VpcCidrBlockAssociation.builder()
                .associationId(associationId)
                .cidrBlock(cidr.toString())
                .cidrBlockState(s -> s.state(VpcCidrBlockStateCode.ASSOCIATED))
                .build();
    }
}

package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import software.amazon.awssdk.services.ec2.model.HostnameType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetState;

/// Subnets.
final class Subnets {
    private final Inventory inventory;
    private final NetworkAcls networkAcls;
    private final Ids ids;

    Subnets(Inventory inventory, NetworkAcls networkAcls, Ids ids) {
        this.inventory = inventory;
        this.networkAcls = networkAcls;
        this.ids = ids;
    }

    /// Makes a subnet of a zone; a default one gives its instances public addresses.
    Subnet add(Scope scope, String vpcId, Cidr cidr, String zone, boolean isDefault) {
        var subnetId = "subnet-" + ids.hex(17);
        var subnet = Subnet.builder()
                .subnetId(subnetId)
                .subnetArn(scope.arn("ec2", "subnet/" + subnetId).toString())
                .vpcId(vpcId)
                .ownerId(scope.account().value())
                .state(SubnetState.AVAILABLE)
                .cidrBlock(cidr.toString())
                .availabilityZone(zone)
                .availabilityZoneId(Zones.id(scope.region(), zone))
                .defaultForAz(isDefault)
                .mapPublicIpOnLaunch(isDefault)
                .mapCustomerOwnedIpOnLaunch(false)
                .assignIpv6AddressOnCreation(false)
                .ipv6Native(false)
                .enableDns64(false)
                .privateDnsNameOptionsOnLaunch(o -> o.hostnameType(HostnameType.IP_NAME)
                        .enableResourceNameDnsARecord(false)
                        .enableResourceNameDnsAAAARecord(false))
                .build();
        inventory.addresses.put(scope, subnetId, Addresses.none(cidr));
        networkAcls.associate(scope, inventory.vpcEssentials.get(scope, vpcId).networkAclId(), subnetId);
        return inventory.subnets.put(scope, subnetId, subnet);
    }

    Subnet find(Scope scope, String subnetId) {
        return inventory.subnets.find(scope, subnetId).orElseThrow(() -> Errors.subnetNotFound(subnetId));
    }

    void remove(Scope scope, String subnetId) {
        networkAcls.disassociate(scope, subnetId);
        inventory.addresses.remove(scope, subnetId);
        inventory.tags.remove(scope, subnetId);
        inventory.subnets.remove(scope, subnetId);
    }
}

package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;

/// Gives a scope, when it is first touched, what every account finds in every region: a default VPC with a subnet in
/// each zone and a way to the internet. What the user deletes of it is not given again.
final class Defaults {
    static final Cidr VPC = Cidr.of("172.31.0.0/16");
    static final int SUBNET_PREFIX = 20;
    private static final String GIVEN = "vpc";

    private final Inventory inventory;
    private final Vpcs vpcs;
    private final Subnets subnets;
    private final InternetGateways internetGateways;
    private final Instances instances;

    Defaults(Inventory inventory, Vpcs vpcs, Subnets subnets, InternetGateways internetGateways, Instances instances) {
        this.inventory = inventory;
        this.vpcs = vpcs;
        this.subnets = subnets;
        this.internetGateways = internetGateways;
        this.instances = instances;
    }

    void touch(Scope scope) {
        if (inventory.givenIds.contains(scope, GIVEN)) {
            return;
        }
        var vpcId = vpcs.add(scope, VPC, true).vpcId();
        inventory.givenIds.put(scope, GIVEN, vpcId);
        internetGateways.addDefault(scope, vpcId);
        instances.addFleet(scope, addSubnets(scope, vpcId));
    }

    /// The default VPC, while it is there.
    Optional<String> vpcId(Scope scope) {
        return inventory.vpcs.where(scope, Vpc::isDefault).stream()
                .map(Vpc::vpcId)
                .findFirst();
    }

    /// The subnets of the default VPC that are there, in the order of the zones.
    List<Subnet> subnets(Scope scope) {
        return inventory.subnets.where(scope, Subnet::defaultForAz).stream()
                .sorted(Comparator.comparing(Subnet::availabilityZone))
                .toList();
    }

    private List<Subnet> addSubnets(Scope scope, String vpcId) {
        var added = new ArrayList<Subnet>();
        var cidr = new Cidr(VPC.first(), SUBNET_PREFIX);
        for (var zone : Zones.names(scope.region())) {
            added.add(subnets.add(scope, vpcId, cidr, zone, true));
            cidr = new Cidr(cidr.first() + cidr.size(), SUBNET_PREFIX);
        }
        return added;
    }
}

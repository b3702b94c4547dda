package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Scope;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Vpc;

/// Which range of addresses a VPC has, and where it can move to when the engine can't give that one.
final class Ranges {
    /// Private ranges (RFC 1918), the roomiest first.
    private static final List<Cidr> PRIVATE =
            List.of(Cidr.of("10.0.0.0/8"), Cidr.of("172.16.0.0/12"), Cidr.of("192.168.0.0/16"));

    /// How many places of each private range are tried.
    private static final int TRIES = 64;

    private final Inventory inventory;

    Ranges(Inventory inventory) {
        this.inventory = inventory;
    }

    Cidr of(Scope scope, String vpcId) {
        return Cidr.of(find(scope, vpcId).cidrBlock());
    }

    /// Where the VPC could move to: ranges of the same size that no VPC of any scope has. They come from the upper end
    /// of each private range, as people number their own networks from the lower one.
    List<Cidr> candidates(Scope scope, String vpcId) {
        var prefix = of(scope, vpcId).prefix();
        var taken = inventory.vpcs.scopes().stream()
                .flatMap(s -> inventory.vpcs.all(s).stream())
                .map(vpc -> Cidr.of(vpc.cidrBlock()))
                .toList();
        return PRIVATE.stream()
                .flatMap(range -> parts(range, prefix))
                .filter(part -> taken.stream().noneMatch(part::overlaps))
                .toList();
    }

    /// Moves the VPC and its subnets, each keeping its place. Says no when the VPC has gone, has moved, or has
    /// interfaces, which keep their addresses.
    boolean move(Scope scope, String vpcId, Cidr from, Cidr to) {
        var isStill = inventory
                .vpcs
                .find(scope, vpcId)
                .filter(vpc -> vpc.cidrBlock().equals(from.toString()))
                .isPresent();
        var isUsed =
                !inventory.interfaces.where(scope, i -> i.vpcId().equals(vpcId)).isEmpty();
        if (!isStill || isUsed) {
            return false;
        }
        inventory.vpcs.update(scope, vpcId, vpc -> moved(vpc, to));
        for (var subnet : inventory.subnets.where(scope, s -> s.vpcId().equals(vpcId))) {
            var cidr = Cidr.of(subnet.cidrBlock()).moved(from, to);
            inventory.subnets.put(scope, subnet.subnetId(), subnet.copy(s -> s.cidrBlock(cidr.toString())));
        }
        for (var table : inventory.routeTables.where(scope, t -> t.vpcId().equals(vpcId))) {
            inventory.routeTables.put(scope, table.routeTableId(), moved(table, to));
        }
        return true;
    }

    private static Vpc moved(Vpc vpc, Cidr to) {
        var association = vpc.cidrBlockAssociationSet().getFirst();
        return vpc.copy(v ->
                v.cidrBlock(to.toString()).cidrBlockAssociationSet(association.copy(a -> a.cidrBlock(to.toString()))));
    }

    private static RouteTable moved(RouteTable table, Cidr to) {
        var routes = table.routes().stream()
                .map(route -> RouteTables.LOCAL.equals(route.gatewayId())
                        ? route.copy(r -> r.destinationCidrBlock(to.toString()))
                        : route)
                .toList();
        return table.copy(t -> t.routes(routes));
    }

    private static Stream<Cidr> parts(Cidr range, int prefix) {
        if (prefix < range.prefix()) {
            return Stream.empty();
        }
        var size = 1L << (32 - prefix);
        var end = range.first() + range.size();
        return LongStream.iterate(end - size, first -> first >= range.first(), first -> first - size)
                .limit(TRIES)
                .mapToObj(first -> new Cidr(first, prefix));
    }

    private Vpc find(Scope scope, String vpcId) {
        return inventory.vpcs.find(scope, vpcId).orElseThrow(() -> Errors.vpcNotFound(vpcId));
    }
}

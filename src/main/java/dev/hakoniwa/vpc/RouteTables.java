package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.vpc.Inventory.VpcEssentials;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociationStateCode;

/// Route tables. They are kept and given back: all subnets of a VPC reach one another on the engine's network.
final class RouteTables {
    static final String LOCAL = "local";

    private final Inventory inventory;
    private final Ids ids;

    RouteTables(Inventory inventory, Ids ids) {
        this.inventory = inventory;
        this.ids = ids;
    }

    /// The table that a VPC is born with.
    String addMain(Scope scope, String vpcId, Cidr cidr) {
        var table = add(scope, vpcId, cidr);
        var association = association(table.routeTableId()).main(true).build();
        inventory.routeTables.put(scope, table.routeTableId(), table.copy(t -> t.associations(association)));
        return table.routeTableId();
    }

    RouteTable add(Scope scope, String vpcId, Cidr cidr) {
        var tableId = "rtb-" + ids.hex(17);
        var local = Route.builder()
                .destinationCidrBlock(cidr.toString())
                .gatewayId(LOCAL)
                .origin(RouteOrigin.CREATE_ROUTE_TABLE)
                .state(RouteState.ACTIVE)
                .build();
        return inventory.routeTables.put(
                scope,
                tableId,
                RouteTable.builder()
                        .routeTableId(tableId)
                        .vpcId(vpcId)
                        .ownerId(scope.account().value())
                        .routes(local)
                        .associations(List.of())
                        .propagatingVgws(List.of())
                        .build());
    }

    void addInternetRoute(Scope scope, String tableId, String gatewayId) {
        addRoute(
                scope,
                tableId,
                Route.builder()
                        .destinationCidrBlock("0.0.0.0/0")
                        .gatewayId(gatewayId)
                        .origin(RouteOrigin.CREATE_ROUTE)
                        .state(RouteState.ACTIVE)
                        .build());
    }

    void addRoute(Scope scope, String tableId, Route route) {
        changeRoutes(
                scope,
                tableId,
                routes -> Stream.concat(routes.stream(), Stream.of(route)).toList());
    }

    void changeRoutes(Scope scope, String tableId, UnaryOperator<List<Route>> change) {
        inventory.routeTables.update(scope, tableId, table -> table.copy(t -> t.routes(change.apply(table.routes()))));
    }

    /// Marks the routes through a gateway that leads nowhere any more.
    void blackhole(Scope scope, String gatewayId) {
        for (var table : inventory.routeTables.all(scope)) {
            changeRoutes(
                    scope,
                    table.routeTableId(),
                    routes -> routes.stream()
                            .map(route -> gatewayId.equals(route.gatewayId())
                                    ? route.copy(r -> r.state(RouteState.BLACKHOLE))
                                    : route)
                            .toList());
        }
    }

    RouteTable find(Scope scope, String tableId) {
        return inventory.routeTables.find(scope, tableId).orElseThrow(() -> Errors.routeTableNotFound(tableId));
    }

    /// The association of a subnet with a table of its own.
    Optional<RouteTableAssociation> ofSubnet(Scope scope, String subnetId) {
        return associations(scope)
                .filter(association -> subnetId.equals(association.subnetId()))
                .findFirst();
    }

    RouteTableAssociation findAssociation(Scope scope, String associationId) {
        return associations(scope)
                .filter(association -> associationId.equals(association.routeTableAssociationId()))
                .findFirst()
                .orElseThrow(() -> Errors.associationNotFound(associationId));
    }

    RouteTableAssociation associate(Scope scope, String tableId, String subnetId) {
        return addAssociation(
                scope,
                tableId,
                association(tableId).main(false).subnetId(subnetId).build());
    }

    void disassociate(Scope scope, RouteTableAssociation association) {
        inventory.routeTables.update(
                scope,
                association.routeTableId(),
                table -> table.copy(t -> t.associations(table.associations().stream()
                        .filter(other -> !other.equals(association))
                        .toList())));
    }

    /// Moves an association to another table; the main one makes that the VPC's main table.
    RouteTableAssociation replace(Scope scope, RouteTableAssociation association, String tableId) {
        disassociate(scope, association);
        var moved = addAssociation(
                scope,
                tableId,
                association(tableId)
                        .main(association.main())
                        .subnetId(association.subnetId())
                        .build());
        if (Boolean.TRUE.equals(association.main())) {
            inventory.vpcEssentials.update(
                    scope,
                    find(scope, tableId).vpcId(),
                    essentials -> new VpcEssentials(essentials.securityGroupId(), tableId, essentials.networkAclId()));
        }
        return moved;
    }

    private RouteTableAssociation addAssociation(Scope scope, String tableId, RouteTableAssociation added) {
        inventory.routeTables.update(
                scope,
                tableId,
                table -> table.copy(t -> t.associations(Stream.concat(table.associations().stream(), Stream.of(added))
                        .toList())));
        return added;
    }

    private Stream<RouteTableAssociation> associations(Scope scope) {
        return inventory.routeTables.all(scope).stream().flatMap(table -> table.associations().stream());
    }

    private RouteTableAssociation.Builder association(String tableId) {
        return RouteTableAssociation.builder()
                .routeTableAssociationId("rtbassoc-" + ids.hex(17))
                .routeTableId(tableId)
                .associationState(s -> s.state(RouteTableAssociationStateCode.ASSOCIATED));
    }
}

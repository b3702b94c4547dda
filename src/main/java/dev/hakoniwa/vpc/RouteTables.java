package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import java.util.List;
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
        var everywhere = Route.builder()
                .destinationCidrBlock("0.0.0.0/0")
                .gatewayId(gatewayId)
                .origin(RouteOrigin.CREATE_ROUTE)
                .state(RouteState.ACTIVE)
                .build();
        inventory.routeTables.update(
                scope,
                tableId,
                table -> table.copy(t -> t.routes(Stream.concat(table.routes().stream(), Stream.of(everywhere))
                        .toList())));
    }

    private RouteTableAssociation.Builder association(String tableId) {
        return RouteTableAssociation.builder()
                .routeTableAssociationId("rtbassoc-" + ids.hex(17))
                .routeTableId(tableId)
                .associationState(s -> s.state(RouteTableAssociationStateCode.ASSOCIATED));
    }
}

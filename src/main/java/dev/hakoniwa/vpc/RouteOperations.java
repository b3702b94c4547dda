package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteResponse;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/// The operations on the routes of a table.
final class RouteOperations {
    private final Inventory inventory;
    private final Defaults defaults;
    private final RouteTables routeTables;

    RouteOperations(Inventory inventory, Defaults defaults, RouteTables routeTables) {
        this.inventory = inventory;
        this.defaults = defaults;
        this.routeTables = routeTables;
    }

    /// What a request names as the end of a route. NAT, transit and other gateways are not here, so none is found.
    private record Target(
            @Nullable String gatewayId,
            @Nullable String interfaceId,
            @Nullable String instanceId) {
        Route.Builder on(Route.Builder route) {
            return route.gatewayId(gatewayId).networkInterfaceId(interfaceId).instanceId(instanceId);
        }
    }

    CreateRouteResponse create(Call call, CreateRouteRequest request) {
        var scope = call.scope();
        var table = find(scope, request.routeTableId());
        var destination = destination(request.destinationCidrBlock(), request.destinationIpv6CidrBlock());
        absent(request.natGatewayId(), "InvalidNatGatewayID", "NatGateway");
        absent(request.transitGatewayId(), "InvalidTransitGatewayID", "transitGateway");
        absent(request.vpcPeeringConnectionId(), "InvalidVpcPeeringConnectionID", "vpcPeeringConnection");
        var target = new Target(request.gatewayId(), request.networkInterfaceId(), request.instanceId());
        require(scope, table, target);
        if (table.routes().stream().anyMatch(route -> goesTo(route, destination))) {
            throw Errors.routeExists(destination);
        }
        requireOutside(scope, table, destination, target);

        var route = Route.builder().origin(RouteOrigin.CREATE_ROUTE).state(RouteState.ACTIVE);
        var described = destination.contains(":")
                ? route.destinationIpv6CidrBlock(destination)
                : route.destinationCidrBlock(destination);
        routeTables.addRoute(scope, table.routeTableId(), target.on(described).build());
        return CreateRouteResponse.builder().returnValue(true).build();
    }

    ReplaceRouteResponse replace(Call call, ReplaceRouteRequest request) {
        var scope = call.scope();
        var table = find(scope, request.routeTableId());
        var destination = destination(request.destinationCidrBlock(), request.destinationIpv6CidrBlock());
        absent(request.natGatewayId(), "InvalidNatGatewayID", "NatGateway");
        absent(request.transitGatewayId(), "InvalidTransitGatewayID", "transitGateway");
        absent(request.vpcPeeringConnectionId(), "InvalidVpcPeeringConnectionID", "vpcPeeringConnection");
        var target = new Target(request.gatewayId(), request.networkInterfaceId(), request.instanceId());
        require(scope, table, target);
        if (table.routes().stream().noneMatch(route -> goesTo(route, destination))) {
            throw Errors.noRouteToReplace(destination);
        }
        routeTables.changeRoutes(
                scope,
                table.routeTableId(),
                routes -> routes.stream()
                        .map(route -> goesTo(route, destination)
                                ? route.copy(r -> target.on(r).state(RouteState.ACTIVE))
                                : route)
                        .toList());
        return ReplaceRouteResponse.builder().build();
    }

    DeleteRouteResponse delete(Call call, DeleteRouteRequest request) {
        var scope = call.scope();
        var table = find(scope, request.routeTableId());
        var destination = destination(request.destinationCidrBlock(), request.destinationIpv6CidrBlock());
        var doomed = table.routes().stream()
                .filter(route -> goesTo(route, destination))
                .findFirst()
                .orElseThrow(() -> Errors.routeNotFound(destination, table.routeTableId()));
        if (RouteTables.LOCAL.equals(doomed.gatewayId())) {
            throw Errors.invalidValue(
                    "cannot remove local route %s in route table %s".formatted(destination, table.routeTableId()));
        }
        routeTables.changeRoutes(
                scope,
                table.routeTableId(),
                routes -> routes.stream()
                        .filter(route -> !goesTo(route, destination))
                        .toList());
        return DeleteRouteResponse.builder().build();
    }

    private RouteTable find(Scope scope, @Nullable String tableId) {
        defaults.touch(scope);
        return routeTables.find(scope, Errors.present(tableId, "routeTableId"));
    }

    private static String destination(@Nullable String ipv4, @Nullable String ipv6) {
        if (ipv4 != null) {
            return Cidr.parseLoosely(ipv4)
                    .orElseThrow(() -> Errors.notADestination(ipv4))
                    .toString();
        }
        return Permissions.ipv6(Errors.present(ipv6, "destinationCidrBlock"));
    }

    private static boolean goesTo(Route route, String destination) {
        return destination.equals(route.destinationCidrBlock()) || destination.equals(route.destinationIpv6CidrBlock());
    }

    private static void absent(@Nullable String id, String code, String noun) {
        if (id != null) {
            throw Errors.targetNotFound(id, code, noun);
        }
    }

    private void require(Scope scope, RouteTable table, Target target) {
        var named = Stream.of(target.gatewayId(), target.interfaceId(), target.instanceId())
                .filter(Objects::nonNull)
                .count();
        if (named == 0) {
            throw Errors.missing("gatewayId");
        }
        if (named > 1) {
            throw Errors.invalidCombination("The parameters may not name more than one target");
        }
        if (target.gatewayId() != null) {
            requireGateway(scope, table, target.gatewayId());
        } else if (target.interfaceId() != null && !inventory.interfaces.contains(scope, target.interfaceId())) {
            throw Errors.interfaceNotFound(target.interfaceId());
        } else if (target.instanceId() != null && !inventory.instances.contains(scope, target.instanceId())) {
            throw Errors.instanceNotFound(target.instanceId());
        }
    }

    private void requireGateway(Scope scope, RouteTable table, String gatewayId) {
        var gateway = inventory
                .internetGateways
                .find(scope, gatewayId)
                .orElseThrow(() -> Errors.internetGatewayNotFound(gatewayId));
        if (!InternetGateways.isAttached(gateway, table.vpcId())) {
            throw Errors.invalidValue("route table %s and network gateway %s belong to different networks"
                    .formatted(table.routeTableId(), gatewayId));
        }
    }

    /// What lies inside of the VPC is reached directly, or through a machine in it.
    private void requireOutside(Scope scope, RouteTable table, String destination, Target target) {
        var inside = Cidr.of(inventory.vpcs.get(scope, table.vpcId()).cidrBlock());
        var isInside = Cidr.parse(destination).filter(inside::contains).isPresent();
        if (isInside && target.gatewayId() != null) {
            throw Errors.invalidValue(
                    "The destination CIDR block %s is equal to or more specific than one of this VPC's "
                                    .formatted(destination)
                            + "CIDR blocks. This route can target only an interface or an instance.");
        }
    }
}

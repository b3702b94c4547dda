package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;

/// Internet gateways. They are kept and given back: containers reach what the machine reaches.
final class InternetGateways {
    private final Inventory inventory;
    private final RouteTables routeTables;
    private final Ids ids;

    InternetGateways(Inventory inventory, RouteTables routeTables, Ids ids) {
        this.inventory = inventory;
        this.routeTables = routeTables;
        this.ids = ids;
    }

    /// The gateway of a default VPC, with the route that leads to it.
    void addDefault(Scope scope, String vpcId) {
        var gatewayId = add(scope).internetGatewayId();
        attach(scope, gatewayId, vpcId);
        routeTables.addInternetRoute(
                scope, inventory.vpcEssentials.get(scope, vpcId).routeTableId(), gatewayId);
    }

    InternetGateway add(Scope scope) {
        var gatewayId = "igw-" + ids.hex(17);
        return inventory.internetGateways.put(
                scope,
                gatewayId,
                InternetGateway.builder()
                        .internetGatewayId(gatewayId)
                        .ownerId(scope.account().value())
                        .attachments(List.of())
                        .build());
    }

    void attach(Scope scope, String gatewayId, String vpcId) {
        // "available" is what EC2 says of an attached internet gateway; the SDK's enum doesn't know it.
        var attachment = InternetGatewayAttachment.builder()
                .vpcId(vpcId)
                .state("available")
                .build();
        inventory.internetGateways.update(scope, gatewayId, gateway -> gateway.copy(g -> g.attachments(attachment)));
    }

    /// Routes that lead through the gateway end in nothing from now on.
    void detach(Scope scope, String gatewayId) {
        inventory.internetGateways.update(scope, gatewayId, gateway -> gateway.copy(g -> g.attachments(List.of())));
        routeTables.blackhole(scope, gatewayId);
    }

    static boolean isAttached(InternetGateway gateway, String vpcId) {
        return gateway.attachments().stream().anyMatch(attachment -> vpcId.equals(attachment.vpcId()));
    }
}

package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/// The operations on internet gateways.
final class GatewayOperations {
    private final Inventory inventory;
    private final Defaults defaults;
    private final InternetGateways gateways;
    private final Tagging tagging;

    GatewayOperations(Inventory inventory, Defaults defaults, InternetGateways gateways, Tagging tagging) {
        this.inventory = inventory;
        this.defaults = defaults;
        this.gateways = gateways;
        this.tagging = tagging;
    }

    CreateInternetGatewayResponse create(Call call, CreateInternetGatewayRequest request) {
        defaults.touch(call.scope());
        var made = gateways.add(call.scope());
        var tags = tagging.addAll(
                call.scope(), made.internetGatewayId(), ResourceType.INTERNET_GATEWAY, request.tagSpecifications());
        return CreateInternetGatewayResponse.builder()
                .internetGateway(made.copy(g -> g.tags(tags)))
                .build();
    }

    AttachInternetGatewayResponse attach(Call call, AttachInternetGatewayRequest request) {
        var scope = call.scope();
        var gateway = find(scope, request.internetGatewayId());
        var gatewayId = gateway.internetGatewayId();
        var vpcId = Errors.present(request.vpcId(), "vpcId");
        if (!inventory.vpcs.contains(scope, vpcId)) {
            throw Errors.vpcNotFound(vpcId);
        }
        if (!gateway.attachments().isEmpty()) {
            throw Errors.alreadyAttached(
                    gatewayId, gateway.attachments().getFirst().vpcId());
        }
        if (!inventory
                .internetGateways
                .where(scope, other -> InternetGateways.isAttached(other, vpcId))
                .isEmpty()) {
            throw Errors.invalidValue("Network %s already has an internet gateway attached".formatted(vpcId));
        }
        gateways.attach(scope, gatewayId, vpcId);
        return AttachInternetGatewayResponse.builder().build();
    }

    DetachInternetGatewayResponse detach(Call call, DetachInternetGatewayRequest request) {
        var scope = call.scope();
        var gateway = find(scope, request.internetGatewayId());
        var vpcId = Errors.present(request.vpcId(), "vpcId");
        if (!InternetGateways.isAttached(gateway, vpcId)) {
            throw Errors.notAttached(gateway.internetGatewayId(), vpcId);
        }
        if (!inventory
                .interfaces
                .where(scope, row -> vpcId.equals(row.vpcId()) && row.association() != null)
                .isEmpty()) {
            throw Errors.mappedAddresses(vpcId);
        }
        gateways.detach(scope, gateway.internetGatewayId());
        return DetachInternetGatewayResponse.builder().build();
    }

    DeleteInternetGatewayResponse delete(Call call, DeleteInternetGatewayRequest request) {
        var gateway = find(call.scope(), request.internetGatewayId());
        if (!gateway.attachments().isEmpty()) {
            throw Errors.inUse("internetGateway", gateway.internetGatewayId());
        }
        inventory.tags.remove(call.scope(), gateway.internetGatewayId());
        inventory.internetGateways.remove(call.scope(), gateway.internetGatewayId());
        return DeleteInternetGatewayResponse.builder().build();
    }

    private InternetGateway find(Scope scope, @Nullable String sent) {
        defaults.touch(scope);
        var gatewayId = Errors.present(sent, "internetGatewayId");
        return inventory
                .internetGateways
                .find(scope, gatewayId)
                .orElseThrow(() -> Errors.internetGatewayNotFound(gatewayId));
    }
}

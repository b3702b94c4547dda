package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

/// The operations on route tables and on what they are associated with.
final class RouteTableOperations {
    private final Inventory inventory;
    private final Defaults defaults;
    private final RouteTables routeTables;
    private final Tagging tagging;

    RouteTableOperations(Inventory inventory, Defaults defaults, RouteTables routeTables, Tagging tagging) {
        this.inventory = inventory;
        this.defaults = defaults;
        this.routeTables = routeTables;
        this.tagging = tagging;
    }

    CreateRouteTableResponse create(Call call, CreateRouteTableRequest request) {
        var scope = call.scope();
        defaults.touch(scope);
        var vpcId = Errors.present(request.vpcId(), "vpcId");
        var vpc = inventory.vpcs.find(scope, vpcId).orElseThrow(() -> Errors.vpcNotFound(vpcId));
        var made = routeTables.add(scope, vpcId, Cidr.of(vpc.cidrBlock()));
        var tags = tagging.addAll(scope, made.routeTableId(), ResourceType.ROUTE_TABLE, request.tagSpecifications());
        return CreateRouteTableResponse.builder()
                .routeTable(made.copy(t -> t.tags(tags)))
                .build();
    }

    DeleteRouteTableResponse delete(Call call, DeleteRouteTableRequest request) {
        var table = find(call.scope(), request.routeTableId());
        if (!table.associations().isEmpty()) {
            throw Errors.inUse("routeTable", table.routeTableId());
        }
        inventory.tags.remove(call.scope(), table.routeTableId());
        inventory.routeTables.remove(call.scope(), table.routeTableId());
        return DeleteRouteTableResponse.builder().build();
    }

    AssociateRouteTableResponse associate(Call call, AssociateRouteTableRequest request) {
        var scope = call.scope();
        var table = find(scope, request.routeTableId());
        var subnetId = Errors.present(request.subnetId(), "subnetId");
        var subnet = inventory.subnets.find(scope, subnetId).orElseThrow(() -> Errors.subnetNotFound(subnetId));
        if (!subnet.vpcId().equals(table.vpcId())) {
            throw Errors.invalidValue("Route table %s and subnet %s belong to different networks"
                    .formatted(table.routeTableId(), subnetId));
        }
        if (routeTables.ofSubnet(scope, subnetId).isPresent()) {
            throw Errors.alreadyAssociated(table.routeTableId());
        }
        var made = routeTables.associate(scope, table.routeTableId(), subnetId);
        return AssociateRouteTableResponse.builder()
                .associationId(made.routeTableAssociationId())
                .associationState(made.associationState())
                .build();
    }

    DisassociateRouteTableResponse disassociate(Call call, DisassociateRouteTableRequest request) {
        var association = association(call.scope(), request.associationId());
        if (Boolean.TRUE.equals(association.main())) {
            throw Errors.invalidValue(
                    "cannot disassociate the main route table association " + association.routeTableAssociationId());
        }
        routeTables.disassociate(call.scope(), association);
        return DisassociateRouteTableResponse.builder().build();
    }

    ReplaceRouteTableAssociationResponse replace(Call call, ReplaceRouteTableAssociationRequest request) {
        var scope = call.scope();
        var association = association(scope, request.associationId());
        var table = find(scope, request.routeTableId());
        if (!table.vpcId()
                .equals(routeTables.find(scope, association.routeTableId()).vpcId())) {
            throw Errors.invalidValue("Route table %s and association %s belong to different networks"
                    .formatted(table.routeTableId(), association.routeTableAssociationId()));
        }
        var moved = routeTables.replace(scope, association, table.routeTableId());
        return ReplaceRouteTableAssociationResponse.builder()
                .newAssociationId(moved.routeTableAssociationId())
                .associationState(moved.associationState())
                .build();
    }

    private RouteTable find(Scope scope, @Nullable String tableId) {
        defaults.touch(scope);
        return routeTables.find(scope, Errors.present(tableId, "routeTableId"));
    }

    private RouteTableAssociation association(Scope scope, @Nullable String associationId) {
        defaults.touch(scope);
        return routeTables.findAssociation(scope, Errors.present(associationId, "associationId"));
    }
}

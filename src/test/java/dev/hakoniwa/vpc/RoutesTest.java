package dev.hakoniwa.vpc;

import static dev.hakoniwa.vpc.InMemoryEc2.assertFails;
import static dev.hakoniwa.vpc.InMemoryEc2.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.testing.WireTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

@WireTest
final class RoutesTest {
    private static final String EVERYWHERE = "0.0.0.0/0";

    private final InMemoryEc2 aws = new InMemoryEc2();
    private final String vpcId =
            aws.client.createVpc(r -> r.cidrBlock("10.20.0.0/16")).vpc().vpcId();
    private final String gatewayId = gateway();
    private final String tableId =
            aws.client.createRouteTable(r -> r.vpcId(vpcId)).routeTable().routeTableId();

    @Test
    void aGatewayIsAttachedToOneVpcAndAVpcToOneGateway() {
        var other = gateway();
        attach();

        assertThat(aws.client
                        .describeInternetGateways(r -> r.filters(filter("attachment.vpc-id", vpcId)))
                        .internetGateways())
                .flatExtracting(gateway -> gateway.attachments())
                .extracting(InternetGatewayAttachment::stateAsString)
                .containsExactly("available");
        assertFails(
                this::attach,
                "Resource.AlreadyAssociated",
                "resource %s is already attached to network %s".formatted(gatewayId, vpcId));
        assertFails(
                () -> aws.client.attachInternetGateway(
                        r -> r.internetGatewayId(other).vpcId(vpcId)),
                "InvalidParameterValue",
                "Network %s already has an internet gateway attached".formatted(vpcId));
        assertFails(
                () -> aws.client.deleteInternetGateway(r -> r.internetGatewayId(gatewayId)),
                "DependencyViolation",
                "The internetGateway '%s' has dependencies and cannot be deleted.".formatted(gatewayId));
    }

    @Test
    void aDetachedGatewayLeavesABlackHole() {
        attach();
        route();

        aws.client.detachInternetGateway(r -> r.internetGatewayId(gatewayId).vpcId(vpcId));
        aws.client.deleteInternetGateway(r -> r.internetGatewayId(gatewayId));

        assertThat(table().routes())
                .extracting(Route::destinationCidrBlock, Route::state)
                .containsExactly(tuple("10.20.0.0/16", RouteState.ACTIVE), tuple(EVERYWHERE, RouteState.BLACKHOLE));
        assertFails(
                () -> aws.client.detachInternetGateway(
                        r -> r.internetGatewayId(gatewayId).vpcId(vpcId)),
                "InvalidInternetGatewayID.NotFound",
                "The internetGateway ID '%s' does not exist".formatted(gatewayId));
    }

    @Test
    void aRouteIsMadeReplacedAndRemoved() {
        attach();
        route();
        assertFails(this::route, "RouteAlreadyExists", "The route identified by 0.0.0.0/0 already exists.");

        aws.client.replaceRoute(
                r -> r.routeTableId(tableId).destinationCidrBlock(EVERYWHERE).gatewayId(gatewayId));
        aws.client.deleteRoute(r -> r.routeTableId(tableId).destinationCidrBlock(EVERYWHERE));

        assertThat(table().routes()).extracting(Route::gatewayId).containsExactly("local");
        assertFails(
                () -> aws.client.deleteRoute(r -> r.routeTableId(tableId).destinationCidrBlock(EVERYWHERE)),
                "InvalidRoute.NotFound",
                "no route with destination-cidr-block 0.0.0.0/0 in route table " + tableId);
        assertFails(
                () -> aws.client.replaceRoute(r ->
                        r.routeTableId(tableId).destinationCidrBlock(EVERYWHERE).gatewayId(gatewayId)),
                "InvalidParameterValue",
                "There is no route defined for '0.0.0.0/0' in the route table. Use CreateRoute instead.");
    }

    @Test
    void aRouteNeedsAWayThatIsThere() {
        assertFails(
                this::route,
                "InvalidParameterValue",
                "route table %s and network gateway %s belong to different networks".formatted(tableId, gatewayId));
        assertFails(
                () -> aws.client.createRoute(r -> r.routeTableId(tableId).destinationCidrBlock(EVERYWHERE)),
                "MissingParameter",
                "The request must contain the parameter gatewayId");
        assertFails(
                () -> aws.client.createRoute(r ->
                        r.routeTableId(tableId).destinationCidrBlock(EVERYWHERE).natGatewayId("nat-1")),
                "InvalidNatGatewayID.NotFound",
                "The NatGateway ID 'nat-1' does not exist");
        attach();
        assertFails(
                () -> aws.client.createRoute(r -> r.routeTableId(tableId)
                        .destinationCidrBlock("10.20.1.0/24")
                        .gatewayId(gatewayId)),
                "InvalidParameterValue",
                "The destination CIDR block 10.20.1.0/24 is equal to or more specific than one of this VPC's CIDR "
                        + "blocks. This route can target only an interface or an instance.");
    }

    @Test
    void theLocalRouteStays() {
        assertFails(
                () -> aws.client.deleteRoute(r -> r.routeTableId(tableId).destinationCidrBlock("10.20.0.0/16")),
                "InvalidParameterValue",
                "cannot remove local route 10.20.0.0/16 in route table " + tableId);
    }

    @Test
    void aSubnetHasOneTable() {
        var subnetId = subnet();
        var associationId = associate(tableId, subnetId);
        assertFails(
                () -> associate(tableId, subnetId),
                "Resource.AlreadyAssociated",
                "the specified association for route table %s conflicts with an existing association"
                        .formatted(tableId));
        assertFails(
                () -> aws.client.deleteRouteTable(r -> r.routeTableId(tableId)),
                "DependencyViolation",
                "The routeTable '%s' has dependencies and cannot be deleted.".formatted(tableId));

        aws.client.disassociateRouteTable(r -> r.associationId(associationId));
        aws.client.deleteRouteTable(r -> r.routeTableId(tableId));

        assertFails(
                this::table,
                "InvalidRouteTableID.NotFound",
                "The routeTable ID '%s' does not exist".formatted(tableId));
        assertFails(
                () -> aws.client.disassociateRouteTable(r -> r.associationId(associationId)),
                "InvalidAssociationID.NotFound",
                "The association ID '%s' does not exist".formatted(associationId));
    }

    @Test
    void aSubnetThatGoesLeavesItsTable() {
        var subnetId = subnet();
        associate(tableId, subnetId);

        aws.client.deleteSubnet(r -> r.subnetId(subnetId));

        assertThat(table().associations()).isEmpty();
    }

    @Test
    void theMainTableCanBeAnother() {
        var main = aws.client
                .describeRouteTables(r -> r.filters(filter("vpc-id", vpcId), filter("association.main", "true")))
                .routeTables()
                .getFirst();
        var associationId = main.associations().getFirst().routeTableAssociationId();

        var moved = aws.client.replaceRouteTableAssociation(
                r -> r.associationId(associationId).routeTableId(tableId));
        aws.client.deleteRouteTable(r -> r.routeTableId(main.routeTableId()));

        assertThat(table().associations())
                .extracting(RouteTableAssociation::routeTableAssociationId, RouteTableAssociation::main)
                .containsExactly(tuple(moved.newAssociationId(), true));
        assertFails(
                () -> aws.client.disassociateRouteTable(r -> r.associationId(moved.newAssociationId())),
                "InvalidParameterValue",
                "cannot disassociate the main route table association " + moved.newAssociationId());
        aws.client.deleteVpc(r -> r.vpcId(vpcId));
    }

    private String gateway() {
        return aws.client.createInternetGateway(r -> {}).internetGateway().internetGatewayId();
    }

    private void attach() {
        aws.client.attachInternetGateway(r -> r.internetGatewayId(gatewayId).vpcId(vpcId));
    }

    private void route() {
        aws.client.createRoute(
                r -> r.routeTableId(tableId).destinationCidrBlock(EVERYWHERE).gatewayId(gatewayId));
    }

    private String subnet() {
        return aws.client
                .createSubnet(r -> r.vpcId(vpcId).cidrBlock("10.20.1.0/24"))
                .subnet()
                .subnetId();
    }

    private String associate(String table, String subnetId) {
        return aws.client
                .associateRouteTable(r -> r.routeTableId(table).subnetId(subnetId))
                .associationId();
    }

    private RouteTable table() {
        return aws.client
                .describeRouteTables(r -> r.routeTableIds(tableId))
                .routeTables()
                .getFirst();
    }
}

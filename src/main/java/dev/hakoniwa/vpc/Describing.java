package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.vpc.Inventory.Tags;
import dev.hakoniwa.vpc.Selection.Wish;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeDhcpOptionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeDhcpOptionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.Tag;

/// The operations that tell what there is in a VPC.
final class Describing {
    private final Inventory inventory;
    private final Defaults defaults;
    private final Selection selection;

    Describing(Inventory inventory, Defaults defaults) {
        this.inventory = inventory;
        this.defaults = defaults;
        this.selection = new Selection(inventory);
    }

    DescribeVpcsResponse vpcs(Call call, DescribeVpcsRequest request) {
        defaults.touch(call.scope());
        var wish = new Wish(request.vpcIds(), request.filters(), request.maxResults(), request.nextToken());
        var page = selection.of(call.scope(), Kinds.vpcs(inventory), wish);
        return DescribeVpcsResponse.builder()
                .vpcs(page.items().stream()
                        .map(vpc -> vpc.copy(v -> v.tags(tags(call.scope(), vpc.vpcId()))))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    DescribeSubnetsResponse subnets(Call call, DescribeSubnetsRequest request) {
        defaults.touch(call.scope());
        var wish = new Wish(request.subnetIds(), request.filters(), request.maxResults(), request.nextToken());
        var page = selection.of(call.scope(), Kinds.subnets(inventory), wish);
        return DescribeSubnetsResponse.builder()
                .subnets(page.items().stream()
                        .map(subnet -> subnet.copy(s -> s.tags(tags(call.scope(), subnet.subnetId()))
                                .availableIpAddressCount(inventory
                                        .addresses
                                        .get(call.scope(), subnet.subnetId())
                                        .available())))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    DescribeNetworkInterfacesResponse interfaces(Call call, DescribeNetworkInterfacesRequest request) {
        defaults.touch(call.scope());
        var wish =
                new Wish(request.networkInterfaceIds(), request.filters(), request.maxResults(), request.nextToken());
        var page = selection.of(call.scope(), Kinds.interfaces(inventory), wish);
        return DescribeNetworkInterfacesResponse.builder()
                .networkInterfaces(page.items().stream()
                        .map(row -> row.copy(r -> r.tagSet(tags(call.scope(), row.networkInterfaceId()))))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    /// Each instance is a reservation of its own.
    DescribeInstancesResponse instances(Call call, DescribeInstancesRequest request) {
        defaults.touch(call.scope());
        var wish = new Wish(request.instanceIds(), request.filters(), request.maxResults(), request.nextToken());
        var page = selection.of(call.scope(), Kinds.instances(inventory), wish);
        return DescribeInstancesResponse.builder()
                .reservations(page.items().stream()
                        .map(row -> row.copy(r -> r.tags(tags(call.scope(), row.instanceId()))))
                        .map(row -> Reservation.builder()
                                .reservationId("r-" + row.instanceId().substring("i-".length()))
                                .ownerId(call.account().value())
                                .groups(List.of())
                                .instances(row)
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    DescribeRouteTablesResponse routeTables(Call call, DescribeRouteTablesRequest request) {
        defaults.touch(call.scope());
        var wish = new Wish(request.routeTableIds(), request.filters(), request.maxResults(), request.nextToken());
        var page = selection.of(call.scope(), Kinds.routeTables(inventory), wish);
        return DescribeRouteTablesResponse.builder()
                .routeTables(page.items().stream()
                        .map(row -> row.copy(r -> r.tags(tags(call.scope(), row.routeTableId()))))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    DescribeInternetGatewaysResponse internetGateways(Call call, DescribeInternetGatewaysRequest request) {
        defaults.touch(call.scope());
        var wish = new Wish(request.internetGatewayIds(), request.filters(), request.maxResults(), request.nextToken());
        var page = selection.of(call.scope(), Kinds.internetGateways(inventory), wish);
        return DescribeInternetGatewaysResponse.builder()
                .internetGateways(page.items().stream()
                        .map(row -> row.copy(r -> r.tags(tags(call.scope(), row.internetGatewayId()))))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    DescribeNetworkAclsResponse networkAcls(Call call, DescribeNetworkAclsRequest request) {
        defaults.touch(call.scope());
        var wish = new Wish(request.networkAclIds(), request.filters(), request.maxResults(), request.nextToken());
        var page = selection.of(call.scope(), Kinds.networkAcls(inventory), wish);
        return DescribeNetworkAclsResponse.builder()
                .networkAcls(page.items().stream()
                        .map(row -> row.copy(r -> r.tags(tags(call.scope(), row.networkAclId()))))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    DescribeDhcpOptionsResponse dhcpOptions(Call call, DescribeDhcpOptionsRequest request) {
        defaults.touch(call.scope());
        var wish = new Wish(request.dhcpOptionsIds(), request.filters(), request.maxResults(), request.nextToken());
        var page = selection.of(call.scope(), Kinds.dhcpOptions(inventory), wish);
        return DescribeDhcpOptionsResponse.builder()
                .dhcpOptions(page.items().stream()
                        .map(row -> row.copy(r -> r.tags(tags(call.scope(), row.dhcpOptionsId()))))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private List<Tag> tags(Scope scope, String id) {
        return inventory.tags.find(scope, id).map(Tags::of).orElse(List.of());
    }
}

package dev.hakoniwa.elb.loadbalancer;

import static dev.hakoniwa.elb.Constraints.present;
import static dev.hakoniwa.elb.Constraints.sent;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.DataPlaneUpdates;
import dev.hakoniwa.elb.ElbArns.Kind;
import dev.hakoniwa.elb.ElbTables;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.elb.Pages;
import dev.hakoniwa.elb.Tags;
import dev.hakoniwa.elb.attribute.LoadBalancerAttributes;
import dev.hakoniwa.elb.rule.RuleBook;
import dev.hakoniwa.vpc.Networking;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeCapacityReservationRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeCapacityReservationResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsResponse;

/// The load balancers there are.
public final class LoadBalancers {
    /// How often a day AWS lets a capacity reservation shrink.
    private static final int CAPACITY_DECREASES = 2;

    private final ElbTables kept;
    private final DataPlaneUpdates updates;
    private final Networking networking;
    private final RuleBook rules;

    public LoadBalancers(ElbTables kept, DataPlaneUpdates updates, Networking networking, RuleBook rules) {
        this.kept = kept;
        this.updates = updates;
        this.networking = networking;
        this.rules = rules;
    }

    public DescribeLoadBalancersResponse describe(Call call, DescribeLoadBalancersRequest request) {
        var page = Pages.of(
                "loadbalancers " + request.loadBalancerArns() + request.names(),
                chosen(call.scope(), request),
                LoadBalancer::loadBalancerArn,
                request.marker(),
                request.pageSize());
        return DescribeLoadBalancersResponse.builder()
                .loadBalancers(page.items())
                .nextMarker(page.nextToken())
                .build();
    }

    /// Deleting a load balancer that isn't there is no error.
    public DeleteLoadBalancerResponse delete(Call call, DeleteLoadBalancerRequest request) {
        var scope = call.scope();
        var key = Kind.LOAD_BALANCER.key(scope, "loadBalancerArn", request.loadBalancerArn());
        var found = kept.loadBalancers().find(scope, key);
        if (found.isEmpty()) {
            return DeleteLoadBalancerResponse.builder().build();
        }
        var arn = found.get().loadBalancerArn();
        if (LoadBalancerAttributes.ALL.of(kept, scope, arn).flag(LoadBalancerAttributes.DELETION_PROTECTION)) {
            throw Errors.operationNotPermitted(
                    "Load balancer '%s' cannot be deleted because deletion protection is enabled".formatted(arn));
        }

        for (var listener : kept.listenersOf(scope, key)) {
            rules.removeListener(scope, listener);
        }
        kept.loadBalancers().remove(scope, key);
        kept.names().remove(scope, "loadbalancer/" + found.get().loadBalancerName());
        LoopbackAddresses.free(kept, scope, key);
        Tags.forget(kept, scope, arn);
        updates.loadBalancer(scope, key);
        return DeleteLoadBalancerResponse.builder().build();
    }

    public SetSubnetsResponse setSubnets(Call call, SetSubnetsRequest request) {
        var loadBalancer = find(call.scope(), request.loadBalancerArn());
        var zones = Zones.of(networking, call.scope(), request.subnets(), request.subnetMappings());
        if (!zones.vpcId().equals(loadBalancer.vpcId())) {
            throw Errors.invalidSubnet(
                    "All subnets must belong to the load balancer's VPC '%s'".formatted(loadBalancer.vpcId()));
        }
        var type = AddressTypes.checked(request.ipAddressTypeAsString());
        var key = change(call.scope(), loadBalancer, shape -> shape.copy(s -> s.availabilityZones(zones.view())));
        rules.zonesChanged(call.scope(), key);
        return SetSubnetsResponse.builder()
                .availabilityZones(zones.view())
                .ipAddressType(type)
                .build();
    }

    public SetSecurityGroupsResponse setSecurityGroups(Call call, SetSecurityGroupsRequest request) {
        var loadBalancer = find(call.scope(), request.loadBalancerArn());
        var wanted = sent("securityGroups", request.hasSecurityGroups(), request.securityGroups());
        if (wanted.isEmpty()) {
            throw Errors.invalidConfiguration("At least one security group must be specified");
        }
        var groups = SecurityGroups.of(networking, call.scope(), loadBalancer.vpcId(), wanted);
        change(call.scope(), loadBalancer, shape -> shape.copy(s -> s.securityGroups(groups)));
        return SetSecurityGroupsResponse.builder().securityGroupIds(groups).build();
    }

    public SetIpAddressTypeResponse setIpAddressType(Call call, SetIpAddressTypeRequest request) {
        present("ipAddressType", request.ipAddressTypeAsString());
        var loadBalancer = find(call.scope(), request.loadBalancerArn());
        var type = AddressTypes.checked(request.ipAddressTypeAsString());
        change(call.scope(), loadBalancer, shape -> shape.copy(s -> s.ipAddressType(type)));
        return SetIpAddressTypeResponse.builder().ipAddressType(type).build();
    }

    /// Nobody has reserved capacity, as load balancers here have no capacity that could run out.
    public DescribeCapacityReservationResponse describeCapacity(Call call, DescribeCapacityReservationRequest request) {
        find(call.scope(), request.loadBalancerArn());
        return DescribeCapacityReservationResponse.builder()
                .decreaseRequestsRemaining(CAPACITY_DECREASES)
                .capacityReservationState(List.of())
                .build();
    }

    private LoadBalancer find(Scope scope, String arn) {
        var key = Kind.LOAD_BALANCER.key(scope, "loadBalancerArn", arn);
        return kept.loadBalancers().find(scope, key).orElseThrow(() -> Errors.loadBalancerNotFound(arn));
    }

    private String change(Scope scope, LoadBalancer loadBalancer, UnaryOperator<LoadBalancer> change) {
        var key = Kind.LOAD_BALANCER.key(scope, "loadBalancerArn", loadBalancer.loadBalancerArn());
        kept.loadBalancers().update(scope, key, change);
        updates.loadBalancer(scope, key);
        return key;
    }

    private List<LoadBalancer> chosen(Scope scope, DescribeLoadBalancersRequest request) {
        if (!request.loadBalancerArns().isEmpty() && !request.names().isEmpty()) {
            throw Errors.validation("Load balancer names and load balancer ARNs cannot be specified at the same time");
        }
        if (!request.names().isEmpty()) {
            return request.names().stream()
                    .distinct()
                    .map(name -> kept.keyOfLoadBalancer(scope, name).orElseThrow(Errors::loadBalancersNotFound))
                    .map(key -> kept.loadBalancers().get(scope, key))
                    .toList();
        }
        if (!request.loadBalancerArns().isEmpty()) {
            return request.loadBalancerArns().stream()
                    .distinct()
                    .map(arn -> Kind.LOAD_BALANCER.key(scope, "loadBalancerArns", arn))
                    .map(key -> kept.loadBalancers().find(scope, key).orElseThrow(Errors::loadBalancersNotFound))
                    .toList();
        }
        return kept.loadBalancers().all(scope);
    }
}

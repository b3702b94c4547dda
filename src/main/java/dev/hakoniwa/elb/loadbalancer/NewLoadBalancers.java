package dev.hakoniwa.elb.loadbalancer;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.Constraints;
import dev.hakoniwa.elb.DataPlaneUpdates;
import dev.hakoniwa.elb.ElbArns.Kind;
import dev.hakoniwa.elb.ElbTables;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.elb.Names;
import dev.hakoniwa.elb.Tags;
import dev.hakoniwa.vpc.Networking;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;

/// Makes Application Load Balancers.
public final class NewLoadBalancers {
    /// AWS takes minutes.
    private static final Duration PROVISIONING = Duration.ofMillis(500);

    private static final int MOST_LOAD_BALANCERS = 50;

    private final ElbTables kept;
    private final DataPlaneUpdates updates;
    private final Networking networking;
    private final Foundation foundation;

    public NewLoadBalancers(ElbTables kept, DataPlaneUpdates updates, Networking networking, Foundation foundation) {
        this.kept = kept;
        this.updates = updates;
        this.networking = networking;
        this.foundation = foundation;
    }

    public CreateLoadBalancerResponse create(Call call, CreateLoadBalancerRequest request) {
        check(request);
        var wanted = shape(call.scope(), request);
        var existing = kept.keyOfLoadBalancer(call.scope(), request.name());
        if (existing.isPresent()) {
            return response(theSame(kept.loadBalancers().get(call.scope(), existing.get()), wanted));
        }
        if (kept.loadBalancers().size(call.scope()) >= MOST_LOAD_BALANCERS) {
            throw Errors.tooMany("TooManyLoadBalancers", "application load balancers", MOST_LOAD_BALANCERS);
        }
        return response(put(call.scope(), wanted, request));
    }

    private static void check(CreateLoadBalancerRequest request) {
        new Constraints()
                .required("name", request.name())
                .oneOf("scheme", request.schemeAsString(), List.of("internet-facing", "internal"))
                .oneOf("type", request.typeAsString(), List.of("application", "network", "gateway"))
                .oneOf("ipAddressType", request.ipAddressTypeAsString(), AddressTypes.ALL)
                .check();
        if (request.type() == LoadBalancerTypeEnum.NETWORK) {
            throw Errors.notAvailable("Load balancers of type 'network'");
        }
        if (request.type() == LoadBalancerTypeEnum.GATEWAY) {
            throw Errors.notAvailable("Load balancers of type 'gateway'");
        }
        if (request.customerOwnedIpv4Pool() != null || request.ipamPools() != null) {
            throw Errors.notAvailable("Address pools for load balancers");
        }
        var name = Names.checked("Load balancer", request.name());
        if (name.startsWith("internal-")) {
            throw Errors.validation("Load balancer name '%s' cannot begin with 'internal-'".formatted(name));
        }
    }

    private LoadBalancer shape(Scope scope, CreateLoadBalancerRequest request) {
        var zones = Zones.of(networking, scope, request.subnets(), request.subnetMappings());
        var groups = SecurityGroups.of(networking, scope, zones.vpcId(), request.securityGroups());
        return LoadBalancer.builder()
                .loadBalancerName(request.name())
                .canonicalHostedZoneId(HostedZones.of(scope.region()))
                .scheme(request.scheme() == null ? "internet-facing" : request.schemeAsString())
                .vpcId(zones.vpcId())
                .type(LoadBalancerTypeEnum.APPLICATION)
                .availabilityZones(zones.view())
                .securityGroups(groups)
                .ipAddressType(AddressTypes.checked(request.ipAddressTypeAsString()))
                .build();
    }

    private LoadBalancer put(Scope scope, LoadBalancer wanted, CreateLoadBalancerRequest request) {
        var name = wanted.loadBalancerName();
        var ids = foundation.ids();
        var key = "app/" + name + "/" + ids.hex(16);
        var arn = Kind.LOAD_BALANCER.arn(scope, key);
        var prefix = wanted.schemeAsString().equals("internal") ? "internal-" : "";
        var dnsName = "%s%s-%s.%s.elb.localhost".formatted(prefix, name, ids.digits(10), scope.region());
        var loadBalancer = wanted.copy(shape -> shape.loadBalancerArn(arn)
                .dnsName(dnsName)
                .createdTime(foundation.clock().instant())
                .state(state -> state.code(LoadBalancerStateEnum.PROVISIONING)));
        kept.loadBalancers().put(scope, key, loadBalancer);
        kept.names().put(scope, "loadbalancer/" + name, key);
        LoopbackAddresses.take(kept, scope, key, name);
        new Tags(kept).create(scope, arn, request.tags());
        updates.loadBalancer(scope, key);
        kept.tables().afterwards(() -> {
            var _ = foundation.timers().after(PROVISIONING, () -> kept.tables().write(() -> activate(scope, key)));
        });
        return loadBalancer;
    }

    private void activate(Scope scope, String key) {
        kept.loadBalancers()
                .find(scope, key)
                .map(loadBalancer -> loadBalancer.copy(shape -> shape.state(state -> state.code("active"))))
                .ifPresent(active -> kept.loadBalancers().put(scope, key, active));
    }

    private static LoadBalancer theSame(LoadBalancer existing, LoadBalancer wanted) {
        var same = existing.scheme() == wanted.scheme()
                && existing.ipAddressType() == wanted.ipAddressType()
                && existing.availabilityZones().equals(wanted.availabilityZones())
                && Set.copyOf(existing.securityGroups()).equals(Set.copyOf(wanted.securityGroups()));
        if (!same) {
            throw Errors.duplicateLoadBalancerName(wanted.loadBalancerName());
        }
        return existing;
    }

    private static CreateLoadBalancerResponse response(LoadBalancer loadBalancer) {
        return CreateLoadBalancerResponse.builder().loadBalancers(loadBalancer).build();
    }
}

package dev.hakoniwa.elb;

import dev.hakoniwa.aws.Call;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;

/// The quotas of an account, as AWS has them by default.
final class AccountLimits {
    private static final List<Limit> ALL = List.of(
            limit("target-groups", 3000),
            limit("targets-per-application-load-balancer", 1000),
            limit("listeners-per-application-load-balancer", 50),
            limit("rules-per-application-load-balancer", 100),
            limit("network-load-balancers", 50),
            limit("targets-per-network-load-balancer", 3000),
            limit("targets-per-availability-zone-per-network-load-balancer", 500),
            limit("listeners-per-network-load-balancer", 50),
            limit("condition-values-per-alb-rule", 5),
            limit("condition-wildcards-per-alb-rule", 5),
            limit("target-groups-per-application-load-balancer", 100),
            limit("target-groups-per-action-on-application-load-balancer", 5),
            limit("target-groups-per-action-on-network-load-balancer", 1),
            limit("certificates-per-application-load-balancer", 25),
            limit("certificates-per-network-load-balancer", 25),
            limit("targets-per-target-group", 1000),
            limit("target-id-registrations-per-application-load-balancer", 1000),
            limit("network-load-balancer-enis-per-vpc", 1200),
            limit("application-load-balancers", 50),
            limit("gateway-load-balancers", 100),
            limit("gateway-load-balancers-per-vpc", 100),
            limit("geneve-target-groups", 100),
            limit("targets-per-availability-zone-per-gateway-load-balancer", 300));

    private AccountLimits() {}

    static DescribeAccountLimitsResponse describe(Call call, DescribeAccountLimitsRequest request) {
        var page = Pages.of("accountlimits", ALL, Limit::name, request.marker(), request.pageSize());
        return DescribeAccountLimitsResponse.builder()
                .limits(page.items())
                .nextMarker(page.nextToken())
                .build();
    }

    private static Limit limit(String name, int max) {
        return Limit.builder().name(name).max(Integer.toString(max)).build();
    }
}

package dev.hakoniwa.elb.targetgroup;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.DataPlaneUpdates;
import dev.hakoniwa.elb.ElbArns.Kind;
import dev.hakoniwa.elb.ElbTables;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.elb.Pages;
import dev.hakoniwa.elb.Tags;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/// The target groups there are.
public final class TargetGroups {
    private final ElbTables kept;
    private final HealthChecks checks;
    private final Registrations registrations;
    private final DataPlaneUpdates updates;

    public TargetGroups(ElbTables kept, HealthChecks checks, Registrations registrations, DataPlaneUpdates updates) {
        this.kept = kept;
        this.checks = checks;
        this.registrations = registrations;
        this.updates = updates;
    }

    public DescribeTargetGroupsResponse describe(Call call, DescribeTargetGroupsRequest request) {
        var page = Pages.of(
                "targetgroups " + request.loadBalancerArn() + request.targetGroupArns() + request.names(),
                chosen(call.scope(), request),
                TargetGroup::targetGroupArn,
                request.marker(),
                request.pageSize());
        return DescribeTargetGroupsResponse.builder()
                .targetGroups(page.items().stream()
                        .map(group -> view(kept, call.scope(), group))
                        .toList())
                .nextMarker(page.nextToken())
                .build();
    }

    public ModifyTargetGroupResponse modify(Call call, ModifyTargetGroupRequest request) {
        HealthCheckSettings.constraints(request, NewTargetGroups.PROTOCOLS).check();
        var scope = call.scope();
        var key = Kind.TARGET_GROUP.key(scope, "targetGroupArn", request.targetGroupArn());
        var group = kept.targetGroups().find(scope, key).orElseThrow(Errors::targetGroupsNotFound);
        var changed = kept.targetGroups().put(scope, key, HealthCheckSettings.applied(group, request));
        if (!changed.equals(group)) {
            checks.restart(scope, key);
        }
        return ModifyTargetGroupResponse.builder()
                .targetGroups(view(kept, scope, changed))
                .build();
    }

    /// Deleting a target group that isn't there is no error.
    public DeleteTargetGroupResponse delete(Call call, DeleteTargetGroupRequest request) {
        var scope = call.scope();
        var key = Kind.TARGET_GROUP.key(scope, "targetGroupArn", request.targetGroupArn());
        var found = kept.targetGroups().find(scope, key);
        if (found.isEmpty()) {
            return DeleteTargetGroupResponse.builder().build();
        }
        if (!kept.usersOf(scope, key).isEmpty()) {
            throw Errors.targetGroupInUse(request.targetGroupArn());
        }

        registrations.forgetAll(scope, key);
        kept.targetGroups().remove(scope, key);
        kept.names().remove(scope, "targetgroup/" + found.get().targetGroupName());
        Tags.forget(kept, scope, found.get().targetGroupArn());
        updates.targetGroup(scope, key);
        return DeleteTargetGroupResponse.builder().build();
    }

    /// The group as it is told: with the load balancers that use it.
    static TargetGroup view(ElbTables kept, Scope scope, TargetGroup group) {
        var key = Kind.TARGET_GROUP.key(scope, "targetGroupArn", group.targetGroupArn());
        var loadBalancers = kept.loadBalancersOf(scope, key).stream()
                .map(loadBalancer -> Kind.LOAD_BALANCER.arn(scope, loadBalancer))
                .toList();
        return group.copy(g -> g.loadBalancerArns(loadBalancers));
    }

    private List<TargetGroup> chosen(Scope scope, DescribeTargetGroupsRequest request) {
        var ways = Stream.of(
                        request.loadBalancerArn() != null,
                        !request.targetGroupArns().isEmpty(),
                        !request.names().isEmpty())
                .filter(way -> way)
                .count();
        if (ways > 1) {
            throw Errors.validation("Target group names, target group ARNs, and a load balancer ARN "
                    + "cannot be specified at the same time");
        }
        if (request.loadBalancerArn() != null) {
            return usedBy(scope, request.loadBalancerArn());
        }
        if (!request.names().isEmpty()) {
            return request.names().stream()
                    .distinct()
                    .map(name -> kept.keyOfTargetGroup(scope, name).orElseThrow(Errors::targetGroupsNotFound))
                    .map(key -> kept.targetGroups().get(scope, key))
                    .toList();
        }
        if (!request.targetGroupArns().isEmpty()) {
            return request.targetGroupArns().stream()
                    .distinct()
                    .map(arn -> Kind.TARGET_GROUP.key(scope, "targetGroupArns", arn))
                    .map(key -> kept.targetGroups().find(scope, key).orElseThrow(Errors::targetGroupsNotFound))
                    .toList();
        }
        return kept.targetGroups().all(scope);
    }

    private List<TargetGroup> usedBy(Scope scope, String loadBalancerArn) {
        var loadBalancer = Kind.LOAD_BALANCER.key(scope, "loadBalancerArn", loadBalancerArn);
        if (!kept.loadBalancers().contains(scope, loadBalancer)) {
            throw Errors.loadBalancersNotFound();
        }
        return kept.rulesOf(scope, loadBalancer).stream()
                .flatMap(rule -> rule.actions().stream())
                .filter(action -> action.forwardConfig() != null)
                .flatMap(action -> action.forwardConfig().targetGroups().stream())
                .map(group -> Kind.TARGET_GROUP.key(scope, "targetGroupArn", group.targetGroupArn()))
                .distinct()
                .sorted()
                .map(key -> kept.targetGroups().get(scope, key))
                .toList();
    }
}

package dev.hakoniwa.elb.targetgroup;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.ElbArns.Kind;
import dev.hakoniwa.elb.ElbTables;
import dev.hakoniwa.elb.Targets;
import dev.hakoniwa.elb.targetgroup.RegisteredTarget.Name;
import dev.hakoniwa.proxy.DataPlane;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/// The targets of groups as other services ask for them. A group that is gone has no targets, and takes none.
public final class GroupTargets implements Targets {
    private final ElbTables kept;
    private final Registrations registrations;
    private final TargetAddresses addresses;
    private final DataPlane dataPlane;

    public GroupTargets(ElbTables kept, Registrations registrations, TargetAddresses addresses, DataPlane dataPlane) {
        this.kept = kept;
        this.registrations = registrations;
        this.addresses = addresses;
        this.dataPlane = dataPlane;
    }

    @Override
    public Optional<Group> group(Scope scope, String targetGroupArn) {
        return Kind.TARGET_GROUP
                .find(scope, targetGroupArn)
                .flatMap(key -> find(scope, key)
                        .map(group -> new Group(
                                group.targetGroupArn(),
                                group.targetTypeAsString(),
                                group.vpcId(),
                                kept.loadBalancersOf(scope, key).stream()
                                        .map(loadBalancer -> Kind.LOAD_BALANCER.arn(scope, loadBalancer))
                                        .toList())));
    }

    @Override
    public void register(Scope scope, String targetGroupArn, Target target) {
        Kind.TARGET_GROUP
                .find(scope, targetGroupArn)
                .ifPresent(key -> find(scope, key)
                        .flatMap(group -> addresses.find(scope, group, target.id(), target.port()))
                        .ifPresent(place -> registrations.register(scope, key, name(target), place)));
    }

    @Override
    public void deregister(Scope scope, String targetGroupArn, Target target) {
        Kind.TARGET_GROUP
                .find(scope, targetGroupArn)
                .ifPresent(key -> registrations.deregister(scope, key, name(target)));
    }

    @Override
    public Health health(Scope scope, String targetGroupArn, Target target) {
        var idle = dataPlane.inFlight(targetGroupArn, target.id(), target.port()) == 0;
        return Kind.TARGET_GROUP
                .find(scope, targetGroupArn)
                .filter(key -> kept.targetGroups().contains(scope, key))
                .map(key -> registrations
                        .find(scope, key, name(target))
                        .map(found -> health(found.state(), idle))
                        .orElseGet(() -> new Health(State.UNUSED, NOT_REGISTERED, idle)))
                .orElseGet(() -> new Health(State.UNUSED, "", idle));
    }

    private Optional<TargetGroup> find(Scope scope, String key) {
        return kept.targetGroups().find(scope, key);
    }

    private static Health health(TargetState state, boolean idle) {
        return switch (state) {
            case TargetState.Initial _ -> new Health(State.INITIAL, "", idle);
            case TargetState.Healthy _ -> new Health(State.HEALTHY, "", idle);
            case TargetState.Unhealthy unhealthy ->
                new Health(State.UNHEALTHY, unhealthy.fault().description(), idle);
            case TargetState.Draining _ -> new Health(State.DRAINING, "", idle);
            case TargetState.Unused _ -> new Health(State.UNUSED, "", idle);
        };
    }

    private static Name name(Target target) {
        return new Name(target.id(), target.port());
    }
}

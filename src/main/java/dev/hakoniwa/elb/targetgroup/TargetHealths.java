package dev.hakoniwa.elb.targetgroup;

import dev.hakoniwa.elb.Targets;
import dev.hakoniwa.elb.targetgroup.RegisteredTarget.Name;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// A target's health, as DescribeTargetHealth tells it.
final class TargetHealths {
    private TargetHealths() {}

    static TargetHealthDescription of(TargetGroup group, RegisteredTarget target) {
        return description(group, target.name(), target.place().zone(), of(target.state()));
    }

    static TargetHealthDescription notRegistered(TargetGroup group, Name name, @Nullable String zone) {
        var health = health("unused", "Target.NotRegistered", Targets.NOT_REGISTERED);
        return description(group, name, zone, health);
    }

    static TargetHealth of(TargetState state) {
        return switch (state) {
            case TargetState.Initial initial
            when initial.checked() ->
                health("initial", "Elb.InitialHealthChecking", "Initial health checks in progress");
            case TargetState.Initial _ ->
                health("initial", "Elb.RegistrationInProgress", "Target registration is in progress");
            case TargetState.Healthy _ ->
                TargetHealth.builder().state("healthy").build();
            case TargetState.Unhealthy unhealthy ->
                health(
                        "unhealthy",
                        unhealthy.fault().reason(),
                        unhealthy.fault().description());
            case TargetState.Draining _ ->
                health("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress");
            case TargetState.Unused unused -> health("unused", "Target.NotInUse", text(unused.why()));
        };
    }

    private static String text(TargetState.Unused.Why why) {
        return switch (why) {
            case GROUP_NOT_USED -> "Target group is not configured to receive traffic from the load balancer";
            case ZONE_NOT_ENABLED -> "Target is in an Availability Zone that is not enabled for the load balancer";
        };
    }

    private static TargetHealthDescription description(
            TargetGroup group, Name name, @Nullable String zone, TargetHealth health) {
        var target = TargetDescription.builder()
                .id(name.id())
                .port(name.port())
                .availabilityZone(group.targetType() == TargetTypeEnum.IP ? zone : null)
                .build();
        return TargetHealthDescription.builder()
                .target(target)
                .healthCheckPort(Integer.toString(new HealthCheckPlan(group).port(name.port())))
                .targetHealth(health)
                .build();
    }

    private static TargetHealth health(String state, String reason, String description) {
        return TargetHealth.builder()
                .state(state)
                .reason(reason)
                .description(description)
                .build();
    }
}

package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.elb.Targets;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/// What CreateService and UpdateService check of the load balancers that a service is to be behind (ecs-services.md
/// §1, §13).
final class LoadBalancerChecks {
    private static final int MOST_TARGET_GROUPS = 5;

    private final Scope scope;
    private final Targets targets;
    private final TaskDefinition definition;

    LoadBalancerChecks(Scope scope, Targets targets, TaskDefinition definition) {
        this.scope = scope;
        this.targets = targets;
        this.definition = definition;
    }

    void check(List<LoadBalancer> given) {
        if (given.size() > MOST_TARGET_GROUPS) {
            throw Errors.invalidParameter("loadBalancers can have at most " + MOST_TARGET_GROUPS + " items.");
        }
        var arns = new HashSet<String>();
        for (var loadBalancer : given) {
            kind(loadBalancer);
            container(loadBalancer);
            targetGroup(loadBalancer);
            if (!arns.add(loadBalancer.targetGroupArn())) {
                throw Errors.invalidParameter("Duplicate targetGroupArn found: " + loadBalancer.targetGroupArn());
            }
        }
    }

    /// A role of the caller's own is for one target group of tasks that aren't in awsvpc mode.
    void role(@Nullable String role, List<LoadBalancer> given) {
        if (role == null) {
            return;
        }
        if (given.isEmpty()) {
            throw Errors.invalidParameter("An IAM role is only valid for services configured to use load balancers.");
        }
        if (definition.networkMode() == NetworkMode.AWSVPC || given.size() > 1) {
            throw Errors.invalidParameter(
                    "You cannot specify an IAM role for services that require a service linked role.");
        }
    }

    private static void kind(LoadBalancer given) {
        if (given.loadBalancerName() != null && !given.loadBalancerName().isEmpty()) {
            throw ServiceChecks.notHere("A Classic Load Balancer");
        }
        if (given.advancedConfiguration() != null) {
            throw ServiceChecks.notHere("advancedConfiguration of a load balancer");
        }
    }

    private void container(LoadBalancer given) {
        var name = Errors.present(given.containerName(), "containerName");
        if (given.containerPort() == null) {
            throw Errors.invalidParameter("containerPort can not be blank.");
        }
        var container = definition.containerDefinitions().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Errors.invalidParameter(
                        "The container %s does not exist in the task definition.".formatted(name)));
        if (container.portMappings().stream()
                .noneMatch(mapping -> given.containerPort().equals(mapping.containerPort()))) {
            throw Errors.invalidParameter("The container %s did not have a container port %d defined."
                    .formatted(name, given.containerPort()));
        }
    }

    private void targetGroup(LoadBalancer given) {
        var arn = Errors.present(given.targetGroupArn(), "targetGroupArn");
        var group = targets.group(scope, arn)
                .orElseThrow(
                        () -> Errors.invalidParameter("The specified target group %s does not exist.".formatted(arn)));
        if (group.loadBalancers().isEmpty()) {
            throw Errors.invalidParameter(
                    "The target group with targetGroupArn %s does not have an associated load balancer."
                            .formatted(arn));
        }
        if (definition.networkMode() == NetworkMode.AWSVPC
                && !group.targetType().equals("ip")) {
            throw Errors.invalidParameter(
                    ("The provided target group %s has target type %s, which is incompatible with "
                                    + "the awsvpc network mode specified in the task definition.")
                            .formatted(arn, group.targetType()));
        }
        if (definition.networkMode() != NetworkMode.AWSVPC && group.targetType().equals("ip")) {
            throw Errors.invalidParameter(
                    ("The provided target group %s has target type ip, which is incompatible with the %s network mode "
                                    + "specified in the task definition.")
                            .formatted(arn, networkMode()));
        }
    }

    private String networkMode() {
        var mode = definition.networkModeAsString();
        return mode == null ? "bridge" : mode;
    }
}

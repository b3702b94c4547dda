package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.elb.Targets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.ServiceConnectConfiguration;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/// What CreateService and UpdateService check (ecs-services.md §1).
final class ServiceChecks {
    private static final int MOST_TARGET_GROUPS = 5;
    private static final int MOST_TASKS = 5_000;

    private ServiceChecks() {}

    static void desiredCount(int count) {
        if (count < 0) {
            throw Errors.invalidParameter("desiredCount cannot be negative.");
        }
        if (count > MOST_TASKS) {
            throw Errors.invalidParameter("desiredCount cannot be greater than " + MOST_TASKS + ".");
        }
    }

    static void deploymentConfiguration(@Nullable DeploymentConfiguration given) {
        if (given == null) {
            return;
        }
        if (given.strategy() != null && given.strategy() != DeploymentStrategy.ROLLING) {
            throw notHere("The deployment strategy " + given.strategyAsString());
        }
        if (!given.lifecycleHooks().isEmpty()) {
            throw notHere("A deployment lifecycle hook");
        }
    }

    /// @param complete a configuration with ECS's defaults filled in
    static void percentages(DeploymentConfiguration complete) {
        int max = complete.maximumPercent();
        int min = complete.minimumHealthyPercent();
        if (max < 0 || min < 0) {
            throw Errors.invalidParameter("maximumPercent and minimumHealthyPercent must not be negative.");
        }
        if (max < min) {
            throw Errors.invalidParameter("maximumPercent must be greater than or equal to minimumHealthyPercent.");
        }
        if (max < 100) {
            throw Errors.invalidParameter("maximumPercent must be 100 or greater.");
        }
    }

    static void gracePeriod(@Nullable Integer seconds) {
        if (seconds != null && seconds < 0) {
            throw Errors.invalidParameter("healthCheckGracePeriodSeconds must not be negative.");
        }
    }

    static void serviceConnect(@Nullable ServiceConnectConfiguration given) {
        if (given != null && Boolean.TRUE.equals(given.enabled())) {
            throw notHere("Service Connect");
        }
    }

    static void absent(List<?> given, String what) {
        if (!given.isEmpty()) {
            throw notHere(what);
        }
    }

    static dev.hakoniwa.aws.AwsError notHere(String what) {
        return Errors.invalidParameter(what + " is not available in Hakoniwa.");
    }

    static void executeCommand(@Nullable Boolean enabled, TaskDefinition definition, String verb) {
        if (Boolean.TRUE.equals(enabled) && definition.taskRoleArn() == null) {
            throw Errors.invalidParameter(("The service couldn't be %s because a valid taskRoleArn is not being used. "
                            + "Specify a valid task role in your task definition and try again.")
                    .formatted(verb));
        }
    }

    static void loadBalancers(Scope scope, Targets targets, TaskDefinition definition, List<LoadBalancer> given) {
        if (given.size() > MOST_TARGET_GROUPS) {
            throw Errors.invalidParameter("loadBalancers can have at most " + MOST_TARGET_GROUPS + " items.");
        }
        given.forEach(loadBalancer -> {
            container(definition, loadBalancer);
            targetGroup(scope, targets, definition, loadBalancer);
        });
    }

    private static void container(TaskDefinition definition, LoadBalancer given) {
        if (given.containerName() == null || given.containerPort() == null) {
            throw Errors.invalidParameter("containerName and containerPort must be specified for a load balancer.");
        }
        var container = definition.containerDefinitions().stream()
                .filter(c -> c.name().equals(given.containerName()))
                .findFirst()
                .orElseThrow(() -> Errors.invalidParameter(
                        "The container %s does not exist in the task definition.".formatted(given.containerName())));
        if (container.portMappings().stream()
                .noneMatch(mapping -> given.containerPort().equals(mapping.containerPort()))) {
            throw Errors.invalidParameter("The container %s did not have a container port %d defined."
                    .formatted(given.containerName(), given.containerPort()));
        }
    }

    private static void targetGroup(Scope scope, Targets targets, TaskDefinition definition, LoadBalancer given) {
        if (given.loadBalancerName() != null) {
            throw notHere("A Classic Load Balancer");
        }
        if (given.advancedConfiguration() != null) {
            throw notHere("advancedConfiguration of a load balancer");
        }
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
    }
}

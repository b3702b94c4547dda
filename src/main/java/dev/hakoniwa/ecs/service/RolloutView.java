package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.service.Rollout.Back;
import dev.hakoniwa.ecs.service.Turnaround.Cause;
import dev.hakoniwa.ecs.task.state.LiveTask;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ContainerImage;
import software.amazon.awssdk.services.ecs.model.Rollback;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentAlarms;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentRollbackMonitorsStatus;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.ServiceRevisionLoadBalancer;
import software.amazon.awssdk.services.ecs.model.ServiceRevisionSummary;

/// Service deployments and revisions as ECS describes them (ecs-services.md §9).
final class RolloutView {
    private RolloutView() {}

    /// @param live the service's tasks that haven't stopped
    static ServiceDeployment of(LiveService service, Rollout rollout, List<LiveTask> live) {
        var key = service.key();
        var times = rollout.times();
        return ServiceDeployment.builder()
                .serviceDeploymentArn(key.rolloutArn(rollout.id()).toString())
                .serviceArn(key.arn().toString())
                .clusterArn(key.clusterArn().toString())
                .createdAt(times.created())
                .startedAt(times.started())
                .finishedAt(times.finished())
                .stoppedAt(times.stopped())
                .updatedAt(times.updated())
                .sourceServiceRevisions(rollout.sources().stream()
                        .map(source -> summary(service, source, live))
                        .toList())
                .targetServiceRevision(summary(service, rollout.target().id(), live))
                .status(rollout.status())
                .statusReason(rollout.reason())
                .deploymentConfiguration(rollout.configuration())
                .rollback(rollout.back().map(back -> rollback(key, back)).orElse(null))
                .deploymentCircuitBreaker(breaker(service, rollout))
                .alarms(alarms(rollout))
                .build();
    }

    static ServiceDeploymentBrief brief(LiveService service, Rollout rollout) {
        var key = service.key();
        var times = rollout.times();
        return ServiceDeploymentBrief.builder()
                .serviceDeploymentArn(key.rolloutArn(rollout.id()).toString())
                .serviceArn(key.arn().toString())
                .clusterArn(key.clusterArn().toString())
                .createdAt(times.created())
                .startedAt(times.started())
                .finishedAt(times.finished())
                .targetServiceRevisionArn(
                        key.revisionArn(rollout.target().number()).toString())
                .status(rollout.status())
                .statusReason(rollout.reason())
                .build();
    }

    /// The revision that a deployment was begun with.
    static ServiceRevision revision(ServiceKey key, LiveDeployment deployment) {
        var revision = deployment.revision();
        var byStrategy = !revision.strategy().isEmpty();
        var definition = revision.definition();
        return ServiceRevision.builder()
                .serviceRevisionArn(key.revisionArn(deployment.number()).toString())
                .serviceArn(key.arn().toString())
                .clusterArn(key.clusterArn().toString())
                .taskDefinition(definition.taskDefinitionArn())
                .launchType(byStrategy ? null : revision.launchType())
                .capacityProviderStrategy(byStrategy ? revision.strategy() : null)
                .platformVersion(revision.platformVersion())
                .platformFamily(revision.platformFamily())
                .loadBalancers(revision.loadBalancers())
                .serviceRegistries(List.of())
                .networkConfiguration(revision.network())
                .volumeConfigurations(revision.volumes().isEmpty() ? null : revision.volumes())
                .containerImages(definition.containerDefinitions().stream()
                        .map(c -> ContainerImage.builder()
                                .containerName(c.name())
                                .image(c.image())
                                .imageDigest(deployment.digests().get(c.name()))
                                .build())
                        .toList())
                .guardDutyEnabled(false)
                .resolvedConfiguration(r -> r.loadBalancers(revision.loadBalancers().stream()
                        .map(lb -> ServiceRevisionLoadBalancer.builder()
                                .targetGroupArn(lb.targetGroupArn())
                                .build())
                        .toList()))
                .createdAt(deployment.createdAt())
                .build();
    }

    private static ServiceRevisionSummary summary(LiveService service, String deployment, List<LiveTask> live) {
        var count = Headcount.of(service, deployment, live);
        return ServiceRevisionSummary.builder()
                .arn(service.key()
                        .revisionArn(LiveDeployment.number(deployment))
                        .toString())
                .requestedTaskCount(count.desired())
                .runningTaskCount(count.running())
                .pendingTaskCount(count.pending())
                .build();
    }

    private static Rollback rollback(ServiceKey key, Back back) {
        return Rollback.builder()
                .reason(back.reason())
                .startedAt(back.startedAt())
                .serviceRevisionArn(key.revisionArn(LiveDeployment.number(back.deployment()))
                        .toString())
                .build();
    }

    private static ServiceDeploymentCircuitBreaker breaker(LiveService service, Rollout rollout) {
        var settings = rollout.configuration().deploymentCircuitBreaker();
        return ServiceDeploymentCircuitBreaker.builder()
                .status(monitor(rollout, Boolean.TRUE.equals(settings.enable()), hasTripped(rollout)))
                .failureCount(rollout.target().failed())
                .threshold(CircuitBreaker.threshold(settings, service.desiredCount()))
                .build();
    }

    private static boolean hasTripped(Rollout rollout) {
        return rollout.target().reason().equals(Cause.FAILED_TASKS.failed());
    }

    private static ServiceDeploymentAlarms alarms(Rollout rollout) {
        var settings = rollout.configuration().alarms();
        var enabled = settings != null && Boolean.TRUE.equals(settings.enable());
        return ServiceDeploymentAlarms.builder()
                .status(monitor(rollout, enabled, false))
                .alarmNames(enabled ? settings.alarmNames() : null)
                .build();
    }

    private static ServiceDeploymentRollbackMonitorsStatus monitor(
            Rollout rollout, boolean enabled, boolean triggered) {
        if (!enabled) {
            return ServiceDeploymentRollbackMonitorsStatus.DISABLED;
        }
        if (triggered) {
            return ServiceDeploymentRollbackMonitorsStatus.TRIGGERED;
        }
        return rollout.isOver()
                ? ServiceDeploymentRollbackMonitorsStatus.MONITORING_COMPLETE
                : ServiceDeploymentRollbackMonitorsStatus.MONITORING;
    }
}

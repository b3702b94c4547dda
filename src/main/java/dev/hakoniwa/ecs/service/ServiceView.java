package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.task.CapacityChoice;
import dev.hakoniwa.ecs.task.state.LiveTask;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceCurrentRevisionSummary;

/// A service as DescribeServices shows it (ecs-services.md §1, §3).
final class ServiceView {
    private ServiceView() {}

    /// @param live the service's tasks that haven't stopped
    static Service of(LiveService service, List<LiveTask> live, boolean withTags) {
        var wanted = live.stream().filter(LiveTask::wanted).toList();
        var running = (int) wanted.stream().filter(LiveTask::isRunning).count();
        var deployments = service.isInactive()
                ? List.<LiveDeployment>of()
                : service.deployments().live();
        return service.document()
                .copy(s -> s.status(service.status().name())
                        .desiredCount(service.desiredCount())
                        .runningCount(running)
                        .pendingCount(wanted.size() - running)
                        .deployments(deployments.stream()
                                .map(d -> deployment(service, d, wanted))
                                .toList())
                        .currentServiceDeployment(service.key()
                                .rolloutArn(service.deployments().rollout().id())
                                .toString())
                        .currentServiceRevisions(deployments.stream()
                                .map(d -> revision(service, d, wanted))
                                .toList())
                        .events(service.events())
                        .tags(withTags ? service.document().tags() : List.of()));
    }

    private static Deployment deployment(LiveService service, LiveDeployment deployment, List<LiveTask> wanted) {
        var count = Headcount.of(service, deployment.id(), wanted);
        var primary = service.primary().id().equals(deployment.id());
        var revision = deployment.revision();
        var byStrategy = !revision.strategy().isEmpty();
        var platform = revision.platformVersion();
        return Deployment.builder()
                .id(deployment.id())
                .status(primary ? "PRIMARY" : "ACTIVE")
                .taskDefinition(revision.definition().taskDefinitionArn())
                .desiredCount(count.desired())
                .runningCount(count.running())
                .pendingCount(count.pending())
                .failedTasks(deployment.failed())
                .createdAt(deployment.createdAt())
                .updatedAt(deployment.updatedAt())
                .launchType(byStrategy ? null : revision.launchType())
                .capacityProviderStrategy(byStrategy ? revision.strategy() : null)
                .platformVersion(platform == null ? null : CapacityChoice.platformVersion(platform))
                .platformFamily(revision.platformFamily())
                .networkConfiguration(revision.network())
                .volumeConfigurations(revision.volumes().isEmpty() ? null : revision.volumes())
                .rolloutState(deployment.state())
                .rolloutStateReason(deployment.reason())
                .build();
    }

    private static ServiceCurrentRevisionSummary revision(
            LiveService service, LiveDeployment deployment, List<LiveTask> wanted) {
        var count = Headcount.of(service, deployment.id(), wanted);
        return ServiceCurrentRevisionSummary.builder()
                .arn(service.key().revisionArn(deployment.number()).toString())
                .requestedTaskCount(count.desired())
                .runningTaskCount(count.running())
                .pendingTaskCount(count.pending())
                .build();
    }
}

package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.task.CapacityChoice;
import dev.hakoniwa.ecs.task.state.LiveTask;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;

/// A service as DescribeServices shows it (ecs-services.md §1, §3).
final class ServiceView {
    private ServiceView() {}

    /// @param live the service's tasks that haven't stopped
    static Service of(LiveService service, List<LiveTask> live, boolean withTags) {
        var wanted = live.stream().filter(LiveTask::wanted).toList();
        var running = (int) wanted.stream().filter(LiveTask::isRunning).count();
        var deployments = service.isInactive()
                ? List.<Deployment>of()
                : service.deployments().stream()
                        .map(d -> deployment(service, d, wanted))
                        .toList();
        return service.document()
                .copy(s -> s.status(service.status().name())
                        .desiredCount(service.desiredCount())
                        .runningCount(running)
                        .pendingCount(wanted.size() - running)
                        .deployments(deployments)
                        .events(service.events())
                        .tags(withTags ? service.document().tags() : List.of()));
    }

    private static Deployment deployment(LiveService service, LiveDeployment deployment, List<LiveTask> wanted) {
        var own = wanted.stream()
                .filter(task -> task.spec().origin().startedBy().equals(deployment.id()))
                .toList();
        var running = (int) own.stream().filter(LiveTask::isRunning).count();
        var primary = service.primary().id().equals(deployment.id());
        var revision = deployment.revision();
        var byStrategy = !revision.strategy().isEmpty();
        var platform = revision.platformVersion();
        return Deployment.builder()
                .id(deployment.id())
                .status(primary ? "PRIMARY" : "ACTIVE")
                .taskDefinition(revision.definition().taskDefinitionArn())
                .desiredCount(primary ? service.desiredCount() : own.size())
                .runningCount(running)
                .pendingCount(own.size() - running)
                .failedTasks(deployment.failed())
                .createdAt(deployment.createdAt())
                .updatedAt(deployment.updatedAt())
                .launchType(byStrategy ? null : revision.launchType())
                .capacityProviderStrategy(byStrategy ? revision.strategy() : null)
                .platformVersion(platform == null ? null : CapacityChoice.platformVersion(platform))
                .platformFamily(platform == null ? null : "Linux")
                .networkConfiguration(revision.network())
                .rolloutState(deployment.state())
                .rolloutStateReason(deployment.reason())
                .build();
    }
}

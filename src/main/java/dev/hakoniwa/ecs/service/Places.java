package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.instance.ContainerInstance;
import dev.hakoniwa.ecs.placement.Demand;
import dev.hakoniwa.ecs.placement.Host;
import dev.hakoniwa.ecs.placement.Placement;
import dev.hakoniwa.ecs.placement.Rules;
import dev.hakoniwa.ecs.task.RunTaskChecks;
import dev.hakoniwa.ecs.task.Tasks;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.Overrides;
import dev.hakoniwa.ecs.task.state.TaskSpec;
import dev.hakoniwa.vpc.Networking;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.LaunchType;

/// On which container instances a service's tasks may be.
final class Places {
    private final Tasks tasks;
    private final Networking networking;

    Places(Tasks tasks, Networking networking) {
        this.tasks = tasks;
        this.networking = networking;
    }

    /// What the PRIMARY deployment's tasks want of their places.
    Demand demand(LiveService service) {
        var revision = service.primary().revision();
        var definition = revision.definition();
        var overrides = Overrides.complete(definition, null);
        return new Demand(
                TaskSpec.needs(definition, overrides, definition.containerDefinitions()),
                RunTaskChecks.attributes(definition),
                RunTaskChecks.zones(service.key().scope(), networking, revision.network()),
                service.key().group(),
                rules(service));
    }

    private static Rules rules(LiveService service) {
        var document = service.document();
        return Rules.of(
                        service.primary().revision().definition().placementConstraints(),
                        document.placementConstraints(),
                        document.placementStrategy())
                .ofService();
    }

    /// The ids of the instances that a DAEMON service has one task on each.
    Set<String> eligible(LiveService service) {
        var rules = rules(service);
        return hosts(service).stream()
                .filter(host -> Placement.isMember(host, rules))
                .map(Host::id)
                .collect(Collectors.toSet());
    }

    private List<Host> hosts(LiveService service) {
        return tasks.instances().hosts(service.key().scope(), service.key().cluster());
    }

    /// The ids of the tasks that are to leave their instances, as these don't take tasks any more, or not this
    /// daemon's.
    Set<String> leaving(LiveService service, List<LiveTask> wanted) {
        if (service.primary().revision().launchType() == LaunchType.FARGATE) {
            return Set.of();
        }
        var eligible = service.isDaemon() ? eligible(service) : Set.<String>of();
        return wanted.stream()
                .filter(task -> task.instance().isPresent())
                .filter(task -> service.isDaemon()
                        ? !eligible.contains(task.instance().orElseThrow().id())
                        : !isOnActive(task))
                .map(task -> task.key().id())
                .collect(Collectors.toSet());
    }

    private boolean isOnActive(LiveTask task) {
        return task.instance()
                .flatMap(tasks.instances()::find)
                .filter(ContainerInstance::isActive)
                .isPresent();
    }
}

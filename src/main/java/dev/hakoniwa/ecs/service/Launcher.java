package dev.hakoniwa.ecs.service;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.ecs.Tags;
import dev.hakoniwa.ecs.task.CapacityChoice;
import dev.hakoniwa.ecs.task.RunTaskChecks;
import dev.hakoniwa.ecs.task.Tasks;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskSpec;
import dev.hakoniwa.ecs.task.state.TaskSpec.Compute;
import dev.hakoniwa.ecs.task.state.TaskSpec.Extras;
import dev.hakoniwa.ecs.task.state.TaskSpec.Origin;
import dev.hakoniwa.ecs.task.state.TaskSpec.TaskNetwork;
import dev.hakoniwa.ecs.task.state.TaskSpec.TaskTarget;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitions;
import dev.hakoniwa.vpc.Networking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Tag;

/// Starts tasks of a service's PRIMARY deployment.
final class Launcher {
    /// How many tasks one look at a service starts; the next look goes on.
    private static final int MOST_AT_ONCE = 50;

    private final Tasks tasks;
    private final Networking networking;
    private final TaskDefinitions definitions;

    Launcher(Tasks tasks, Networking networking, TaskDefinitions definitions) {
        this.tasks = tasks;
        this.networking = networking;
        this.definitions = definitions;
    }

    /// The service that now watches the tasks, the tasks, and the event's words why there are fewer than asked for.
    record Launched(LiveService service, List<LiveTask> tasks, Optional<String> problem) {}

    /// @param siblings the deployment's tasks that are to run already
    Launched launch(LiveService service, List<LiveTask> siblings, int count) {
        var started = new ArrayList<LiveTask>();
        var mine = new ArrayList<>(siblings);
        var problem = Optional.<String>empty();
        for (var i = 0; i < Math.min(count, MOST_AT_ONCE) && problem.isEmpty(); i++) {
            problem = launch(service, mine, started);
        }
        var ids = started.stream().map(task -> task.key().id()).toList();
        var watches = service.watches().started(service.primary().id(), ids);
        return new Launched(service.with(watches), started, problem);
    }

    private Optional<String> launch(LiveService service, List<LiveTask> mine, List<LiveTask> started) {
        var key = service.key();
        TaskSpec spec;
        try {
            spec = spec(service, mine);
        } catch (AwsError e) {
            return Optional.of(ServiceTexts.unplaced(e.message()));
        }
        var failure = tasks.placementFailure(key.scope(), key.cluster(), spec);
        if (failure.isPresent()) {
            return failure.map(ServiceTexts::unplaced);
        }
        var task = tasks.start(key.scope(), key.cluster(), spec);
        started.add(task);
        mine.add(task);
        return Optional.empty();
    }

    private TaskSpec spec(LiveService service, List<LiveTask> mine) {
        var deployment = service.primary();
        var revision = deployment.revision();
        var network = network(service, mine);
        var targets = revision.loadBalancers().stream()
                .map(lb -> new TaskTarget(lb.targetGroupArn(), lb.containerName(), lb.containerPort()))
                .toList();
        return TaskSpec.of(
                revision.definition(),
                compute(service, network, mine),
                network,
                new Origin(service.key().group(), deployment.id()),
                new Extras(tags(service), Boolean.TRUE.equals(service.document().enableExecuteCommand()), targets));
    }

    /// The subnet that has the fewest of the deployment's tasks, which spreads them over the zones.
    private @Nullable TaskNetwork network(LiveService service, List<LiveTask> mine) {
        var given = service.primary().revision().network();
        var awsvpc = given == null ? null : given.awsvpcConfiguration();
        if (awsvpc == null) {
            return null;
        }
        var emptiest = IntStream.range(0, awsvpc.subnets().size())
                .boxed()
                .min(Comparator.comparingLong(
                        i -> inSubnet(mine, awsvpc.subnets().get(i))))
                .orElse(0);
        return RunTaskChecks.place(service.key().scope(), networking, awsvpc, emptiest);
    }

    private static long inSubnet(List<LiveTask> tasks, String subnetId) {
        return tasks.stream()
                .map(task -> task.spec().network())
                .filter(network -> network != null && network.subnetId().equals(subnetId))
                .count();
    }

    private Compute compute(LiveService service, @Nullable TaskNetwork network, List<LiveTask> mine) {
        var scope = service.key().scope();
        var revision = service.primary().revision();
        var running = revision.strategy().stream()
                .map(item -> (int) mine.stream()
                        .filter(task -> item.capacityProvider()
                                .equals(task.spec().compute().capacityProvider()))
                        .count())
                .toList();
        var provider = revision.strategy().isEmpty() ? null : CapacityChoice.provider(revision.strategy(), running);
        var zone = network == null
                ? networking.localInstance(scope).availabilityZone()
                : networking.subnet(scope, network.subnetId()).orElseThrow().availabilityZone();
        return CapacityChoice.compute(revision.launchType(), provider, revision.platformVersion(), zone);
    }

    private List<Tag> tags(LiveService service) {
        var document = service.document();
        var propagated = switch (document.propagateTags()) {
            case SERVICE -> document.tags();
            case TASK_DEFINITION -> definitions.tagsOf(service.key().scope(), document.taskDefinition());
            case NONE, UNKNOWN_TO_SDK_VERSION -> List.<Tag>of();
        };
        if (!Boolean.TRUE.equals(document.enableECSManagedTags())) {
            return propagated;
        }
        return Tags.merge(
                propagated,
                List.of(
                        tag("aws:ecs:clusterName", service.key().cluster()),
                        tag("aws:ecs:serviceName", service.key().name())));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}

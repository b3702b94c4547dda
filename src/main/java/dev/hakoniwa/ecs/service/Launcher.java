package dev.hakoniwa.ecs.service;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.ecs.Tags;
import dev.hakoniwa.ecs.instance.ContainerInstance;
import dev.hakoniwa.ecs.instance.InstanceKey;
import dev.hakoniwa.ecs.placement.Demand;
import dev.hakoniwa.ecs.placement.Placement;
import dev.hakoniwa.ecs.task.CapacityChoice;
import dev.hakoniwa.ecs.task.RunTaskChecks;
import dev.hakoniwa.ecs.task.Tasks;
import dev.hakoniwa.ecs.task.VolumeChecks;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Tag;

/// Starts tasks of a service's PRIMARY deployment.
final class Launcher {
    /// How many tasks one look at a service starts; the next look goes on.
    private static final int MOST_AT_ONCE = 50;

    private final Tasks tasks;
    private final Networking networking;
    private final TaskDefinitions definitions;
    private final Places places;

    Launcher(Tasks tasks, Networking networking, TaskDefinitions definitions, Places places) {
        this.tasks = tasks;
        this.networking = networking;
        this.definitions = definitions;
        this.places = places;
    }

    /// The service that now watches the tasks, the tasks, and the event's words why there are fewer than asked for.
    record Launched(LiveService service, List<LiveTask> tasks, Optional<String> problem) {}

    /// One launch of several tasks.
    ///
    /// @param mine the deployment's tasks that are to run
    /// @param daemonOn the instances that have the service's daemon already; none if it is no daemon
    private record Launch(
            LiveService service, Demand demand, List<LiveTask> mine, Set<String> daemonOn, List<LiveTask> started) {
        boolean isPlaced() {
            return service.primary().revision().launchType() != LaunchType.FARGATE;
        }
    }

    /// @param wanted the service's tasks that are to run already
    Launched launch(LiveService service, List<LiveTask> wanted, int count) {
        var started = new ArrayList<LiveTask>();
        var problem = Optional.<String>empty();
        try {
            var launch = new Launch(
                    service, places.demand(service), mine(service, wanted), daemonOn(service, wanted), started);
            for (var i = 0; i < Math.min(count, MOST_AT_ONCE) && problem.isEmpty(); i++) {
                problem = launch(launch);
            }
        } catch (AwsError e) {
            problem = Optional.of(ServiceTexts.unplaced(e.message()));
        }
        var ids = started.stream().map(task -> task.key().id()).toList();
        var watches = service.watches().started(service.primary().id(), ids);
        return new Launched(service.with(watches), started, problem);
    }

    private static List<LiveTask> mine(LiveService service, List<LiveTask> wanted) {
        var primary = service.primary().id();
        var mine = new ArrayList<LiveTask>();
        wanted.stream()
                .filter(task -> task.spec().origin().startedBy().equals(primary))
                .forEach(mine::add);
        return mine;
    }

    private static Set<String> daemonOn(LiveService service, List<LiveTask> wanted) {
        var instances = new HashSet<String>();
        if (service.isDaemon()) {
            wanted.forEach(task -> task.instance().ifPresent(instance -> instances.add(instance.id())));
        }
        return instances;
    }

    private Optional<String> launch(Launch launch) {
        if (!launch.isPlaced()) {
            start(launch, null);
            return Optional.empty();
        }
        var key = launch.service().key();
        return switch (tasks.place(key.scope(), key.cluster(), launch.demand(), launch.daemonOn())) {
            case Placement.Chosen(var host) -> {
                var instance = new InstanceKey(key.scope(), key.cluster(), host.id());
                start(launch, tasks.instances().find(instance).orElseThrow());
                yield Optional.empty();
            }
            case Placement.Refused refused -> Optional.of(ServiceTexts.unplaced(refused));
        };
    }

    private void start(Launch launch, @Nullable ContainerInstance instance) {
        var key = launch.service().key();
        var task = tasks.start(key.scope(), key.cluster(), spec(launch, instance));
        launch.started().add(task);
        launch.mine().add(task);
        if (launch.service().isDaemon() && instance != null) {
            launch.daemonOn().add(instance.key().id());
        }
    }

    private TaskSpec spec(Launch launch, @Nullable ContainerInstance instance) {
        var service = launch.service();
        var deployment = service.primary();
        var revision = deployment.revision();
        var network = network(service, instance, launch.mine());
        var targets = revision.loadBalancers().stream()
                .map(lb -> new TaskTarget(lb.targetGroupArn(), lb.containerName(), lb.containerPort()))
                .toList();
        return TaskSpec.of(
                revision.definition(),
                compute(launch, network, instance),
                network,
                new Origin(service.key().group(), deployment.id(), deployment.pinned()),
                new Extras(
                        tags(service),
                        Boolean.TRUE.equals(service.document().enableExecuteCommand()),
                        targets,
                        VolumeChecks.ofService(revision.definition(), revision.volumes())));
    }

    /// The subnet that has the fewest of the deployment's tasks, which spreads them over the zones.
    private @Nullable TaskNetwork network(
            LiveService service, @Nullable ContainerInstance instance, List<LiveTask> mine) {
        var given = service.primary().revision().network();
        if (given == null || given.awsvpcConfiguration() == null) {
            return null;
        }
        var awsvpc = RunTaskChecks.within(service.key().scope(), networking, given.awsvpcConfiguration(), instance);
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

    private Compute compute(Launch launch, @Nullable TaskNetwork network, @Nullable ContainerInstance instance) {
        var scope = launch.service().key().scope();
        var revision = launch.service().primary().revision();
        var running = revision.strategy().stream()
                .map(item -> (int) launch.mine().stream()
                        .filter(task -> item.capacityProvider()
                                .equals(task.spec().compute().capacityProvider()))
                        .count())
                .toList();
        var provider = revision.strategy().isEmpty() ? null : CapacityChoice.provider(revision.strategy(), running);
        var zone = RunTaskChecks.zone(scope, networking, network, instance);
        var compute = CapacityChoice.compute(revision.launchType(), provider, revision.platformVersion(), zone);
        return instance == null
                ? compute
                : tasks.on(instance, compute, launch.demand().needs().gpus());
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

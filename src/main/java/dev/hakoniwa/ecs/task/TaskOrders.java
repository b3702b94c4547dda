package dev.hakoniwa.ecs.task;

import dev.hakoniwa.aws.Json;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Tags;
import dev.hakoniwa.ecs.instance.ContainerInstance;
import dev.hakoniwa.ecs.placement.Demand;
import dev.hakoniwa.ecs.placement.Rules;
import dev.hakoniwa.ecs.task.state.EbsVolume;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.Overrides;
import dev.hakoniwa.ecs.task.state.TaskSpec;
import dev.hakoniwa.ecs.task.state.TaskSpec.Compute;
import dev.hakoniwa.ecs.task.state.TaskSpec.Origin;
import dev.hakoniwa.ecs.task.state.TaskSpec.TaskNetwork;
import dev.hakoniwa.ecs.taskdefinition.SizeOverride;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitions;
import dev.hakoniwa.vpc.Networking;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/// What RunTask and StartTask have in common: the checks, and what a task is made of (ecs-tasks.md §3).
final class TaskOrders {
    private static final int MOST_TASKS = 10;
    private static final int MOST_OVERRIDE_CHARACTERS = 8192;
    private static final int LONGEST_REFERENCE = 1024;
    private static final Pattern STARTED_BY = Pattern.compile("[A-Za-z0-9_/-]{0,128}");

    private final TaskDefinitions definitions;
    private final Networking networking;
    private final Tasks tasks;

    TaskOrders(TaskDefinitions definitions, Networking networking, Tasks tasks) {
        this.definitions = definitions;
        this.networking = networking;
        this.tasks = tasks;
    }

    /// A request that has been found right.
    record Order(
            RunTaskRequest request,
            TaskDefinition definition,
            TaskOverride overrides,
            List<CapacityProviderStrategyItem> strategy,
            LaunchType launchType,
            Demand demand,
            @Nullable EbsVolume ebs) {
        boolean isPlaced() {
            return launchType != LaunchType.FARGATE;
        }
    }

    /// Checks the request; ECS's errors for what is wrong with it.
    Order read(Scope scope, Cluster cluster, RunTaskRequest request) {
        check(request);
        var definition = definitions.active(scope, Errors.present(request.taskDefinition(), "TaskDefinition"));
        var strategy = CapacityChoice.strategy(cluster, request.launchType(), request.capacityProviderStrategy());
        var launchType = CapacityChoice.launchType(request.launchType(), strategy);
        RunTaskChecks.compatible(definition, launchType);
        RunTaskChecks.instances(
                launchType,
                !tasks.instances().hosts(scope, cluster.clusterName()).isEmpty());
        RunTaskChecks.placement(launchType, request.placementConstraints(), request.placementStrategy());
        RunTaskChecks.network(scope, networking, definition, request.networkConfiguration());
        executeCommand(request, definition);
        var overrides = Overrides.complete(definition, request.overrides());
        if (launchType == LaunchType.FARGATE) {
            SizeOverride.checkOnFargate(definition, overrides);
        }
        var demand = new Demand(
                TaskSpec.needs(definition, overrides, Overrides.apply(definition, overrides)),
                RunTaskChecks.attributes(definition),
                RunTaskChecks.zones(scope, networking, request.networkConfiguration()),
                group(request, definition),
                Rules.of(
                        definition.placementConstraints(),
                        request.placementConstraints(),
                        request.placementStrategy()));
        var ebs = VolumeChecks.ofTask(definition, request.volumeConfigurations());
        return new Order(request, definition, overrides, strategy, launchType, demand, ebs);
    }

    /// Starts one of the tasks.
    ///
    /// @param instance where it goes; null on Fargate
    /// @param started those of the same request
    LiveTask start(
            Scope scope, Cluster cluster, Order order, @Nullable ContainerInstance instance, List<LiveTask> started) {
        var request = order.request();
        var network = network(scope, request, instance, started.size());
        var spec = new TaskSpec(
                order.definition(),
                order.overrides(),
                Overrides.apply(order.definition(), order.overrides()),
                compute(scope, order, network, instance, started),
                network,
                new Origin(order.demand().group(), Objects.requireNonNullElse(request.startedBy(), "")),
                tags(scope, cluster, order),
                Boolean.TRUE.equals(request.enableExecuteCommand()),
                List.of(),
                order.ebs());
        return tasks.start(scope, cluster.clusterName(), spec);
    }

    private static String group(RunTaskRequest request, TaskDefinition definition) {
        return Objects.requireNonNullElse(request.group(), "family:" + definition.family());
    }

    private @Nullable TaskNetwork network(
            Scope scope, RunTaskRequest request, @Nullable ContainerInstance instance, int number) {
        var given = request.networkConfiguration();
        var awsvpc = given == null ? null : given.awsvpcConfiguration();
        return awsvpc == null
                ? null
                : RunTaskChecks.place(
                        scope, networking, RunTaskChecks.within(scope, networking, awsvpc, instance), number);
    }

    private Compute compute(
            Scope scope,
            Order order,
            @Nullable TaskNetwork network,
            @Nullable ContainerInstance instance,
            List<LiveTask> started) {
        var running = order.strategy().stream()
                .map(item -> (int) started.stream()
                        .filter(task -> item.capacityProvider()
                                .equals(task.spec().compute().capacityProvider()))
                        .count())
                .toList();
        var provider = order.strategy().isEmpty() ? null : CapacityChoice.provider(order.strategy(), running);
        var zone = RunTaskChecks.zone(scope, networking, network, instance);
        var compute = CapacityChoice.compute(
                order.launchType(), provider, order.request().platformVersion(), zone);
        return instance == null
                ? compute
                : tasks.on(instance, compute, order.demand().needs().gpus());
    }

    private List<Tag> tags(Scope scope, Cluster cluster, Order order) {
        var request = order.request();
        var inherited = request.propagateTags() == PropagateTags.TASK_DEFINITION
                ? definitions.tagsOf(scope, order.definition().taskDefinitionArn())
                : List.<Tag>of();
        var own = Tags.added(inherited, Tags.checked(request.tags()));
        return Boolean.TRUE.equals(request.enableECSManagedTags())
                ? Tags.merge(own, List.of(managed("aws:ecs:clusterName", cluster.clusterName())))
                : own;
    }

    private static Tag managed(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static void check(RunTaskRequest request) {
        var count = Objects.requireNonNullElse(request.count(), 1);
        if (count > MOST_TASKS) {
            throw Errors.invalidParameter("count cannot be greater than " + MOST_TASKS + ".");
        }
        if (count < 1) {
            throw Errors.invalidParameter("count cannot be less than 1.");
        }
        RunTaskChecks.oneCompute(request.launchType(), request.capacityProviderStrategy());
        if (request.propagateTags() == PropagateTags.SERVICE
                || request.propagateTags() == PropagateTags.UNKNOWN_TO_SDK_VERSION) {
            throw Errors.invalidParameter("propagateTags should be one of [TASK_DEFINITION,NONE]");
        }
        var group = request.group();
        if (group != null && (group.length() > 255 || group.startsWith("family:") || group.startsWith("service:"))) {
            throw Errors.invalidParameter("Invalid namespace for group.");
        }
        if (request.startedBy() != null
                && !STARTED_BY.matcher(request.startedBy()).matches()) {
            throw Errors.invalidParameter("startedBy contains invalid characters or is too long.");
        }
        if (request.referenceId() != null && request.referenceId().length() > LONGEST_REFERENCE) {
            throw Errors.invalidParameter("referenceId can have at most " + LONGEST_REFERENCE + " characters.");
        }
        if (request.overrides() != null && Json.of(request.overrides()).length > MOST_OVERRIDE_CHARACTERS) {
            throw Errors.invalidParameter(
                    "Overrides length must be less than or equal to " + MOST_OVERRIDE_CHARACTERS + ".");
        }
    }

    private static void executeCommand(RunTaskRequest request, TaskDefinition definition) {
        var role = request.overrides() != null && request.overrides().taskRoleArn() != null
                ? request.overrides().taskRoleArn()
                : definition.taskRoleArn();
        if (Boolean.TRUE.equals(request.enableExecuteCommand()) && role == null) {
            throw Errors.invalidParameter("The task couldn't be run because a valid taskRoleArn is not being used. "
                    + "Specify a valid task role in your task definition and try again.");
        }
    }
}

package dev.hakoniwa.ecs.task;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Json;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Tags;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.Overrides;
import dev.hakoniwa.ecs.task.state.TaskSpec;
import dev.hakoniwa.ecs.task.state.TaskSpec.Compute;
import dev.hakoniwa.ecs.task.state.TaskSpec.Origin;
import dev.hakoniwa.ecs.task.state.TaskSpec.TaskNetwork;
import dev.hakoniwa.ecs.taskdefinition.SizeOverride;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitions;
import dev.hakoniwa.vpc.Networking;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/// RunTask (ecs-tasks.md §3).
final class RunTask {
    private static final int MOST_TASKS = 10;
    private static final int MOST_OVERRIDE_CHARACTERS = 8192;
    private static final int LONGEST_REFERENCE = 1024;
    private static final Pattern STARTED_BY = Pattern.compile("[A-Za-z0-9_/-]{0,128}");

    private final Clusters clusters;
    private final TaskDefinitions definitions;
    private final Networking networking;
    private final Tasks tasks;
    private final ClientTokens tokens;

    RunTask(Clusters clusters, TaskDefinitions definitions, Networking networking, Tasks tasks, ClientTokens tokens) {
        this.clusters = clusters;
        this.definitions = definitions;
        this.networking = networking;
        this.tasks = tasks;
        this.tokens = tokens;
    }

    RunTaskResponse run(Call call, RunTaskRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster());
        var before = tokens.earlier(call.scope(), cluster.clusterName(), request);
        if (before.isPresent()) {
            return response(before.get(), List.of());
        }
        check(request);
        var definition = definitions.active(call.scope(), Errors.present(request.taskDefinition(), "TaskDefinition"));
        var strategy = CapacityChoice.strategy(cluster, request.launchType(), request.capacityProviderStrategy());
        var launchType = CapacityChoice.launchType(request.launchType(), strategy);
        RunTaskChecks.compatible(definition, launchType);
        RunTaskChecks.instances(launchType);
        RunTaskChecks.placement(launchType, request.placementConstraints(), request.placementStrategy());
        RunTaskChecks.network(call.scope(), networking, definition, request.networkConfiguration());
        executeCommand(request, definition);
        var overrides = Overrides.complete(definition, request.overrides());
        if (launchType == LaunchType.FARGATE) {
            SizeOverride.checkOnFargate(definition, overrides);
        }
        return start(call.scope(), cluster, new Plan(request, definition, overrides, strategy, launchType));
    }

    /// A request that has been found right.
    private record Plan(
            RunTaskRequest request,
            TaskDefinition definition,
            TaskOverride overrides,
            List<CapacityProviderStrategyItem> strategy,
            LaunchType launchType) {}

    private RunTaskResponse start(Scope scope, Cluster cluster, Plan plan) {
        var started = new ArrayList<LiveTask>();
        var failures = new ArrayList<Failure>();
        var count = Objects.requireNonNullElse(plan.request().count(), 1);
        for (var number = 0; number < count; number++) {
            var spec = spec(scope, cluster, plan, started);
            var failure = tasks.placementFailure(scope, cluster.clusterName(), spec);
            if (failure.isPresent()) {
                failures.add(Failure.builder()
                        .arn(failure.get().arn())
                        .reason(failure.get().reason())
                        .build());
            } else {
                started.add(tasks.start(scope, cluster.clusterName(), spec));
            }
        }
        var keys = started.stream().map(LiveTask::key).toList();
        tokens.remember(scope, cluster.clusterName(), plan.request(), keys);
        return response(started, failures);
    }

    private TaskSpec spec(Scope scope, Cluster cluster, Plan plan, List<LiveTask> started) {
        var request = plan.request();
        var network = network(scope, request, started.size());
        return new TaskSpec(
                plan.definition(),
                plan.overrides(),
                Overrides.apply(plan.definition(), plan.overrides()),
                compute(scope, plan, network, started),
                network,
                new Origin(
                        Objects.requireNonNullElse(
                                request.group(), "family:" + plan.definition().family()),
                        Objects.requireNonNullElse(request.startedBy(), "")),
                tags(scope, cluster, plan),
                Boolean.TRUE.equals(request.enableExecuteCommand()),
                List.of());
    }

    private @Nullable TaskNetwork network(Scope scope, RunTaskRequest request, int number) {
        var given = request.networkConfiguration();
        var awsvpc = given == null ? null : given.awsvpcConfiguration();
        return awsvpc == null ? null : RunTaskChecks.place(scope, networking, awsvpc, number);
    }

    private Compute compute(Scope scope, Plan plan, @Nullable TaskNetwork network, List<LiveTask> started) {
        var running = plan.strategy().stream()
                .map(item -> (int) started.stream()
                        .filter(task -> item.capacityProvider()
                                .equals(task.spec().compute().capacityProvider()))
                        .count())
                .toList();
        var provider = plan.strategy().isEmpty() ? null : CapacityChoice.provider(plan.strategy(), running);
        var zone = network == null
                ? networking.localInstance(scope).availabilityZone()
                : networking.subnet(scope, network.subnetId()).orElseThrow().availabilityZone();
        return CapacityChoice.compute(
                plan.launchType(), provider, plan.request().platformVersion(), zone);
    }

    private List<Tag> tags(Scope scope, Cluster cluster, Plan plan) {
        var request = plan.request();
        var inherited = request.propagateTags() == PropagateTags.TASK_DEFINITION
                ? definitions.tagsOf(scope, plan.definition().taskDefinitionArn())
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

    private RunTaskResponse response(List<LiveTask> started, List<Failure> failures) {
        return RunTaskResponse.builder()
                .tasks(started.stream().map(this::view).toList())
                .failures(failures)
                .build();
    }

    private Task view(LiveTask task) {
        return TaskView.of(
                task, tasks.containerInstance(task.key().scope(), task.key().cluster()), true);
    }
}

package dev.hakoniwa.ecs.task;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Identifier;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.instance.ContainerInstance;
import dev.hakoniwa.ecs.instance.InstanceKey;
import dev.hakoniwa.ecs.placement.Placement;
import dev.hakoniwa.ecs.placement.Reason;
import dev.hakoniwa.ecs.task.TaskOrders.Order;
import dev.hakoniwa.ecs.task.state.LiveTask;
import java.util.ArrayList;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.StartTaskRequest;
import software.amazon.awssdk.services.ecs.model.StartTaskResponse;

/// StartTask: RunTask where the caller says which container instances (ecs-tasks.md §3).
final class StartTask {
    private static final int MOST_INSTANCES = 10;

    private final Clusters clusters;
    private final TaskOrders orders;
    private final Tasks tasks;

    StartTask(Clusters clusters, TaskOrders orders, Tasks tasks) {
        this.clusters = clusters;
        this.orders = orders;
        this.tasks = tasks;
    }

    StartTaskResponse start(Call call, StartTaskRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster());
        var named = request.containerInstances();
        if (named.isEmpty()) {
            throw Errors.client("Container Instances cannot be empty.");
        }
        if (named.size() > MOST_INSTANCES) {
            throw Errors.invalidParameter("Container Instances can have at most " + MOST_INSTANCES + " items.");
        }
        var order = orders.read(call.scope(), cluster, asRunTask(request));
        var started = new ArrayList<LiveTask>();
        var failures = new ArrayList<Failure>();
        for (var name : named) {
            var id = Identifier.within(call.scope(), cluster.clusterName(), "container-instance", name);
            var key = new InstanceKey(call.scope(), cluster.clusterName(), id);
            var instance = tasks.instances().find(key);
            var refusal = instance.map(found -> refusal(found, order)).orElse(Optional.of("MISSING"));
            if (refusal.isPresent()) {
                failures.add(RunTask.failure(key, refusal.get()));
            } else {
                started.add(orders.start(call.scope(), cluster, order, instance.orElseThrow(), started));
            }
        }
        return StartTaskResponse.builder()
                .tasks(started.stream().map(task -> TaskView.of(task, true)).toList())
                .failures(failures)
                .build();
    }

    private Optional<String> refusal(ContainerInstance instance, Order order) {
        if (!instance.isActive()) {
            return Optional.of("INACTIVE");
        }
        return Placement.refusal(tasks.instances().host(instance), order.demand())
                .map(Reason::failure);
    }

    /// The caller places, so there are no constraints but those of the task definition.
    private static RunTaskRequest asRunTask(StartTaskRequest request) {
        var run = RunTaskRequest.builder()
                .taskDefinition(request.taskDefinition())
                .launchType(LaunchType.EC2)
                .enableECSManagedTags(request.enableECSManagedTags())
                .enableExecuteCommand(request.enableExecuteCommand())
                .group(request.group())
                .networkConfiguration(request.networkConfiguration())
                .overrides(request.overrides())
                .propagateTags(request.propagateTagsAsString())
                .referenceId(request.referenceId())
                .startedBy(request.startedBy());
        if (request.hasVolumeConfigurations()) {
            run.volumeConfigurations(request.volumeConfigurations());
        }
        return (request.hasTags() ? run.tags(request.tags()) : run).build();
    }
}

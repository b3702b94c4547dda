package dev.hakoniwa.ecs.task;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.instance.InstanceKey;
import dev.hakoniwa.ecs.placement.Placement;
import dev.hakoniwa.ecs.task.TaskOrders.Order;
import dev.hakoniwa.ecs.task.state.LiveTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

/// RunTask (ecs-tasks.md §3).
final class RunTask {
    private final Clusters clusters;
    private final TaskOrders orders;
    private final Tasks tasks;
    private final ClientTokens tokens;

    RunTask(Clusters clusters, TaskOrders orders, Tasks tasks, ClientTokens tokens) {
        this.clusters = clusters;
        this.orders = orders;
        this.tasks = tasks;
        this.tokens = tokens;
    }

    RunTaskResponse run(Call call, RunTaskRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster());
        var before = tokens.earlier(call.scope(), cluster.clusterName(), request);
        if (before.isPresent()) {
            return response(before.get(), List.of());
        }
        return start(call.scope(), cluster, orders.read(call.scope(), cluster, request));
    }

    private RunTaskResponse start(Scope scope, Cluster cluster, Order order) {
        var started = new ArrayList<LiveTask>();
        var failures = new ArrayList<Failure>();
        var count = Objects.requireNonNullElse(order.request().count(), 1);
        for (var number = 0; number < count; number++) {
            if (order.isPlaced()) {
                place(scope, cluster, order, started, failures);
            } else {
                started.add(orders.start(scope, cluster, order, null, started));
            }
        }
        var keys = started.stream().map(LiveTask::key).toList();
        tokens.remember(scope, cluster.clusterName(), order.request(), keys);
        return response(started, failures);
    }

    private void place(Scope scope, Cluster cluster, Order order, List<LiveTask> started, List<Failure> failures) {
        var name = cluster.clusterName();
        switch (tasks.place(scope, name, order.demand(), Set.of())) {
            case Placement.Chosen(var host) -> {
                var instance = tasks.instances().find(new InstanceKey(scope, name, host.id()));
                started.add(orders.start(scope, cluster, order, instance.orElseThrow(), started));
            }
            case Placement.Refused(var refusals) ->
                refusals.forEach(refusal -> failures.add(failure(
                        new InstanceKey(scope, name, refusal.instance()),
                        refusal.reason().failure())));
        }
    }

    static Failure failure(InstanceKey instance, String reason) {
        return Failure.builder().arn(instance.arn().toString()).reason(reason).build();
    }

    private static RunTaskResponse response(List<LiveTask> started, List<Failure> failures) {
        return RunTaskResponse.builder()
                .tasks(started.stream().map(task -> TaskView.of(task, true)).toList())
                .failures(failures)
                .build();
    }
}

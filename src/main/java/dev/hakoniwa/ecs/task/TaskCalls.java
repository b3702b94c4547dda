package dev.hakoniwa.ecs.task;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Identifier;
import dev.hakoniwa.ecs.Pages;
import dev.hakoniwa.ecs.Taggable;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.StartTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;

/// The operations on tasks.
public final class TaskCalls implements Taggable {
    private static final int MOST_DESCRIBED = 100;
    private static final int PAGE = 100;
    private static final int LONGEST_REASON = 1024;

    private final Clusters clusters;
    private final Tasks tasks;
    private final Starts starts;
    private final ServiceNames services;

    TaskCalls(Clusters clusters, Tasks tasks, Starts starts, ServiceNames services) {
        this.clusters = clusters;
        this.tasks = tasks;
        this.starts = starts;
        this.services = services;
    }

    /// Which services a cluster has; the services themselves are further up.
    public interface ServiceNames {
        boolean exists(Scope scope, String cluster, String service);

        /// Whether a deployment is the one that the service is to come to.
        boolean isPrimary(Scope scope, String cluster, String service, String deployment);
    }

    /// The operations that start tasks.
    record Starts(RunTask run, StartTask start) {}

    public void addTo(Operations operations) {
        operations
                .on("RunTask", RunTaskRequest::builder, starts.run()::run)
                .on("StartTask", StartTaskRequest::builder, starts.start()::start)
                .on("StopTask", StopTaskRequest::builder, this::stop)
                .on("DescribeTasks", DescribeTasksRequest::builder, this::describe)
                .on("ListTasks", ListTasksRequest::builder, this::list);
    }

    StopTaskResponse stop(Call call, StopTaskRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster());
        var id = id(call.scope(), cluster, Errors.present(request.task(), "Task"));
        var key = new TaskKey(call.scope(), cluster.clusterName(), id);
        var task = tasks.find(key).orElseThrow(Errors::taskNotFound);
        var reason = Objects.requireNonNullElse(request.reason(), "");
        if (reason.length() > LONGEST_REASON) {
            throw Errors.invalidParameter("reason can have at most " + LONGEST_REASON + " characters.");
        }
        return StopTaskResponse.builder()
                .task(TaskView.of(tasks.stopByUser(task, reason), false))
                .build();
    }

    DescribeTasksResponse describe(Call call, DescribeTasksRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster());
        if (request.tasks().isEmpty()) {
            throw Errors.invalidParameter("Tasks cannot be empty.");
        }
        if (request.tasks().size() > MOST_DESCRIBED) {
            throw Errors.invalidParameter("Tasks can have at most " + MOST_DESCRIBED + " items.");
        }
        var withTags = request.include().contains(TaskField.TAGS);
        var found = new ArrayList<Task>();
        var missing = new ArrayList<Failure>();
        for (var name : request.tasks()) {
            var key = new TaskKey(call.scope(), cluster.clusterName(), id(call.scope(), cluster, name));
            tasks.find(key)
                    .ifPresentOrElse(task -> found.add(TaskView.of(task, withTags)), () -> missing.add(missing(key)));
        }
        return DescribeTasksResponse.builder().tasks(found).failures(missing).build();
    }

    ListTasksResponse list(Call call, ListTasksRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster());
        check(request);
        var size = Pages.size(request.maxResults(), PAGE, PAGE);
        var listing = "ListTasks " + cluster.clusterName() + " "
                + request.copy(r -> r.nextToken(null).maxResults(null));
        var matching = candidates(call.scope(), cluster, request).stream()
                .filter(filter(call.scope(), cluster, request))
                .map(task -> task.key().arn().toString())
                .toList();
        var page = Pages.of(listing, matching, arn -> arn, request.nextToken(), size);
        return ListTasksResponse.builder()
                .taskArns(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public String type() {
        return "task";
    }

    @Override
    public List<Tag> tags(Scope scope, Arn arn) {
        return tagged(scope, arn).spec().tags();
    }

    @Override
    public void replaceTags(Scope scope, Arn arn, List<Tag> tags) {
        var task = tagged(scope, arn);
        this.tasks.replace(task.with(task.spec().with(tags)));
    }

    private LiveTask tagged(Scope scope, Arn arn) {
        var parts = arn.resourceId().split("/", 2);
        return Optional.of(parts)
                .filter(p -> p.length == 2)
                .flatMap(p -> tasks.find(new TaskKey(scope, p[0], p[1])))
                .filter(task -> !task.isStopped())
                .orElseThrow(() -> Errors.invalidParameter(
                        "The specified task does not exist. Specify a valid task and try again."));
    }

    private List<LiveTask> candidates(Scope scope, Cluster cluster, ListTasksRequest request) {
        if (request.serviceName() == null) {
            return tasks.ofCluster(scope, cluster.clusterName());
        }
        var service = Identifier.within(scope, cluster.clusterName(), "service", request.serviceName());
        if (!services.exists(scope, cluster.clusterName(), service)) {
            throw Errors.serviceNotFound();
        }
        return tasks.ofGroup(scope, cluster.clusterName(), "service:" + service);
    }

    private Predicate<LiveTask> filter(Scope scope, Cluster cluster, ListTasksRequest request) {
        Predicate<LiveTask> filter = task -> wanted(request.desiredStatus(), task);
        if (request.family() != null) {
            filter = filter.and(
                    task -> request.family().equals(task.spec().definition().family()));
        }
        if (request.startedBy() != null) {
            filter = filter.and(
                    task -> request.startedBy().equals(task.spec().origin().startedBy()));
        }
        if (request.launchType() != null) {
            filter = filter.and(
                    task -> request.launchType() == task.spec().compute().launchType());
        }
        if (request.containerInstance() != null) {
            var id = Identifier.within(scope, cluster.clusterName(), "container-instance", request.containerInstance());
            filter = filter.and(
                    task -> task.instance().filter(key -> key.id().equals(id)).isPresent());
        }
        return filter;
    }

    private static boolean wanted(@Nullable DesiredStatus desired, LiveTask task) {
        if (desired == null) {
            return task.wanted();
        }
        return switch (desired) {
            case RUNNING -> task.wanted();
            case STOPPED -> !task.wanted();
            case PENDING, UNKNOWN_TO_SDK_VERSION -> false;
        };
    }

    private static void check(ListTasksRequest request) {
        if (request.desiredStatus() == DesiredStatus.UNKNOWN_TO_SDK_VERSION) {
            throw Errors.invalidParameter("desiredStatus should be one of [RUNNING,PENDING,STOPPED]");
        }
        RunTaskChecks.known(request.launchType());
        var others = request.family() != null || request.serviceName() != null || request.containerInstance() != null;
        if (request.startedBy() != null && others) {
            throw Errors.invalidParameter("startedBy must be the only filter besides cluster.");
        }
    }

    private static Failure missing(TaskKey key) {
        return Failure.builder().arn(key.arn().toString()).reason("MISSING").build();
    }

    /// The id of a task named by id or ARN, long (`task/cluster/id`) or short.
    private static String id(Scope scope, Cluster cluster, String name) {
        return Identifier.within(scope, cluster.clusterName(), "task", name);
    }
}

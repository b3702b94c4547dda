package dev.hakoniwa.ecs.task;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Identifier;
import dev.hakoniwa.ecs.TaskProtection;
import dev.hakoniwa.ecs.TaskProtection.Failed;
import dev.hakoniwa.ecs.TaskProtection.Told;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionResponse;
import software.amazon.awssdk.services.ecs.model.ProtectedTask;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionResponse;

/// Protects tasks from being scaled in and replaced by their services (ecs-services.md §5). It does not protect them
/// from StopTask, from failing health checks, or when their service is deleted.
public final class TaskProtections {
    private static final int MOST_UPDATED = 10;
    private static final int MOST_TOLD = 100;
    private static final int LONGEST_MINUTES = 2880;
    private static final int USUAL_MINUTES = 120;
    private static final String SERVICE = "service:";

    private final InstantSource clock;
    private final Clusters clusters;
    private final Tasks tasks;
    private final TaskCalls.ServiceNames services;

    TaskProtections(InstantSource clock, Clusters clusters, Tasks tasks, TaskCalls.ServiceNames services) {
        this.clock = clock;
        this.clusters = clusters;
        this.tasks = tasks;
        this.services = services;
    }

    public void addTo(Operations operations) {
        operations
                .on("GetTaskProtection", GetTaskProtectionRequest::builder, this::get)
                .on("UpdateTaskProtection", UpdateTaskProtectionRequest::builder, this::update);
    }

    UpdateTaskProtectionResponse update(Call call, UpdateTaskProtectionRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster()).clusterName();
        var names = request.tasks();
        if (names.isEmpty()) {
            throw Errors.invalidParameter("Tasks cannot be empty.");
        }
        checkSize(names, MOST_UPDATED);
        if (request.protectionEnabled() == null) {
            throw Errors.invalidParameter("protectionEnabled cannot be null.");
        }
        checkMinutes(request.expiresInMinutes());
        var outcomes = outcomes(
                call.scope(),
                cluster,
                names,
                task -> protect(task, request.protectionEnabled(), request.expiresInMinutes()));
        return UpdateTaskProtectionResponse.builder()
                .protectedTasks(shown(outcomes))
                .failures(failures(outcomes))
                .build();
    }

    /// Without tasks it tells of all that are protected now.
    GetTaskProtectionResponse get(Call call, GetTaskProtectionRequest request) {
        var cluster = clusters.resolve(call.scope(), request.cluster()).clusterName();
        checkSize(request.tasks(), MOST_TOLD);
        var outcomes = request.tasks().isEmpty()
                ? tasks.ofCluster(call.scope(), cluster).stream()
                        .map(this::of)
                        .filter(protection -> protection instanceof Told told && told.isProtected())
                        .limit(MOST_TOLD)
                        .toList()
                : outcomes(call.scope(), cluster, request.tasks(), this::of);
        return GetTaskProtectionResponse.builder()
                .protectedTasks(shown(outcomes))
                .failures(failures(outcomes))
                .build();
    }

    private List<TaskProtection> outcomes(
            Scope scope, String cluster, List<String> names, Function<LiveTask, TaskProtection> outcome) {
        var keys = names.stream()
                .distinct()
                .map(name -> new TaskKey(scope, cluster, Identifier.within(scope, cluster, "task", name)))
                .toList();
        return keys.stream()
                .map(key -> tasks.find(key)
                        .map(outcome)
                        .orElseGet(() -> new Failed(key.arn().toString(), "MISSING")))
                .toList();
    }

    TaskProtection of(LiveTask task) {
        var arn = task.key().arn().toString();
        return isOfService(task)
                ? new Told(arn, task.protectedUntil(clock.instant()).orElse(null))
                : new Failed(arn, "TASK_NOT_VALID");
    }

    TaskProtection protect(LiveTask task, boolean enabled, @Nullable Integer minutes) {
        checkMinutes(minutes);
        var arn = task.key().arn().toString();
        if (!isOfService(task) || !task.isRunning()) {
            return new Failed(arn, "TASK_NOT_VALID");
        }
        if (enabled && blocksDeployment(task)) {
            return new Failed(arn, "DEPLOYMENT_BLOCKED");
        }
        var life = Duration.ofMinutes(Objects.requireNonNullElse(minutes, USUAL_MINUTES));
        var until = enabled ? clock.instant().plus(life) : null;
        tasks.replace(task.with(task.progress().protect(until)));
        return new Told(arn, until);
    }

    /// A deployment that protected tasks hold up already is not held up by more. Whether AWS lets those that do renew
    /// their protection is not documented; here they may, as they are to finish their work.
    private boolean blocksDeployment(LiveTask task) {
        var now = clock.instant();
        return isReplaced(task)
                && task.protectedUntil(now).isEmpty()
                && tasks
                        .liveOfGroup(
                                task.key().scope(),
                                task.key().cluster(),
                                task.spec().origin().group())
                        .stream()
                        .anyMatch(other ->
                                isReplaced(other) && other.protectedUntil(now).isPresent());
    }

    private boolean isReplaced(LiveTask task) {
        var origin = task.spec().origin();
        return !services.isPrimary(
                task.key().scope(),
                task.key().cluster(),
                origin.group().substring(SERVICE.length()),
                origin.startedBy());
    }

    private static boolean isOfService(LiveTask task) {
        return task.spec().origin().group().startsWith(SERVICE);
    }

    private static void checkSize(List<String> names, int most) {
        if (names.size() > most) {
            throw Errors.invalidParameter("Tasks can have at most " + most + " items.");
        }
    }

    private static void checkMinutes(@Nullable Integer minutes) {
        if (minutes != null && (minutes < 1 || minutes > LONGEST_MINUTES)) {
            throw Errors.invalidParameter("expiresInMinutes must be between 1 and " + LONGEST_MINUTES + ".");
        }
    }

    private static List<ProtectedTask> shown(List<TaskProtection> outcomes) {
        return outcomes.stream()
                .filter(Told.class::isInstance)
                .map(Told.class::cast)
                .map(told -> ProtectedTask.builder()
                        .taskArn(told.taskArn())
                        .protectionEnabled(told.isProtected())
                        .expirationDate(told.until())
                        .build())
                .toList();
    }

    private static List<Failure> failures(List<TaskProtection> outcomes) {
        return outcomes.stream()
                .filter(Failed.class::isInstance)
                .map(Failed.class::cast)
                .map(failed -> Failure.builder()
                        .arn(failed.taskArn())
                        .reason(failed.reason())
                        .build())
                .toList();
    }
}

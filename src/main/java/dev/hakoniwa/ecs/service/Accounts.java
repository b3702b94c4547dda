package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.service.Watches.Watch;
import dev.hakoniwa.ecs.task.Tasks;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.StopCause;
import dev.hakoniwa.ecs.task.state.TaskKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// Takes note of what has become of a service's tasks since the last look: which came to run, joined their target
/// groups or ended, and what that says about its deployments.
final class Accounts {
    private final Look look;
    private final CircuitBreaker breaker;
    private final Tasks tasks;
    private final List<LiveTask> joined = new ArrayList<>();
    private final List<LiveTask> left = new ArrayList<>();

    Accounts(Look look, Tasks tasks) {
        this.look = look;
        this.breaker = new CircuitBreaker(look);
        this.tasks = tasks;
    }

    /// @param wanted the service's tasks that are to run
    void take(List<TaskState> wanted) {
        var states = wanted.stream().collect(Collectors.toMap(TaskState::id, Function.identity()));
        var watches = look.service().watches().all();
        watches.entrySet()
                .removeIf(entry -> note(entry, Optional.ofNullable(states.get(entry.getKey())))
                        .isEmpty());
        ServiceTexts.registered(joined).forEach(look::tell);
        ServiceTexts.deregistered(left).forEach(look::tell);
        look.change(service -> service.with(Watches.of(watches)));
    }

    /// What is to be remembered of the task from now on; nothing if it is not to run any more.
    private Optional<Watch> note(Map.Entry<String, Watch> entry, Optional<TaskState> state) {
        var watch = entry.getValue();
        if (state.isPresent()) {
            return Optional.of(entry.setValue(lives(watch, state.get())));
        }
        tasks.find(new TaskKey(look.key().scope(), look.key().cluster(), entry.getKey()))
                .ifPresent(task -> ended(watch, task));
        return Optional.empty();
    }

    private Watch lives(Watch watch, TaskState state) {
        var task = state.task();
        if (task.isRegistered() && !watch.registered()) {
            joined.add(task);
        }
        var ran = ran(watch, task);
        if (ran && !watch.ran()) {
            pulled(watch.deployment(), task);
        }
        var proved = watch.proved() || state.proves();
        if (proved && !watch.proved()) {
            breaker.proved(watch.deployment());
        }
        return new Watch(watch.deployment(), ran, proved, task.isRegistered());
    }

    /// The first task of a deployment that runs tells which images its revision stands for.
    private void pulled(String deploymentId, LiveTask task) {
        look.service()
                .deployment(deploymentId)
                .filter(d -> d.digests().isEmpty())
                .ifPresent(d -> look.change(service -> service.replace(d.pulled(task.digests()))));
    }

    /// A task that comes to run ends what the throttle has counted.
    private boolean ran(Watch watch, LiveTask task) {
        var ran = task.startedAt().isPresent();
        if (ran && !watch.ran()) {
            look.change(service -> service.with(Throttle.NONE));
        }
        return ran;
    }

    private void ended(Watch watch, LiveTask task) {
        if (watch.registered()) {
            left.add(task);
        }
        task.stopCause().ifPresent(cause -> {
            if (ran(watch, task)) {
                ranAndEnded(watch, cause);
            } else {
                neverRan(watch, cause);
            }
        });
    }

    private void ranAndEnded(Watch watch, StopCause cause) {
        if (TaskState.isFailedCheck(cause)) {
            breaker.failed(watch.deployment());
        }
    }

    private void neverRan(Watch watch, StopCause cause) {
        var code = cause.code();
        if (code == TaskStopCode.TASK_FAILED_TO_START || code == TaskStopCode.ESSENTIAL_CONTAINER_EXITED) {
            look.change(service -> service.with(service.throttle().failed(look.now())));
            if (look.service().throttle().isPattern()) {
                look.tellOnce("is unable to consistently start tasks successfully.");
            }
            breaker.failed(watch.deployment());
        }
    }
}

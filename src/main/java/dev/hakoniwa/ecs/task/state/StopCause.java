package dev.hakoniwa.ecs.task.state;

import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// Why a task stops (ecs-tasks.md §2.2).
public record StopCause(TaskStopCode code, String reason) {
    public static StopCause byUser(String reason) {
        return new StopCause(TaskStopCode.USER_INITIATED, reason.isEmpty() ? "Task stopped by user" : reason);
    }

    public static StopCause byScheduler(String reason) {
        return new StopCause(TaskStopCode.SERVICE_SCHEDULER_INITIATED, reason);
    }

    /// The task's container instance was deregistered although the task was there.
    public static StopCause orphaned() {
        return byScheduler("Container instance deregistration forced by user");
    }

    public static StopCause essentialContainerExited() {
        return new StopCause(TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited");
    }

    public static StopCause spotInterruption() {
        return new StopCause(TaskStopCode.SPOT_INTERRUPTION, "Your Spot Task was interrupted.");
    }

    public boolean isSpotInterruption() {
        return code == TaskStopCode.SPOT_INTERRUPTION;
    }

    public static StopCause failedToStart(String reason) {
        return new StopCause(TaskStopCode.TASK_FAILED_TO_START, reason);
    }

    /// A container did not start: on Fargate the task tells its reason, elsewhere the container alone does.
    public static StopCause failedToStart(LiveTask task, String reason) {
        return failedToStart(task.spec().isFargate() ? reason : "Task failed to start");
    }
}

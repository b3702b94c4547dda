package dev.hakoniwa.ecs.task;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.StopCause;
import dev.hakoniwa.ecs.task.state.TaskKey;
import java.util.Optional;

/// Takes capacity away from tasks of FARGATE_SPOT, as AWS does when it wants it back (ecs-capacity.md §6). Nobody but
/// the
/// user of the emulator knows when.
public final class SpotInterruptions {
    private static final String SPOT = "FARGATE_SPOT";

    private final Tables tables;
    private final Tasks tasks;

    SpotInterruptions(Tables tables, Tasks tasks) {
        this.tables = tables;
        this.tasks = tasks;
    }

    /// Gives a task notice: its containers hear SIGTERM at once, and have their stop timeout, two minutes at most, to
    /// end.
    ///
    /// @return false if there is no such task that is to run on FARGATE_SPOT
    public boolean interrupt(String taskArn) {
        return tables.write(() -> {
            var task = Arn.parse(taskArn).flatMap(this::find);
            task.ifPresent(found -> tasks.stop(found.key(), StopCause.spotInterruption()));
            return task.isPresent();
        });
    }

    private Optional<LiveTask> find(Arn arn) {
        return TaskKey.of(arn)
                .flatMap(tasks::find)
                .filter(LiveTask::wanted)
                .filter(task -> SPOT.equals(task.spec().compute().capacityProvider()));
    }
}

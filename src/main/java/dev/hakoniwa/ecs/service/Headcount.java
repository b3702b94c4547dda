package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.task.state.LiveTask;
import java.util.List;

/// How many tasks a deployment is to have, and how many it has.
record Headcount(int desired, int running, int pending) {

    /// @param live the service's tasks that haven't stopped
    static Headcount of(LiveService service, String deployment, List<LiveTask> live) {
        var own = live.stream()
                .filter(LiveTask::wanted)
                .filter(task -> task.spec().origin().startedBy().equals(deployment))
                .toList();
        var running = (int) own.stream().filter(LiveTask::isRunning).count();
        var desired = service.primary().id().equals(deployment) ? service.desiredCount() : own.size();
        return new Headcount(desired, running, own.size() - running);
    }
}

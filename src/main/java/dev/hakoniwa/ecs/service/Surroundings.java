package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.task.Tasks;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.elb.Targets;
import dev.hakoniwa.vpc.Networking;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Service;

/// What the operations on services work with besides the services.
record Surroundings(Networking networking, Targets targets, Tasks tasks, Reconciler reconciler) {
    Service view(LiveService service, boolean withTags) {
        return ServiceView.of(service, tasksOf(service), withTags);
    }

    /// How many tasks a new DAEMON service is to have: one for each container instance.
    int daemonPlaces(ServiceKey key) {
        return tasks.instances().hosts(key.scope(), key.cluster()).size();
    }

    /// The service's tasks that haven't stopped.
    List<LiveTask> tasksOf(LiveService service) {
        var key = service.key();
        return tasks.liveOfGroup(key.scope(), key.cluster(), key.group());
    }
}

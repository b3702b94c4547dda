package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.task.Tasks;
import dev.hakoniwa.elb.Targets;
import dev.hakoniwa.vpc.Networking;
import software.amazon.awssdk.services.ecs.model.Service;

/// What the operations on services work with besides the services.
record Surroundings(Networking networking, Targets targets, Tasks tasks, Reconciler reconciler) {
    Service view(LiveService service, boolean withTags) {
        var key = service.key();
        return ServiceView.of(service, tasks.liveOfGroup(key.scope(), key.cluster(), key.group()), withTags);
    }
}

package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.ecs.Errors;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;

/// Which kinds of machines can run a task definition.
final class Compatibilities {
    private Compatibilities() {}

    /// What the task definition asks to run on, it must be able to run on.
    static void check(Draft draft) {
        var obstacles = FargateRules.obstacles(draft);
        if (draft.requires(Compatibility.FARGATE) && !obstacles.isEmpty()) {
            throw Errors.client(obstacles.getFirst());
        }
        if (draft.requires(Compatibility.EXTERNAL) && !runsOutside(draft)) {
            throw Errors.client("Task definition is not compatible with EXTERNAL.");
        }
        if (draft.requires(Compatibility.MANAGED_INSTANCES) && !runsManaged(draft)) {
            throw Errors.client("Task definition is not compatible with MANAGED_INSTANCES.");
        }
    }

    static List<Compatibility> of(Draft draft) {
        var compatibilities = new ArrayList<Compatibility>();
        if (runsOutside(draft)) {
            compatibilities.add(Compatibility.EXTERNAL);
        }
        compatibilities.add(Compatibility.EC2);
        if (FargateRules.obstacles(draft).isEmpty()) {
            compatibilities.add(Compatibility.FARGATE);
        }
        if (runsManaged(draft)) {
            compatibilities.add(Compatibility.MANAGED_INSTANCES);
        }
        return compatibilities;
    }

    /// Machines outside AWS have no network interfaces of its, no EFS, no App Mesh, and take no part in Service
    /// Connect, which is what ports have names for.
    private static boolean runsOutside(Draft draft) {
        var usesEfs = draft.request().volumes().stream().anyMatch(volume -> volume.efsVolumeConfiguration() != null);
        var namesPorts = draft.containers().stream()
                .flatMap(container -> container.portMappings().stream())
                .anyMatch(Compatibilities::isNamed);
        return !draft.isAwsvpc()
                && !usesEfs
                && !namesPorts
                && draft.accelerators().isEmpty()
                && draft.request().proxyConfiguration() == null;
    }

    private static boolean isNamed(PortMapping mapping) {
        return mapping.name() != null || mapping.appProtocol() != null;
    }

    private static boolean runsManaged(Draft draft) {
        return draft.networkMode() != NetworkMode.BRIDGE
                && !draft.isWindows()
                && draft.accelerators().isEmpty()
                && draft.request().proxyConfiguration() == null;
    }
}

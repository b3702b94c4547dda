package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.Ports;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerSpec.Network;
import dev.hakoniwa.runtime.ContainerSpec.Options;
import dev.hakoniwa.runtime.ContainerSpec.PortBinding;
import dev.hakoniwa.runtime.Transport;
import dev.hakoniwa.vpc.Networking.EngineNetwork;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.IpcMode;

/// The container that holds the namespaces which a task's containers share. Pure.
///
/// @param image the emulator's own, which does nothing
record PauseSpec(String image, Map<String, String> ownLabels) {
    private static final String NETWORK_PAUSE = "~internal~ecs~pause";
    private static final String NAMESPACE_PAUSE = "~internal~ecs~pause~namespace";
    private static final String LOOPBACK = "127.0.0.1";

    /// For a task that shares processes or memory alone.
    ContainerSpec withoutNetwork(LiveTask task) {
        return of(task, NAMESPACE_PAUSE, new Network.None(), List.of(), options(task, null, Map.of()));
    }

    /// With the task's address in its VPC. If that can't be reached, its ports are published at the engine's.
    ContainerSpec in(EngineNetwork network, String engineAddress, LiveTask task) {
        var address = Objects.requireNonNull(task.infrastructure().networkInterface());
        return of(
                task,
                NETWORK_PAUSE,
                new Network.Attached(network.name(), address.privateAddress()),
                network.isRoutable() ? List.of() : ports(task, engineAddress),
                options(task, address.privateDnsName(), ContainerOptions.networkSysctls(task)));
    }

    private ContainerSpec of(LiveTask task, String label, Network network, List<PortBinding> ports, Options options) {
        return new ContainerSpec(
                EngineNames.pause(task),
                image,
                null,
                null,
                Map.of(),
                EngineNames.labels(task, label, ownLabels),
                network,
                ports,
                List.of(),
                ContainerLimits.pause(task.infrastructure().group()),
                options,
                null,
                null);
    }

    private static List<PortBinding> ports(LiveTask task, String engineAddress) {
        var hostAddress = engineAddress.equals(LOOPBACK) ? LOOPBACK : "";
        return task.spec().containers().stream()
                .flatMap(container -> Ports.of(container).stream())
                .filter(port -> port.transport() == Transport.TCP)
                .map(port -> new PortBinding(port.containerPort(), 0, Transport.TCP, hostAddress))
                .distinct()
                .toList();
    }

    /// @param hostname `ip-10-0-1-2.ec2.internal`, as the task's containers see themselves on Fargate
    private static Options options(LiveTask task, @Nullable String hostname, Map<String, String> sysctls) {
        var ipc = task.spec().definition().ipcMode() == IpcMode.TASK ? "shareable" : null;
        return new Options(
                null, null, hostname, false, false, false, false, false, 0, List.of(), List.of(), List.of(), List.of(),
                List.of(), Map.of(), sysctls, List.of(), List.of(), List.of(), List.of(), List.of(), null, ipc);
    }
}

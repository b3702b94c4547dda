package dev.hakoniwa.runtime.simulated;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerSpec.PortBinding;
import dev.hakoniwa.runtime.PortRows;
import dev.hakoniwa.runtime.PublishedPort;
import dev.hakoniwa.runtime.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The ports of the host that simulated containers are published at.
final class HostPorts {
    private static final int FIRST_DYNAMIC = 32_768;
    private static final int LAST_DYNAMIC = 60_999;
    private static final String EVERYWHERE = "0.0.0.0";

    private final Map<ContainerId, List<PublishedPort>> published = new HashMap<>();
    private int nextDynamic = FIRST_DYNAMIC;

    /// Takes all the ports that the container wants, or none.
    List<PublishedPort> publish(ContainerId id, ContainerSpec spec) {
        var ports = new ArrayList<PublishedPort>();
        published.put(id, ports);
        for (var binding : PortRows.chosen(spec.ports(), this::firstOfRow)) {
            var port = bind(binding);
            if (isTaken(port)) {
                published.remove(id);
                throw Refusals.portTaken(spec.name(), id.value(), port.hostAddress() + ":" + port.hostPort());
            }
            ports.add(port);
        }
        return List.copyOf(ports);
    }

    void release(ContainerId id) {
        published.remove(id);
    }

    private PublishedPort bind(PortBinding binding) {
        var address = binding.hostAddress().isEmpty() ? EVERYWHERE : binding.hostAddress();
        if (binding.hostPort() != 0) {
            return new PublishedPort(address, binding.hostPort(), binding.containerPort(), binding.transport());
        }
        var port = dynamic(address, binding.containerPort(), binding.transport());
        for (var tries = FIRST_DYNAMIC; tries <= LAST_DYNAMIC && isTaken(port); tries++) {
            port = dynamic(address, binding.containerPort(), binding.transport());
        }
        return port;
    }

    private int firstOfRow(int size, PortBinding binding) {
        var first = nextDynamic;
        for (var tries = FIRST_DYNAMIC; tries <= LAST_DYNAMIC && !isFree(first, size, binding); tries++) {
            first = first + size > LAST_DYNAMIC ? FIRST_DYNAMIC : first + 1;
        }
        nextDynamic = first + size > LAST_DYNAMIC ? FIRST_DYNAMIC : first + size;
        return first;
    }

    private boolean isFree(int first, int size, PortBinding binding) {
        return first + size - 1 <= LAST_DYNAMIC
                && IntStream.range(first, first + size)
                        .mapToObj(port ->
                                new PublishedPort(EVERYWHERE, port, binding.containerPort(), binding.transport()))
                        .noneMatch(this::isTaken);
    }

    private PublishedPort dynamic(String address, int containerPort, Transport transport) {
        var port = nextDynamic;
        nextDynamic = port == LAST_DYNAMIC ? FIRST_DYNAMIC : port + 1;
        return new PublishedPort(address, port, containerPort, transport);
    }

    private boolean isTaken(PublishedPort wanted) {
        return published.values().stream().flatMap(List::stream).anyMatch(other -> collide(other, wanted));
    }

    private static boolean collide(PublishedPort one, PublishedPort other) {
        return one.hostPort() == other.hostPort()
                && one.transport() == other.transport()
                && (one.hostAddress().equals(other.hostAddress())
                        || one.hostAddress().equals(EVERYWHERE)
                        || other.hostAddress().equals(EVERYWHERE));
    }
}

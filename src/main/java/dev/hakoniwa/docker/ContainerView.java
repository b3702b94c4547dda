package dev.hakoniwa.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.Ports.Binding;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.runtime.Health;
import dev.hakoniwa.runtime.PublishedPort;
import dev.hakoniwa.runtime.Transport;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Says what Docker tells of a container in the ports' words.
final class ContainerView {
    private static final int TERMINATED = 143;
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private ContainerView() {}

    static ContainerState of(InspectContainerResponse container) {
        var state = container.getState();
        var status = status(String.valueOf(state.getStatus()));
        var settings = container.getNetworkSettings();
        return new ContainerState(
                new ContainerId(container.getId()),
                container.getName().substring(1),
                Optional.ofNullable(container.getConfig().getLabels()).orElse(Map.of()),
                status,
                status == Status.EXITED ? exitCode(state.getExitCodeLong()) : null,
                status == Status.EXITED
                        && Boolean.TRUE.equals(state.getOOMKilled())
                        && mayBeOutOfMemory(exitCode(state.getExitCodeLong())),
                Objects.toString(state.getError(), ""),
                state.getHealth() == null
                        ? Health.UNKNOWN
                        : health(state.getHealth().getStatus()),
                container.getImageId(),
                status == Status.RUNNING ? address(settings) : "",
                status == Status.RUNNING ? ports(settings) : List.of(),
                instant(state.getStartedAt()),
                instant(state.getFinishedAt()));
    }

    /// Docker flags all containers that share their memory when one of them is killed for it: one that ended well, or
    /// as it was asked to, was another.
    static boolean mayBeOutOfMemory(int exitCode) {
        return exitCode != 0 && exitCode != TERMINATED;
    }

    private static int exitCode(@Nullable Long code) {
        return code == null ? 0 : code.intValue();
    }

    static Health health(@Nullable String status) {
        return switch (status) {
            case "healthy" -> Health.HEALTHY;
            case "unhealthy" -> Health.UNHEALTHY;
            case null, default -> Health.UNKNOWN;
        };
    }

    private static Status status(String status) {
        return switch (status) {
            case "created" -> Status.CREATED;
            case "running", "paused", "restarting" -> Status.RUNNING;
            default -> Status.EXITED;
        };
    }

    private static String address(NetworkSettings settings) {
        return settings.getNetworks().values().stream()
                .map(ContainerNetwork::getIpAddress)
                .filter(address -> address != null && !address.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static List<PublishedPort> ports(NetworkSettings settings) {
        if (settings.getPorts() == null) {
            return List.of();
        }
        return settings.getPorts().getBindings().entrySet().stream()
                .flatMap(port -> published(port.getKey(), port.getValue()))
                .toList();
    }

    private static Stream<PublishedPort> published(ExposedPort port, Binding @Nullable [] bindings) {
        var transport = port.getProtocol() == InternetProtocol.UDP ? Transport.UDP : Transport.TCP;
        return Arrays.stream(bindings == null ? new Binding[0] : bindings)
                .map(binding -> new PublishedPort(
                        binding.getHostIp(), Integer.parseInt(binding.getHostPortSpec()), port.getPort(), transport));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        var instant = Instant.parse(text);
        return instant.equals(NEVER) ? null : instant;
    }
}

package dev.hakoniwa.app;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerSpec.Limits;
import dev.hakoniwa.runtime.ContainerSpec.Logging;
import dev.hakoniwa.runtime.ContainerSpec.Network;
import dev.hakoniwa.runtime.ContainerSpec.Options;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Labels;
import dev.hakoniwa.runtime.LogLine;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The container of a [Relay] that runs. It is the emulator's own, by its labels, so whoever removes what the emulator
/// has made removes it.
record RelayContainer(ContainerId id, Set<Integer> ports) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern PORTS = Pattern.compile(Relay.OPEN + "\\d{1,5}( \\d{1,5})*");

    /// All it needs of the machine is to bind a port.
    private static final Options HARMLESS = new Options(
            null,
            null,
            null,
            false,
            true,
            false,
            false,
            false,
            0,
            List.of("NET_BIND_SERVICE"),
            List.of("ALL"),
            List.of("no-new-privileges"),
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            null,
            null);

    RelayContainer {
        ports = Set.copyOf(ports);
    }

    /// Starts one, and waits until its ports are open.
    ///
    /// @param home the container that this process runs in; the relay is of its image
    /// @param environment what tells the relay where the emulator is
    /// @param labels what all that the emulator makes on the engine carries
    static RelayContainer start(
            Containers containers, ContainerId home, Map<String, String> environment, Map<String, String> labels) {
        var relay = containers.create(new ContainerSpec(
                "hakoniwa-relay-" + labels.get(Labels.INSTANCE),
                containers.inspect(home).image(),
                null,
                List.of(Command.RELAY.word()),
                environment,
                labels,
                new Network.Host(),
                List.of(),
                List.of(),
                Limits.NONE,
                HARMLESS,
                null,
                new Logging("json-file", Map.of())));
        try {
            containers.start(relay);
            return new RelayContainer(relay, ports(containers, relay));
        } catch (EngineException e) {
            containers.remove(relay);
            throw e;
        }
    }

    boolean runs(Containers containers) {
        try {
            return containers.inspect(id).status() == ContainerState.Status.RUNNING;
        } catch (EngineException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private static Set<Integer> ports(Containers containers, ContainerId relay) {
        var reader = new PortsReader();
        try (var _ = containers.follow(relay, reader)) {
            var told = reader.told
                    .completeOnTimeout("it says nothing", PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            if (PORTS.matcher(told).matches()) {
                return Arrays.stream(told.substring(Relay.OPEN.length()).split(" "))
                        .map(Integer::valueOf)
                        .collect(Collectors.toUnmodifiableSet());
            }
            throw new EngineException(
                    Kind.REFUSED, "the relay to it, a container of the emulator's own image, can't work: " + told);
        }
    }

    /// Waits for the ports, or for the last words of a relay that can't open any.
    private static final class PortsReader implements Containers.Reader {
        private final CompletableFuture<String> told = new CompletableFuture<>();
        private volatile String last = "it ends at once";

        @Override
        public void hear(LogLine line) {
            last = line.text();
            if (PORTS.matcher(last).matches()) {
                told.complete(last);
            }
        }

        @Override
        public void ended() {
            told.complete(last);
        }
    }
}

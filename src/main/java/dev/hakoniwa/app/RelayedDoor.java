package dev.hakoniwa.app;

import dev.hakoniwa.app.TaskDoor.Answering;
import dev.hakoniwa.docker.OwnNetwork;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerSpec.Limits;
import dev.hakoniwa.runtime.ContainerSpec.Network;
import dev.hakoniwa.runtime.ContainerSpec.Options;
import dev.hakoniwa.runtime.Containers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tasks' address for an emulator whose container has a network of its own, which can't listen there: a [Relay] in
/// a
/// second container of the same image, on the machine's network, brings what comes. It says who calls, and is believed,
/// as only the machine itself calls from the gateway of our network.
final class RelayedDoor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Containers containers;
    private final ContainerId home;
    private final OwnNetwork.Place place;
    private final Vertx vertx;
    private Set<Integer> ports = Set.of();
    private @Nullable HttpServer server;

    RelayedDoor(Containers containers, ContainerId home, OwnNetwork.Place place, Vertx vertx) {
        this.containers = containers;
        this.home = home;
        this.place = place;
        this.vertx = vertx;
    }

    /// Makes sure that a relay runs, and tells the ports at which callers come in. Blocks.
    ///
    /// @param port the API's
    Set<Integer> open(int port, Answering who) {
        if (ports.isEmpty()) {
            if (server == null) {
                server = listen(port, who);
            }
            ports = relay(port, who.labels(), place.address() + ":" + server.actualPort());
        }
        return ports;
    }

    private HttpServer listen(int port, Answering who) {
        return vertx.createHttpServer(new HttpServerOptions().setUseProxyProtocol(true))
                .connectionHandler(connection -> {
                    if (!place.gateway().equals(connection.remoteAddress(true).hostAddress())) {
                        connection.close();
                    }
                })
                .requestHandler(request -> (isForAgent(request, port) ? who.agent() : who.api()).handle(request))
                .listen(0, place.address())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static boolean isForAgent(HttpServerRequest request, int port) {
        return request.localAddress().port() == TaskDoor.USUAL_PORT && port != TaskDoor.USUAL_PORT;
    }

    private Set<Integer> relay(int port, Map<String, String> labels, String emulator) {
        var spec = new ContainerSpec(
                "hakoniwa-relay-" + home.value().substring(0, 12) + "-" + port,
                containers.inspect(home).image(),
                null,
                List.of(Command.RELAY.word()),
                Map.of(Relay.EMULATOR, emulator, "HAKONIWA_PORT", String.valueOf(port)),
                labels,
                new Network.Host(),
                List.of(),
                List.of(),
                Limits.NONE,
                Options.NONE,
                null,
                null);
        var relay = containers.create(spec);
        containers.start(relay);
        var opened = portsOf(relay);
        if (opened.isEmpty()) {
            containers.remove(relay);
        }
        return opened;
    }

    /// What the relay says that it has opened; nothing if it says nothing.
    private Set<Integer> portsOf(ContainerId relay) {
        var told = new CompletableFuture<String>();
        try (var _ = containers.follow(relay, line -> {
            if (line.text().startsWith(Relay.OPEN)) {
                told.complete(line.text().substring(Relay.OPEN.length()).strip());
            }
        })) {
            var text = told.completeOnTimeout("", PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            return Arrays.stream(text.split(" "))
                    .filter(word -> !word.isEmpty())
                    .map(Integer::valueOf)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close().toCompletionStage().toCompletableFuture().join();
            server = null;
        }
    }
}

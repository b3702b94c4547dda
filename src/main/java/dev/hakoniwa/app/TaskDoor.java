package dev.hakoniwa.app;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.ecs.TaskEndpoints;
import dev.hakoniwa.runtime.Engine;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Labels;
import dev.hakoniwa.runtime.Networks;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Opens 169.254.170.2 to tasks when the first one comes: the API at its own port there, metadata and credentials at
/// port 80, or at the API's where that can't be bound. A network of the engine's gives the machine the address;
/// emulators on one machine share it, and the last one takes it away. A [Relay] brings what comes there to an emulator
/// in a container with a network of its own.
final class TaskDoor implements TaskEndpoints, AutoCloseable {
    static final String ADDRESS = "169.254.170.2";
    static final int USUAL_PORT = 80;

    /// Whose the network is that gives the machine the address.
    static final String EVERYBODY = "shared";

    private static final Logger LOG = Logger.getLogger(TaskDoor.class);
    private static final String NETWORK = "hakoniwa-" + ADDRESS;
    private static final Map<String, String> LABELS = Map.of(Labels.INSTANCE, EVERYBODY);

    /// Where an agent tells of itself and of its tasks. Only tasks find it here: the port stays free at the machine's
    /// other addresses.
    private static final int INTROSPECTION_PORT = 51_678;

    private final Settings settings;
    private final Engine engine;
    private final Networks networks;
    private final Vertx vertx;
    private final @Nullable RelayedAddress relayed;
    private final ReentrantLock opening = new ReentrantLock();
    private final Set<String> told = new HashSet<>();
    private volatile @Nullable Answering answering;
    private @Nullable HttpServer usual;
    private @Nullable HttpServer api;
    private @Nullable HttpServer introspection;

    TaskDoor(Settings settings, Engine engine, Vertx vertx, Ids ids) {
        this.settings = settings;
        this.engine = engine;
        this.networks = engine.networks();
        this.vertx = vertx;
        relayed = RelayedAddress.of(engine, vertx, ids).orElse(null);
    }

    /// Who answers at port 80, who at the API's port, and who at the agent's.
    ///
    /// @param labels what all that they make on the engine carries
    record Answering(
            Handler<HttpServerRequest> agent,
            Handler<HttpServerRequest> api,
            Handler<HttpServerRequest> introspection,
            Map<String, String> labels) {
        Answering {
            labels = Map.copyOf(labels);
        }
    }

    /// Whether a request has come through this door.
    static boolean isEntry(HttpServerRequest request) {
        return ADDRESS.equals(request.localAddress().hostAddress());
    }

    /// Hands in who answers; before, nobody comes.
    void answerWith(Answering who) {
        answering = who;
    }

    @Override
    public Addresses open() {
        if (settings.engine() == Settings.EngineKind.SIMULATED) {
            return new Addresses(USUAL_AGENT, settings.endpointInTasks(USUAL_AGENT + ":" + settings.port()));
        }
        opening.lock();
        try {
            if (relayed != null) {
                return relay(relayed);
            }
            if (!LinkLocal.isHere(ADDRESS)) {
                give();
            }
            return LinkLocal.isHere(ADDRESS) ? listen() : Addresses.NONE;
        } finally {
            opening.unlock();
        }
    }

    private Addresses relay(RelayedAddress address) {
        try {
            giveToMachine();
            return addresses(address.open(settings.port(), Objects.requireNonNull(answering, "nobody answers")));
        } catch (EngineException e) {
            if (e.kind() == Kind.UNAVAILABLE) {
                throw e;
            }
            tellOnce("tasks have no " + ADDRESS + ": " + e.text());
            return Addresses.NONE;
        }
    }

    /// Another emulator may do so at the same time.
    private void giveToMachine() {
        if (networks.list(LABELS).contains(NETWORK)) {
            return;
        }
        try {
            networks.giveAddress(NETWORK, ADDRESS, LABELS);
        } catch (EngineException e) {
            if (!networks.list(LABELS).contains(NETWORK)) {
                throw e;
            }
        }
    }

    /// Where a relay's ports are: all of them answer alike. The API's own is mostly not among them, as the engine
    /// holds it to publish it.
    private Addresses addresses(Set<Integer> ports) {
        var other = USUAL_AGENT + ":" + ports.stream().sorted().findFirst().orElseThrow();
        if (!ports.contains(USUAL_PORT)) {
            tellOnce("%s:%d can't be bound: tasks find metadata and credentials at %s"
                    .formatted(ADDRESS, USUAL_PORT, other));
        }
        var agent = ports.contains(USUAL_PORT) ? USUAL_AGENT : other;
        var api = ports.contains(settings.port()) ? USUAL_AGENT + ":" + settings.port() : agent;
        return new Addresses(agent, settings.endpointInTasks(api));
    }

    private void give() {
        try {
            networks.giveAddress(NETWORK, ADDRESS, LABELS);
        } catch (EngineException e) {
            if (e.kind() == Kind.UNAVAILABLE) {
                throw e;
            }
            tellOnce("tasks have no " + ADDRESS + ": " + e.text());
            return;
        }
        if (!LinkLocal.isHere(ADDRESS)) {
            networks.remove(NETWORK);
            tellOnce("tasks have no " + ADDRESS + ": the engine's networks are not on this machine");
        }
    }

    private Addresses listen() {
        var port = settings.port();
        if (api == null && !settings.listensEverywhere()) {
            api = listen(port, Answering::api);
        }
        if (usual == null && port != USUAL_PORT) {
            usual = listen(USUAL_PORT, Answering::agent);
        }
        if (introspection == null && port != INTROSPECTION_PORT) {
            introspection = listen(INTROSPECTION_PORT, Answering::introspection);
        }
        var atPort = api != null || settings.listensEverywhere() ? USUAL_AGENT + ":" + port : null;
        var agent = usual != null || port == USUAL_PORT ? USUAL_AGENT : atPort;
        return new Addresses(agent, settings.endpointInTasks(atPort));
    }

    private @Nullable HttpServer listen(int port, Function<Answering, Handler<HttpServerRequest>> who) {
        try {
            return vertx.createHttpServer()
                    .connectionHandler(connection -> {
                        if (!LinkLocal.isNear(connection.remoteAddress().hostAddress(), ADDRESS)) {
                            connection.close();
                        }
                    })
                    .requestHandler(request -> who.apply(Objects.requireNonNull(answering, "nobody answers"))
                            .handle(request))
                    .listen(port, ADDRESS)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            tellOnce("%s:%d can't be bound (%s)%s"
                    .formatted(
                            ADDRESS,
                            port,
                            e.getCause() == null ? e.getMessage() : e.getCause().getMessage(),
                            consequence(port)));
            return null;
        }
    }

    private String consequence(int port) {
        return switch (port) {
            case USUAL_PORT -> ": tasks find metadata and credentials at port " + settings.port();
            case INTROSPECTION_PORT -> ": tasks can't ask the agent of their instance";
            default -> "";
        };
    }

    private void tellOnce(String problem) {
        if (told.add(problem)) {
            LOG.warn(problem);
        }
    }

    @Override
    public void close() {
        opening.lock();
        try {
            close(usual);
            close(api);
            close(introspection);
            if (relayed != null) {
                relayed.close();
            }
            usual = null;
            api = null;
            introspection = null;
        } finally {
            opening.unlock();
        }
    }

    /// Takes the address from the machine unless another emulator listens there. Who listens can't be seen from a
    /// network of our own: there it stays as long as another emulator has anything on the engine. Blocks.
    void giveAddressBack() {
        try {
            if (relayed == null ? !LinkLocal.isListenedAt(ADDRESS) : nobodyHasAnything()) {
                networks.remove(NETWORK);
            }
        } catch (EngineException e) {
            LOG.debugf("%s stays behind: %s", NETWORK, e.text());
        }
    }

    private boolean nobodyHasAnything() {
        return new OtherEmulators(engine, engine.home().orElse(null)).all().isEmpty();
    }

    private static void close(@Nullable HttpServer server) {
        if (server != null) {
            server.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}

package dev.hakoniwa.app;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Problems;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/// Holds the emulator that serves, and hands it the requests that come in. Those that come before it has started, or
/// while it is reset, wait.
@Singleton
public final class Server {
    private static final Logger LOG = Logger.getLogger(Server.class);

    /// The emulator's own paths: Quarkus serves them.
    static final String OWN_PATHS = "/_hakoniwa";

    private final Settings settings;
    private final Vertx vertx;
    private final Footprint footprint = new Footprint();
    private volatile CompletableFuture<Running> running = new CompletableFuture<>();
    private boolean ended;

    @Inject
    Server(Vertx vertx) {
        var problems = new Problems();
        settings = Settings.read(Settings::given, problems);
        problems.throwIfAny();
        this.vertx = vertx;
    }

    Emulator emulator() {
        return running.join().emulator();
    }

    Settings settings() {
        return settings;
    }

    /// Begins to serve. The port must be bound: what is found on the engine of an emulator at this port is taken for
    /// left behind.
    synchronized void start() throws IOException {
        if (ended) {
            return;
        }
        begin();
        footprint.watch(vertx);
        LOG.infof("Hakoniwa answers at %s", settings.endpoint());
        if (settings.engine() == Settings.EngineKind.SIMULATED) {
            LOG.warn("the container engine is simulated: no containers run");
        }
    }

    /// Drops all state and everything on the engine, and begins anew.
    synchronized void reset() {
        if (ended) {
            return;
        }
        var before = running.join();
        running = new CompletableFuture<>();
        before.close();
        try {
            begin();
            LOG.info("reset: all state is dropped");
        } catch (IOException e) {
            LOG.errorf("it can't begin anew, and ends: %s", e.getMessage());
            Quarkus.asyncExit(1);
        }
    }

    synchronized void stopped(@Observes ShutdownEvent event) {
        ended = true;
        if (running.isDone()) {
            running.join().close();
        }
    }

    void routes(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::handle);
    }

    private void begin() throws IOException {
        var next = Running.start(settings, vertx, Ids.random());
        next.emulator().start();
        running.complete(next);
    }

    private void handle(RoutingContext context) {
        footprint.use();
        var now = running;
        if (now.isDone()) {
            handle(context, now.join());
            return;
        }
        var request = context.request().pause();
        var loop = vertx.getOrCreateContext();
        var _ = now.thenAccept(next -> loop.runOnContext(_ -> {
            handle(context, next);
            request.resume();
        }));
    }

    private static void handle(RoutingContext context, Running emulator) {
        var request = context.request();
        if (TaskDoor.isEntry(request)) {
            emulator.handleOfTask(request);
            return;
        }
        var path = path(request);
        if (path.startsWith(OWN_PATHS)) {
            context.next();
            return;
        }
        emulator.handle(request, path);
    }

    private static String path(HttpServerRequest request) {
        return request.path() == null ? "/" : request.path();
    }
}

package dev.hakoniwa.app;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Problems;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Holds the emulator that serves, and hands it the requests that come in.
@Singleton
public final class Server {
    private static final Logger LOG = Logger.getLogger(Server.class);

    /// The emulator's own paths: Quarkus serves them.
    private static final String OWN_PATHS = "/_hakoniwa";

    private final Settings settings;
    private final Vertx vertx;
    private volatile Running running;

    @Inject
    Server(Vertx vertx) {
        var problems = new Problems();
        settings = Settings.read(Settings::given, problems);
        problems.throwIfAny();
        this.vertx = vertx;
        running = Running.start(settings, vertx, Ids.random());
    }

    Emulator emulator() {
        return running.emulator();
    }

    Settings settings() {
        return settings;
    }

    /// Drops all state and everything on the engine, and begins anew.
    synchronized void reset() {
        running.close();
        running = Running.start(settings, vertx, Ids.random());
        running.emulator().start();
        LOG.info("reset: all state is dropped");
    }

    void started(@Observes StartupEvent event) {
        LOG.infof("Hakoniwa answers at http://%s:%d", settings.host(), settings.port());
        if (settings.engine() == Settings.EngineKind.SIMULATED) {
            LOG.warn("the container engine is simulated: no containers run");
        }
        running.emulator().start();
    }

    void stopped(@Observes ShutdownEvent event) {
        running.close();
    }

    void routes(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        var request = context.request();
        var path = request.path() == null ? "/" : request.path();
        if (path.startsWith(OWN_PATHS)) {
            context.next();
            return;
        }
        running.handle(request, path);
    }
}

package dev.hakoniwa.app;

import dev.hakoniwa.app.Emulator.Outside;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.core.VirtualThreads;
import dev.hakoniwa.docker.DockerEngine;
import dev.hakoniwa.ecr.blobs.BlobStore;
import dev.hakoniwa.ecr.registry.Registry;
import dev.hakoniwa.proxy.Proxy;
import dev.hakoniwa.runtime.Behaviour;
import dev.hakoniwa.runtime.Engine;
import dev.hakoniwa.runtime.SimulatedEngine;
import dev.hakoniwa.tmds.TaskEndpoint;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/// An emulator with its real time, threads, engine and sockets.
record Running(
        Emulator emulator,
        Registry registry,
        Proxy proxy,
        Engine engine,
        Time time,
        VirtualThreads threads,
        BlobStore blobs,
        TaskDoor taskDoor,
        Vertx vertx) {
    private static final Logger LOG = Logger.getLogger(Running.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// @throws IOException if the data folder can't be used; the message says why
    static Running start(Settings settings, Vertx vertx, Ids ids) throws IOException {
        var blobs = blobs(settings.dataFolder());
        var time = Time.running();
        var threads = new VirtualThreads(PATIENCE);
        var engine = engine(settings, time, ids);
        var proxy = new Proxy(vertx, time, Proxy.Settings.of(Set.of(settings.port())));
        var taskDoor = new TaskDoor(settings, engine, vertx, ids);
        var outside = new Outside(engine, time, threads, ids, proxy, proxy.probes(), blobs, taskDoor);
        var emulator = new Emulator(settings, outside);
        var registry = new Registry(emulator.ecr());
        var running = new Running(emulator, registry, proxy, engine, time, threads, blobs, taskDoor, vertx);
        var agent = emulator.taskEndpoint();
        taskDoor.answerWith(new TaskDoor.Answering(agent, running::handleOfTask, agent::introspect, emulator.labels()));
        return running;
    }

    private static Engine engine(Settings settings, Time time, Ids ids) {
        return switch (settings.engine()) {
            case DOCKER -> DockerEngine.usual();
            case SIMULATED -> new SimulatedEngine(time, time, ids, Behaviour.calm());
        };
    }

    private static BlobStore blobs(Path folder) throws IOException {
        try {
            return BlobStore.open(folder);
        } catch (FileSystemException e) {
            var reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new IOException(
                    "the data folder %s can't be used (%s: %s): choose another with --data-folder or %s"
                            .formatted(folder, e.getFile(), reason, "HAKONIWA_DATA_FOLDER"),
                    e);
        }
    }

    /// A load balancer answers for its own names, the registry under /v2/, ECS Exec's sessions where WebSockets are
    /// asked for, and the AWS wire everywhere else.
    void handle(HttpServerRequest request, String path) {
        if (proxy.accept(request)) {
            return;
        }
        if (path.equals("/v2") || path.startsWith("/v2/")) {
            registry.handle(request);
            return;
        }
        if (DataChannels.isOne(request, path)) {
            DataChannels.open(request, path, emulator.sessions());
            return;
        }
        Gateway.answer(request, emulator.router(), vertx);
    }

    /// What comes to the tasks' address: metadata and credentials, and the API where it has its own port there, but not
    /// what is the emulator's own.
    void handleOfTask(HttpServerRequest request) {
        var path = request.path() == null ? "/" : request.path();
        if (TaskEndpoint.serves(path)) {
            emulator.taskEndpoint().handle(request);
        } else if (path.startsWith(Server.OWN_PATHS)) {
            request.response().setStatusCode(404).end();
        } else {
            handle(request, path);
        }
    }

    /// Ends everything and removes what is on the engine. Containers go before the threads are waited for, as some wait
    /// for a container to stop; what was made meanwhile goes after, unless the engine has fallen silent. Blocks.
    void close() {
        time.close();
        emulator.sessions().close();
        var answered = emulator.removeOwn();
        threads.close();
        taskDoor.close();
        if (answered) {
            emulator.removeOwn();
            taskDoor.giveAddressBack();
        }
        proxy.close();
        engine.close();
        try {
            emulator.ecr().dropContent();
            blobs.close();
        } catch (IOException e) {
            LOG.warnf("the data folder could not be emptied: %s", e.getMessage());
        }
    }
}

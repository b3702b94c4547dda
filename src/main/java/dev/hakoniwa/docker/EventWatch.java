package dev.hakoniwa.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.EngineEvent;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineStatus;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the daemon's stream of events, for ever: when it breaks, or there is no daemon, it tries again after a pause.
final class EventWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventWatch.class.getName());
    private static final String KIND = "docker";
    private static final String FILTERS = """
            {"type": ["container"], "event": ["die", "oom", "health_status", "destroy"]}""";
    private static final String HEALTH = "health_status: ";
    private static final int KILLED = 137;
    private static final Duration LAST_MOMENTS = Duration.ofSeconds(1);

    private final Daemon daemon;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<Consumer<EngineEvent>> listeners = new ArrayList<>();
    private final Set<String> outOfMemory = new HashSet<>();
    private final Pause pause = new Pause();
    private final Thread thread;
    private volatile EngineStatus status;
    private volatile @Nullable Response open;
    private @Nullable EngineEvent latestNews;

    EventWatch(Daemon daemon) {
        this.daemon = daemon;
        this.status = new EngineStatus(KIND, "", false, "looking for Docker at " + daemon.address());
        this.thread = Thread.ofVirtual().name("engine-events").unstarted(this::watch);
    }

    void start() {
        thread.start();
    }

    EngineStatus status() {
        return status;
    }

    void listen(Consumer<EngineEvent> listener) {
        Thread.ofVirtual().name("engine-greeting").start(() -> {
            turn.lock();
            try {
                if (latestNews != null) {
                    tell(listener, latestNews);
                }
                listeners.add(listener);
            } finally {
                turn.unlock();
            }
        });
    }

    @Override
    public void close() {
        pause.end();
        var stream = open;
        if (stream != null) {
            stream.close();
        }
        try {
            var _ = thread.join(LAST_MOMENTS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        do {
            try {
                watchOnce();
            } catch (EngineException e) {
                gone(e.text());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "an event of the engine's was not understood", e);
                gone("Docker at " + daemon.address() + " is not understood");
            }
        } while (pause.await());
    }

    private void watchOnce() {
        var version =
                String.valueOf(daemon.ask(client -> client.versionCmd().exec()).getVersion());
        try (var response = daemon.get("/events", Map.of("filters", FILTERS))) {
            open = response;
            if (pause.isEnded()) {
                return;
            }
            pause.reset();
            there(version);
            JsonLines.read(response, this::hear);
            gone("Docker at " + daemon.address() + " has ended its events");
        } catch (IOException _) {
            gone("Docker at " + daemon.address() + " has gone away");
        }
    }

    private void there(String version) {
        var before = status;
        status = new EngineStatus(KIND, version, true, "Docker " + version + " at " + daemon.address());
        if (!before.reachable()) {
            tellAll(new EngineEvent.Connected(status));
        }
    }

    private void gone(String reason) {
        if (pause.isEnded()) {
            return;
        }
        var before = status;
        status = new EngineStatus(KIND, before.version(), false, reason);
        if (before.reachable() || latestNews == null) {
            tellAll(new EngineEvent.Disconnected(reason));
        }
    }

    private void hear(JsonNode message) {
        var action = message.path("Action").asText();
        var actor = message.path("Actor");
        var id = new ContainerId(actor.path("ID").asText());
        switch (action) {
            case "oom" -> outOfMemory.add(id.value());
            case "die" -> died(id, actor.path("Attributes").path("exitCode").asInt());
            case "destroy" -> {
                outOfMemory.remove(id.value());
                tellAll(new EngineEvent.Removed(id));
            }
            default -> {
                if (action.startsWith(HEALTH)) {
                    var health = ContainerView.health(action.substring(HEALTH.length()));
                    tellAll(new EngineEvent.HealthChanged(id, health));
                }
            }
        }
    }

    private void died(ContainerId id, int exitCode) {
        var told = outOfMemory.remove(id.value());
        var memory = ContainerView.mayBeOutOfMemory(exitCode) && (told || (exitCode == KILLED && isOutOfMemory(id)));
        tellAll(new EngineEvent.Exited(id, exitCode, memory));
    }

    /// The event that says so may be late, or have come while we were away.
    private boolean isOutOfMemory(ContainerId id) {
        try {
            return daemon.ask(client -> Boolean.TRUE.equals(
                    client.inspectContainerCmd(id.value()).exec().getState().getOOMKilled()));
        } catch (EngineException _) {
            return false;
        }
    }

    private void tellAll(EngineEvent event) {
        turn.lock();
        try {
            switch (event) {
                case EngineEvent.Connected _, EngineEvent.Disconnected _ -> latestNews = event;
                case EngineEvent.Exited _, EngineEvent.HealthChanged _, EngineEvent.Removed _ -> {}
            }
            listeners.forEach(listener -> tell(listener, event));
        } finally {
            turn.unlock();
        }
    }

    private static void tell(Consumer<EngineEvent> listener, EngineEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a listener of the engine's events failed", e);
        }
    }
}

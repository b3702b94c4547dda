package dev.hakoniwa.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Containers.Following;
import dev.hakoniwa.runtime.Containers.Reader;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads a container's log along, on a virtual thread of its own, until the container has ended and all is read. A
/// stream that breaks is taken up where it broke. After a stream that ended with the container the log is read once
/// more from there: a daemon may end it before the last lines.
final class LogFollower implements Following {
    private static final System.Logger LOG = System.getLogger(LogFollower.class.getName());

    private final Daemon daemon;
    private final ContainerId id;
    private final boolean terminal;
    private final Reader reader;
    private final LogEntries entries;
    private final Pause pause = new Pause();
    private final Set<LogFollower> open;
    private volatile CountDownLatch done = new CountDownLatch(0);
    private volatile @Nullable Response stream;

    /// @param open where it is as long as it reads
    LogFollower(Daemon daemon, ContainerId id, boolean terminal, Reader reader, Set<LogFollower> open) {
        this.daemon = daemon;
        this.id = id;
        this.terminal = terminal;
        this.reader = reader;
        this.open = open;
        this.entries = new LogEntries(line -> {
            if (!pause.isEnded()) {
                reader.hear(line);
            }
        });
    }

    /// Begins to read, or goes on once what it read before has ended.
    @Override
    public void resume() {
        var before = done;
        var now = new CountDownLatch(1);
        done = now;
        open.add(this);
        Thread.ofVirtual().name("log-" + id.value().substring(0, 12)).start(() -> {
            try {
                before.await();
                readAll();
                reader.ended();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "following the log of " + id + " failed", e);
            } finally {
                now.countDown();
                if (now.equals(done)) {
                    open.remove(this);
                }
            }
        });
    }

    @Override
    public void await(Duration timeout) {
        try {
            var _ = done.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        pause.end();
        closeStream();
    }

    private void readAll() {
        var more = true;
        while (more && !pause.isEnded()) {
            try {
                var running = isRunning();
                read(running);
                more = running;
            } catch (EngineException e) {
                more = switch (e.kind()) {
                    case UNAVAILABLE -> true;
                    case NOT_FOUND, CONFLICT -> false; // it is gone, or just being removed
                    case UNAUTHORIZED, REFUSED -> giveUp(e);
                };
            }
            if (more && !pause.await()) {
                return;
            }
        }
        entries.end();
    }

    private boolean giveUp(EngineException e) {
        if (!pause.isEnded()) {
            LOG.log(Level.WARNING, "the log of {0} can''t be read: {1}", id, e.text());
        }
        return false;
    }

    private boolean isRunning() {
        var container =
                daemon.ask(client -> client.inspectContainerCmd(id.value()).exec());
        return Boolean.TRUE.equals(container.getState().getRunning());
    }

    private void read(boolean follow) {
        var parameters = new HashMap<String, String>();
        parameters.put("stdout", "1");
        parameters.put("stderr", "1");
        parameters.put("timestamps", "1");
        parameters.put("follow", follow ? "1" : "0");
        parameters.put("since", entries.since());
        entries.readAgain();
        try (var response = daemon.get("/containers/" + id + "/logs", parameters)) {
            stream = response;
            if (pause.isEnded()) {
                return;
            }
            if (terminal) {
                LogStream.readTerminal(response.getBody(), this::take);
            } else {
                LogStream.readFrames(response.getBody(), this::take);
            }
        } catch (IOException e) {
            throw new EngineException(Kind.UNAVAILABLE, "the log broke off", e);
        }
    }

    private void take(String stream, byte[] entry) {
        pause.reset();
        entries.add(stream, entry);
    }

    private void closeStream() {
        var response = stream;
        if (response != null) {
            response.close();
        }
    }
}

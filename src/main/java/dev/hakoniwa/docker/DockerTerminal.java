package dev.hakoniwa.docker;

import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Terminal;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// An `exec` of the daemon's with a terminal. Its output is read on a virtual thread of its own.
final class DockerTerminal implements Terminal {
    private static final System.Logger LOG = System.getLogger(DockerTerminal.class.getName());
    private static final int CHUNK = 1024;
    private static final int KILLED = 137;
    private static final List<Long> NOT_STARTED = List.of(126L, 127L);
    private static final String START = """
            {"Detach":false,"Tty":true}""";

    /// Ctrl-C ends what runs in the foreground, Ctrl-D the shell behind it.
    private static final byte[] GOOD_BYE = {3, 4};

    /// What of the runtime's text tells which command it did not find.
    private static final Pattern MISSING = Pattern.compile("exec: \".*?(?=: unknown\\s*$|$)", Pattern.DOTALL);

    /// The daemon learns of a process's beginning and end a little later than its terminal.
    private static final Duration STEP = Duration.ofMillis(5);

    private static final int STEPS = 1_000;

    private final Daemon daemon;
    private final String exec;
    private final TypedInput input;
    private final Response connection;
    private final ContainerProcess process;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean held;
    private boolean closed;
    private volatile boolean over;

    private DockerTerminal(
            Daemon daemon, String exec, TypedInput input, Response connection, ContainerProcess process) {
        this.daemon = daemon;
        this.exec = exec;
        this.input = input;
        this.connection = connection;
        this.process = process;
    }

    static DockerTerminal open(Daemon daemon, ContainerId container, List<String> command) {
        var exec = daemon.ask(client -> client.execCreateCmd(container.value())
                .withCmd(command.toArray(String[]::new))
                .withUser("0")
                .withTty(true)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId());
        var input = new TypedInput();
        var connection = daemon.send(Request.builder()
                .method(Request.Method.POST)
                .path("/exec/" + exec + "/start")
                .putHeader("Content-Type", "application/json")
                .bodyBytes(START.getBytes(StandardCharsets.UTF_8))
                .hijackedInput(input));
        try {
            var begun = await(daemon, exec, now -> number(now) != 0 || now.getExitCodeLong() != null);
            var number = begun.map(DockerTerminal::number).orElse(0L);
            if (number == 0 && begun.filter(DockerTerminal::wasNotFound).isPresent()) {
                throw refusal(connection);
            }
            return new DockerTerminal(daemon, exec, input, connection, new ContainerProcess(container, number));
        } catch (EngineException e) {
            input.end();
            connection.close();
            throw e;
        }
    }

    void start(Watcher watcher, Runnable whenDone) {
        Thread.ofVirtual().name("exec-" + exec.substring(0, 12)).start(() -> {
            try {
                read(watcher);
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "the terminal of exec {0} broke off: {1}", exec, e.getMessage());
            } finally {
                over = true;
                input.end();
                connection.close();
                whenDone.run();
                watcher.ended(exitCode());
            }
        });
    }

    @Override
    public void type(byte[] typed) {
        input.type(typed);
    }

    @Override
    public void resize(int columns, int rows) {
        try {
            daemon.ask(
                    client -> client.resizeExecCmd(exec).withSize(rows, columns).exec());
        } catch (EngineException e) {
            LOG.log(Level.DEBUG, "the terminal of exec {0} keeps its size: {1}", exec, e.text());
        }
    }

    @Override
    public void hold(boolean newHeld) {
        lock.lock();
        try {
            held = newHeld;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The daemon has no word for it. Where its processes are ours to end, the command is killed, and the kernel hangs
    /// its terminal up; elsewhere it is asked as one would at the keyboard.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (!over && !process.kill()) {
            input.type(GOOD_BYE);
        }
    }

    private void read(Watcher watcher) throws IOException {
        var output = connection.getBody();
        var chunk = new byte[CHUNK];
        for (var length = output.read(chunk); length >= 0; length = output.read(chunk)) {
            watcher.output(Arrays.copyOf(chunk, length));
            awaitTurn();
        }
    }

    private void awaitTurn() {
        lock.lock();
        try {
            while (held && !closed) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private int exitCode() {
        try {
            return await(daemon, exec, now -> now.getExitCodeLong() != null)
                    .map(InspectExecResponse::getExitCodeLong)
                    .orElse((long) KILLED)
                    .intValue();
        } catch (EngineException _) {
            return KILLED; // gone with its container
        }
    }

    private static Optional<InspectExecResponse> await(
            Daemon daemon, String exec, Predicate<InspectExecResponse> condition) {
        for (var step = 0; step < STEPS; step++) {
            var now = daemon.ask(client -> client.inspectExecCmd(exec).exec());
            if (condition.test(now)) {
                return Optional.of(now);
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        return Optional.empty();
    }

    private static long number(InspectExecResponse exec) {
        return exec.getPidLong() == null ? 0 : exec.getPidLong();
    }

    private static boolean wasNotFound(InspectExecResponse exec) {
        return NOT_STARTED.contains(exec.getExitCodeLong());
    }

    private static EngineException refusal(Response connection) {
        try {
            var text = new String(connection.getBody().readAllBytes(), StandardCharsets.UTF_8).strip();
            var missing = MISSING.matcher(text);
            return new EngineException(Kind.REFUSED, missing.find() ? missing.group() : text);
        } catch (IOException e) {
            return new EngineException(Kind.REFUSED, "the command could not be started", e);
        }
    }
}

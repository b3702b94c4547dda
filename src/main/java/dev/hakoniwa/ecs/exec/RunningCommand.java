package dev.hakoniwa.ecs.exec;

import dev.hakoniwa.core.Background;
import dev.hakoniwa.ecs.exec.Payloads.Size;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A command in a container, from before it has begun: what is typed meanwhile waits. Touched inside its session's
/// mailbox alone.
final class RunningCommand {
    private static final int MOST_HELD = 500;
    private static final int FEW = 100;

    private final Containers containers;
    private final Background background;
    private final Mailbox mailbox;
    private final ContainerId container;
    private final String text;
    private final List<byte[]> early = new ArrayList<>();
    private @Nullable Size size;
    private @Nullable Terminal terminal;
    private boolean begun;
    private boolean held;
    private boolean closed;

    RunningCommand(Containers containers, Background background, Mailbox mailbox, ContainerId container, String text) {
        this.containers = containers;
        this.background = background;
        this.mailbox = mailbox;
        this.container = container;
        this.text = text;
    }

    /// Begins it, the first time this is called.
    ///
    /// @param failed told why, in the mailbox, if it can't begin
    void begin(Terminal.Watcher watcher, Consumer<String> failed) {
        if (begun) {
            return;
        }
        begun = true;
        background.run("exec-" + container, () -> {
            try {
                var words = CommandLine.split(text);
                var opened = containers.runAtTerminal(container, words, watcher);
                mailbox.post(() -> opened(opened));
            } catch (CommandLine.Unfinished e) {
                mailbox.post(() -> failed.accept("Unable to start command: " + e.getMessage()));
            } catch (EngineException e) {
                mailbox.post(() -> failed.accept("Unable to start command: Failed to start pty: " + e.text()));
            }
        });
    }

    void type(byte[] input) {
        if (terminal == null) {
            early.add(input);
        } else {
            terminal.type(input);
        }
    }

    void resize(Size wanted) {
        size = wanted;
        var open = terminal;
        if (open != null) {
            background.run("resize-" + container, () -> open.resize(wanted.columns(), wanted.rows()));
        }
    }

    /// Holds the output back when too much of it is under way, until little is.
    void underWay(int messages) {
        if (terminal != null && (held ? messages < FEW : messages > MOST_HELD)) {
            held = !held;
            terminal.hold(held);
        }
    }

    void close() {
        closed = true;
        if (terminal != null) {
            terminal.close();
        }
    }

    private void opened(Terminal opened) {
        if (closed) {
            opened.close();
            return;
        }
        var wanted = size;
        if (wanted == null) {
            ready(opened, null);
            return;
        }
        background.run("resize-" + container, () -> {
            opened.resize(wanted.columns(), wanted.rows());
            mailbox.post(() -> ready(opened, wanted));
        });
    }

    /// What waits is typed once the terminal has its size.
    private void ready(Terminal opened, @Nullable Size given) {
        early.forEach(opened::type);
        early.clear();
        terminal = opened;
        if (closed) {
            opened.close();
        } else if (size != null && !size.equals(given)) {
            resize(size);
        }
    }
}

package dev.hakoniwa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.runtime.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What an engine promises of the commands that run at terminals in its containers.
public abstract class TerminalsContract extends EngineContract {
    protected TerminalsContract(TestEngine tested) {
        super(tested);
    }

    @Test
    void aCommandTellsItsOutputAndItsEnd() {
        var watcher = new Reader();

        containers().runAtTerminal(run(endless("tells")), List.of("sh", "-c", "echo hello there"), watcher);

        eventually(() -> assertThat(watcher.exitCode()).isZero());
        assertThat(watcher.text()).isEqualTo("hello there\r\n");
    }

    @Test
    void whatIsTypedIsHeardAndRepeated() {
        var watcher = new Reader();
        var terminal = containers().runAtTerminal(run(endless("hears")), List.of("/bin/sh"), watcher);

        type(terminal, "echo a b\r");

        eventually(() -> assertThat(watcher.text()).contains("echo a b\r\n", "\na b\r\n"));
        assertThat(watcher.ended).isNotDone();
    }

    @Test
    void aTerminalHasTheSizeItWasGivenLast() {
        var watcher = new Reader();
        var terminal = containers().runAtTerminal(run(endless("size")), List.of("sh"), watcher);

        terminal.resize(80, 24);
        terminal.resize(132, 43);
        type(terminal, "stty size\r");

        eventually(() -> assertThat(watcher.text()).contains("\n43 132\r\n"));
    }

    @Test
    void theExitCodeIsTheCommands() {
        var watcher = new Reader();
        var terminal = containers().runAtTerminal(run(endless("exit")), List.of("sh"), watcher);

        type(terminal, "exit 3\r");

        eventually(() -> assertThat(watcher.exitCode()).isEqualTo(3));
    }

    @Test
    void aCommandThatIsMissingInAShellIsNoRefusal() {
        var watcher = new Reader();

        containers().runAtTerminal(run(endless("shell")), List.of("sh", "-c", "no-such-command"), watcher);

        eventually(() -> assertThat(watcher.exitCode()).isEqualTo(127));
        assertThat(watcher.text()).contains("no-such-command: not found");
    }

    @Test
    void aCommandThatIsMissingIsRefused() {
        var id = run(endless("missing"));

        assertRefused(
                () -> containers().runAtTerminal(id, List.of("no-such-command", "-x"), new Reader()),
                Kind.REFUSED,
                "exec: \"no-such-command\": executable file not found in $PATH");
    }

    @Test
    void twoTerminalsOfOneContainerAreApart() {
        var id = run(endless("two"));
        var one = new Reader();
        var other = new Reader();
        var first = containers().runAtTerminal(id, List.of("sh"), one);
        var second = containers().runAtTerminal(id, List.of("sh"), other);

        type(first, "echo of the first\r");
        type(second, "exit 4\r");

        eventually(() -> assertThat(other.exitCode()).isEqualTo(4));
        eventually(() -> assertThat(one.text()).contains("\nof the first\r\n"));
        assertThat(other.text()).doesNotContain("first");
        assertThat(one.ended).isNotDone();
    }

    @Test
    void aTerminalThatIsHungUpEndsItsCommand() {
        var watcher = new Reader();
        var terminal = containers().runAtTerminal(run(endless("hung-up")), List.of("sh"), watcher);

        terminal.close();

        eventually(() -> assertThat(watcher.ended).isDone());
    }

    @Test
    void commandsEndWithTheirContainer() {
        var id = run(endless("dies"));
        var watcher = new Reader();
        containers().runAtTerminal(id, List.of("sh"), watcher);

        containers().stop(id, Duration.ofSeconds(20));

        eventually(() -> assertThat(watcher.exitCode()).isEqualTo(137));
    }

    @Test
    void commandsEndWithAContainerThatIsRemoved() {
        var id = run(endless("removed"));
        var watcher = new Reader();
        containers().runAtTerminal(id, List.of("sh"), watcher);

        containers().remove(id);

        eventually(() -> assertThat(watcher.exitCode()).isEqualTo(137));
    }

    @Test
    void onlyInWhatRunsACommandRuns() {
        var id = containers().create(endless("created"));
        var unknown = new ContainerId("0".repeat(64));

        assertRefused(
                () -> containers().runAtTerminal(id, List.of("sh"), new Reader()),
                Kind.CONFLICT,
                "Container " + id + " is not running");
        assertRefused(
                () -> containers().runAtTerminal(unknown, List.of("sh"), new Reader()),
                Kind.NOT_FOUND,
                "No such container: " + unknown);
    }

    protected static void type(Terminal terminal, String text) {
        terminal.type(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Keeps what it is told.
    public static final class Reader implements Terminal.Watcher {
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> ended = new CompletableFuture<>();

        @Override
        public void output(byte[] chunk) {
            assertThat(chunk).hasSizeBetween(1, 1024);
            output.writeBytes(chunk);
        }

        @Override
        public void ended(int exitCode) {
            ended.complete(exitCode);
        }

        public String text() {
            return output.toString(StandardCharsets.UTF_8);
        }

        public int exitCode() {
            return ended.getNow(-1);
        }
    }
}

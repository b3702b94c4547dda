package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.runtime.TerminalsContract;
import dev.hakoniwa.testing.DockerTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@DockerTest
final class DockerTerminalsTest extends TerminalsContract {
    DockerTerminalsTest() {
        super(new DockerTestEngine());
    }

    @Test
    void aCommandRunsAsRootWithTheContainersEnvironmentAndFolder() {
        var id = run(from(endless("root"))
                .option("user", "1234")
                .option("workingDirectory", "/tmp")
                .environment(Map.of("GREETING", "hello"))
                .build());
        var watcher = new Reader();

        containers().runAtTerminal(id, List.of("sh", "-c", "id -u; pwd; echo $GREETING; tty"), watcher);

        eventually(() -> assertThat(watcher.exitCode()).isZero());
        assertThat(watcher.text()).startsWith("0\r\n/tmp\r\nhello\r\n/dev/pts/");
    }

    @Test
    void aFileThatIsMissingIsRefused() {
        var id = run(endless("file"));

        assertThat(refusal(() -> containers().runAtTerminal(id, List.of("/no/file"), new Reader()))
                        .text())
                .startsWith("exec: \"/no/file\": ")
                .endsWith("no such file or directory");
    }

    @Test
    void whatIsHungUpIsGoneFromTheContainer() {
        var id = run(endless("gone"));
        var watcher = new Reader();
        var look = new Reader();
        var terminal = containers().runAtTerminal(id, List.of("sh", "-c", "sleep 54321; echo over"), watcher);

        terminal.close();

        eventually(() -> assertThat(watcher.exitCode()).isPositive());
        containers().runAtTerminal(id, List.of("sh", "-c", "ps"), look);
        eventually(() -> assertThat(look.exitCode()).isZero());
        assertThat(look.text()).doesNotContain("54321");
    }

    @Test
    void outputThatIsHeldWaits() {
        var watcher = new Reader();
        var terminal = containers().runAtTerminal(run(endless("held")), List.of("sh", "-c", "read x; yes"), watcher);
        terminal.hold(true);
        type(terminal, "go\r");
        eventually(() -> assertThat(watcher.text()).contains("go"));

        var heldAt = watcher.text().length();
        containers().runAtTerminal(run(endless("meanwhile")), List.of("sh", "-c", "true"), new Reader());
        var later = watcher.text().length();
        terminal.hold(false);

        assertThat(later - heldAt).isLessThanOrEqualTo(1024);
        eventually(() -> assertThat(watcher.text()).hasSizeGreaterThan(100_000));
        terminal.close();
        eventually(() -> assertThat(watcher.exitCode()).isPositive());
    }
}

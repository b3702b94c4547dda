package dev.hakoniwa.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.core.Problems;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CommandLineTest {
    private final Problems problems = new Problems();

    @Test
    void withoutACommandItServes() {
        assertThat(read().command()).isEqualTo(Command.SERVE);
        assertThat(read("serve").command()).isEqualTo(Command.SERVE);
        assertThat(problems.found()).isEmpty();
    }

    @Test
    void flagsAreWrittenInTwoWaysBeforeTheCommandAndAfterIt() {
        var line = read("--port", "8000", "clean", "--engine=simulated");

        assertThat(line.command()).isEqualTo(Command.CLEAN);
        assertThat(line.properties()).isEqualTo(Map.of("hakoniwa.port", "8000", "hakoniwa.engine", "simulated"));
        assertThat(problems.found()).isEmpty();
    }

    @Test
    void whatIsNotUnderstoodIsToldAtOnce() {
        read("--colour", "start", "-v", "now", "--port");

        assertThat(problems.found())
                .containsExactly(
                        "--colour: no such setting; --help lists them",
                        "-v: no such setting; --help lists them",
                        "--port: no value is given",
                        "now: one command is enough",
                        "start: no such command; --help lists them");
    }

    private CommandLine read(String... args) {
        return CommandLine.read(List.of(args), problems);
    }
}

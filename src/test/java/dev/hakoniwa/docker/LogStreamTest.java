package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogStreamTest {
    private static final String TIME = "2030-01-01T00:00:01.000000001Z ";

    private final List<String> entries = new ArrayList<>();

    @Test
    void framesSayTheirStreamAndLength() throws IOException {
        var stream = new ByteArrayInputStream(
                new byte[] {1, 0, 0, 0, 0, 0, 0, 3, 'a', 'b', '\n', 2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1, 'c'
                });

        LogStream.readFrames(stream, this::add);

        assertThat(entries).containsExactly("stdout:ab\n", "stderr:", "stderr:c");
    }

    @Test
    void aFrameThatIsCutIsAFailure() {
        var stream = new ByteArrayInputStream(new byte[] {1, 0, 0, 0, 0, 0, 0, 3, 'a'});

        assertThatThrownBy(() -> LogStream.readFrames(stream, this::add)).isInstanceOf(EOFException.class);
    }

    @Test
    void aTerminalsEntriesEndWithLineBreaks() throws IOException {
        readTerminal(TIME + "a\r\n" + TIME + "b\r\n");

        assertThat(entries).containsExactly("stdout:" + TIME + "a\r\n", "stdout:" + TIME + "b\r\n");
    }

    @Test
    void aTerminalsLongLineIsCutWhereDockerCutsIt() throws IOException {
        var piece = "x".repeat(16 * 1024);

        readTerminal(TIME + piece + TIME + piece + TIME + "end\r\n");

        assertThat(entries)
                .containsExactly("stdout:" + TIME + piece, "stdout:" + TIME + piece, "stdout:" + TIME + "end\r\n");
    }

    @Test
    void aTerminalsLineOfExactlyThatLengthIsOneEntry() throws IOException {
        var piece = "x".repeat(16 * 1024 - 1) + "\r";

        readTerminal(TIME + piece + "\n" + TIME + "next\r\n");

        assertThat(entries).containsExactly("stdout:" + TIME + piece + "\n", "stdout:" + TIME + "next\r\n");
    }

    @Test
    void aTerminalsLastEntryNeedsNoLineBreak() throws IOException {
        readTerminal(TIME + "half");

        assertThat(entries).containsExactly("stdout:" + TIME + "half");
    }

    private void readTerminal(String text) throws IOException {
        LogStream.readTerminal(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), this::add);
    }

    private void add(String stream, byte[] entry) {
        entries.add(stream + ":" + new String(entry, StandardCharsets.UTF_8));
    }
}

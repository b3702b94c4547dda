package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.runtime.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogEntriesTest {
    private static final String ONE = "2030-01-01T00:00:01.000000001Z";
    private static final String TWO = "2030-01-01T00:00:02.000000000Z";

    private final List<LogLine> lines = new ArrayList<>();
    private final LogEntries entries = new LogEntries(lines::add);

    @Test
    void anEntryThatEndsWithALineBreakIsALine() {
        add("stdout", ONE + " hello\n");
        add("stderr", TWO + " \n");

        assertThat(lines)
                .containsExactly(
                        new LogLine("stdout", Instant.parse(ONE), "hello"),
                        new LogLine("stderr", Instant.parse(TWO), ""));
    }

    @Test
    void entriesWithoutALineBreakAreJoinedStreamByStream() {
        add("stdout", ONE + " hel");
        add("stderr", TWO + " wo");
        add("stdout", TWO + " lo\n");
        add("stderr", TWO + " rld\n");

        assertThat(lines)
                .containsExactly(
                        new LogLine("stdout", Instant.parse(ONE), "hello"),
                        new LogLine("stderr", Instant.parse(TWO), "world"));
    }

    @Test
    void aCharacterThatIsCutInTwoIsWhole() {
        var euro = "€".getBytes(StandardCharsets.UTF_8);

        entries.add("stdout", bytes(ONE + " ", euro[0], euro[1]));
        entries.add("stdout", bytes(ONE + " ", euro[2], (byte) '\n'));

        assertThat(lines).extracting(LogLine::text).containsExactly("€");
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        entries.add("stdout", bytes(ONE + " a", (byte) 0xff, (byte) 0, (byte) 'b', (byte) '\n'));

        assertThat(lines).extracting(LogLine::text).containsExactly("a\ufffd\0b");
    }

    @Test
    void theLineBreakOfATerminalGoesToo() {
        add("stdout", ONE + " prompt\r\n");

        assertThat(lines).extracting(LogLine::text).containsExactly("prompt");
    }

    @Test
    void whatHasNoTimeIsTextOfTheTimeBefore() {
        add("stdout", ONE + " a\n");
        add("stdout", "b\n");

        assertThat(lines).extracting(LogLine::text).containsExactly("a", "b");
        assertThat(lines.getLast().at()).isEqualTo(Instant.parse(ONE));
    }

    @Test
    void theEndTellsWhatWasBegun() {
        add("stdout", ONE + " unfinished");

        entries.end();
        entries.end();

        assertThat(lines).extracting(LogLine::text).containsExactly("unfinished");
    }

    @Test
    void aLineWithoutEndIsToldInPieces() {
        var piece = "x".repeat(16 * 1024);
        for (var count = 0; count < 65; count++) {
            add("stdout", ONE + " " + piece);
        }

        assertThat(lines).extracting(line -> line.text().length()).containsExactly(1 << 20);
    }

    @Test
    void whatComesOnceMoreAfterABreakIsPassedOver() {
        add("stdout", ONE + " a\n");
        add("stdout", TWO + " b\n");
        add("stdout", TWO + " c\n");

        entries.readAgain();
        add("stdout", TWO + " b\n");
        add("stdout", TWO + " c\n");
        add("stdout", TWO + " d\n");

        assertThat(entries.since()).isEqualTo("1893456002.000000000");
        assertThat(lines).extracting(LogLine::text).containsExactly("a", "b", "c", "d");
    }

    @Test
    void readingBeginsAtTheStart() {
        assertThat(entries.since()).isEqualTo("0");
    }

    private void add(String stream, String text) {
        entries.add(stream, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String begin, byte... rest) {
        var text = begin.getBytes(StandardCharsets.UTF_8);
        var all = new byte[text.length + rest.length];
        System.arraycopy(text, 0, all, 0, text.length);
        System.arraycopy(rest, 0, all, text.length, rest.length);
        return all;
    }
}

package dev.hakoniwa.docker;

import dev.hakoniwa.runtime.LogLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes lines of the entries of a container's log. Docker cuts a long line into entries of 16 KiB, of which the last
/// one alone ends with a line break, and gives each entry a time.
///
/// It knows how far it has come, so that after a break the log can be read on from [#since]: what has been told
/// already and comes once more is passed over.
final class LogEntries {
    private static final int LONGEST_LINE = 1 << 20;

    private final Consumer<LogLine> listener;
    private final Map<String, Line> lines = new TreeMap<>();
    private Instant latest = Instant.EPOCH;
    private int entriesAtLatest;
    private int toPassOver;

    LogEntries(Consumer<LogLine> listener) {
        this.listener = listener;
    }

    /// From when on the log has to be read to miss nothing, as the daemon wants to hear it.
    String since() {
        return latest.equals(Instant.EPOCH) ? "0" : "%d.%09d".formatted(latest.getEpochSecond(), latest.getNano());
    }

    /// The entries that come next begin at [#since].
    void readAgain() {
        toPassOver = entriesAtLatest;
    }

    /// Takes an entry: its time, a space, its text.
    void add(String stream, byte[] entry) {
        var space = 0;
        while (space < entry.length && entry[space] != ' ') {
            space++;
        }
        var at = time(new String(entry, 0, space, StandardCharsets.US_ASCII));
        if (at == null) {
            line(stream).add(latest, entry, 0);
            return;
        }
        if (toPassOver > 0 && at.equals(latest)) {
            toPassOver--;
            return;
        }
        count(at);
        line(stream).add(at, entry, Math.min(space + 1, entry.length));
    }

    /// Tells what was not ended by a line break.
    void end() {
        lines.values().forEach(Line::tell);
    }

    private void count(Instant at) {
        if (at.isAfter(latest)) {
            latest = at;
            entriesAtLatest = 0;
        }
        if (at.equals(latest)) {
            entriesAtLatest++;
        }
    }

    private Line line(String stream) {
        return lines.computeIfAbsent(stream, Line::new);
    }

    private static @Nullable Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }

    private final class Line {
        private final String stream;
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private Instant begin = Instant.EPOCH;
        private boolean begun;

        Line(String stream) {
            this.stream = stream;
        }

        void add(Instant at, byte[] entry, int from) {
            if (!begun) {
                begun = true;
                begin = at;
            }
            var ended = entry.length > from && entry[entry.length - 1] == '\n';
            text.write(entry, from, entry.length - from - (ended ? 1 : 0));
            if (ended || text.size() >= LONGEST_LINE) {
                tell();
            }
        }

        void tell() {
            if (!begun) {
                return;
            }
            var told = text.toString(StandardCharsets.UTF_8);
            text.reset();
            begun = false;
            listener.accept(
                    new LogLine(stream, begin, told.endsWith("\r") ? told.substring(0, told.length() - 1) : told));
        }
    }
}

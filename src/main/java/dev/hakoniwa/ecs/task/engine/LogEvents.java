package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.core.Timers;
import dev.hakoniwa.core.Timers.Timer;
import dev.hakoniwa.ecs.PatientPattern;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes one event of lines that belong together, as the awslogs driver does: an event goes out when the first line of
/// the next one comes, when it would grow too big, when nothing has come to it for a while, or at the container's end.
/// It has its first line's time, and a line break behind each of its lines.
final class LogEvents implements Containers.Reader {
    /// CloudWatch's 256 KiB, less what it adds to every event.
    private static final int MOST_BYTES = 262_144 - 26;

    /// Enough for whatever looks at a long line from each of its characters on, unless it goes back very often.
    private static final int READS = 10_000_000;

    private final PatientPattern firstLine;
    private final Duration interval;
    private final Timers timers;
    private final BiConsumer<Instant, String> events;
    private final ReentrantLock lock = new ReentrantLock();
    private final StringBuilder text = new StringBuilder();
    private int bytes;
    private Instant at = Instant.EPOCH;
    private @Nullable Timer end;

    /// @param interval how long an event waits for more lines
    /// @param events takes what is complete, with its time
    LogEvents(Pattern firstLine, Duration interval, Timers timers, BiConsumer<Instant, String> events) {
        this.firstLine = new PatientPattern(firstLine, READS);
        this.interval = interval;
        this.timers = timers;
        this.events = events;
    }

    @Override
    public void hear(LogLine line) {
        alone(() -> add(line));
    }

    @Override
    public void ended() {
        alone(this::send);
    }

    private void add(LogLine line) {
        var length = line.text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes + length > MOST_BYTES || firstLine.finds(line.text())) {
            send();
        }
        if (text.isEmpty()) {
            at = line.at();
            end = timers.after(interval, this::ended);
        }
        text.append(line.text()).append('\n');
        bytes += length + 1;
    }

    private void send() {
        if (end != null) {
            end.cancel();
            end = null;
        }
        if (!text.isEmpty()) {
            events.accept(at, text.toString());
            text.setLength(0);
            bytes = 0;
        }
    }

    private void alone(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}

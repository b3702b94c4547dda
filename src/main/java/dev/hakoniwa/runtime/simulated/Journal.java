package dev.hakoniwa.runtime.simulated;

import dev.hakoniwa.runtime.Containers.Following;
import dev.hakoniwa.runtime.LogLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What a simulated container has written, and who reads along.
final class Journal {
    private final Host host;
    private final List<LogLine> lines = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();

    Journal(Host host) {
        this.host = host;
    }

    void write(LogLine line) {
        lines.add(line);
        readers.forEach(reader -> host.callBack(() -> reader.hear(line)));
    }

    Following follow(Consumer<LogLine> listener) {
        var reader = new Reader(listener);
        lines.forEach(line -> host.callBack(() -> reader.hear(line)));
        readers.add(reader);
        return reader;
    }

    void end() {
        readers.clear();
    }

    private static final class Reader implements Following {
        private final Consumer<LogLine> listener;
        private volatile boolean closed;

        Reader(Consumer<LogLine> listener) {
            this.listener = listener;
        }

        void hear(LogLine line) {
            if (!closed) {
                listener.accept(line);
            }
        }

        /// Lines are told at once: there is nothing to wait for.
        @Override
        public void await(Duration timeout) {}

        @Override
        public void close() {
            closed = true;
        }
    }
}

package dev.hakoniwa.runtime.simulated;

import dev.hakoniwa.runtime.Containers.Following;
import dev.hakoniwa.runtime.Containers.Reader;
import dev.hakoniwa.runtime.LogLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a simulated container has written, and who reads along.
final class Journal {
    private final Host host;
    private final List<LogLine> lines = new ArrayList<>();
    private final List<Follower> followers = new ArrayList<>();

    Journal(Host host) {
        this.host = host;
    }

    void write(LogLine line) {
        lines.add(line);
        followers.forEach(Follower::catchUp);
    }

    Following follow(Reader reader) {
        var follower = new Follower(reader);
        follower.join();
        return follower;
    }

    void end() {
        followers.forEach(follower -> host.callBack(follower.reader::ended));
        followers.clear();
    }

    private final class Follower implements Following {
        private final Reader reader;
        private int told;
        private volatile boolean closed;

        Follower(Reader reader) {
            this.reader = reader;
        }

        void join() {
            followers.add(this);
            catchUp();
        }

        void catchUp() {
            lines.subList(told, lines.size()).forEach(line -> host.callBack(() -> hear(line)));
            told = lines.size();
        }

        private void hear(LogLine line) {
            if (!closed) {
                reader.hear(line);
            }
        }

        /// Lines are told at once: there is nothing to wait for.
        @Override
        public void await(Duration timeout) {}

        @Override
        public void resume() {
            host.happen(this::join);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}

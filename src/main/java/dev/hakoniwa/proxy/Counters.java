package dev.hakoniwa.proxy;

import java.util.concurrent.atomic.LongAdder;

/// Counts what a load balancer does.
final class Counters {
    private final LongAdder requests = new LongAdder();
    private final LongAdder connectionErrors = new LongAdder();
    private final Classes targets = new Classes();
    private final Classes own = new Classes();

    void request() {
        requests.increment();
    }

    void connectionError() {
        connectionErrors.increment();
    }

    void targetAnswered(int status) {
        targets.count(status);
    }

    void answered(int status) {
        own.count(status);
    }

    Traffic snapshot() {
        return new Traffic(requests.sum(), targets.snapshot(), own.snapshot(), connectionErrors.sum());
    }

    private static final class Classes {
        private final LongAdder[] counts = {
            new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder()
        };

        void count(int status) {
            counts[Math.clamp(status / 100, 1, 5) - 1].increment();
        }

        Traffic.Codes snapshot() {
            return new Traffic.Codes(counts[1].sum(), counts[2].sum(), counts[3].sum(), counts[4].sum());
        }
    }
}

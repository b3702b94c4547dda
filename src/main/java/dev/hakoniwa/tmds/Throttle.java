package dev.hakoniwa.tmds;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Lets each source ask 40 times a second, and 60 times at once. Containers live in the world's time, so that is what
/// counts here.
final class Throttle {
    private static final double PER_NANOSECOND = 40e-9;
    private static final double BURST = 60;
    private static final int SOURCES = 10_000;

    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > SOURCES;
        }
    };

    Throttle(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Bucket(double tokens, long at) {
        Bucket filled(long now) {
            return new Bucket(Math.min(BURST, tokens + (now - at) * PER_NANOSECOND), now);
        }
    }

    synchronized boolean admits(String source) {
        var now = nanos.getAsLong();
        var filled = buckets.getOrDefault(source, new Bucket(BURST, now)).filled(now);
        if (filled.tokens < 1) {
            buckets.put(source, filled);
            return false;
        }
        buckets.put(source, new Bucket(filled.tokens - 1, now));
        return true;
    }
}

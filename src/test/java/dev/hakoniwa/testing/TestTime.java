package dev.hakoniwa.testing;

import dev.hakoniwa.core.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The time of the emulator that a test calls. It stands still until the test moves it on.
public final class TestTime implements InstantSource {
    private final Time inside;
    private final Instant start;

    /// @param inside the time of the emulator inside the JVM. That of what is shipped moves on to the same fraction of
    ///     a second, as what the API rounds is to look alike.
    public TestTime(Time inside) {
        this.inside = inside;
        if (Shipped.isPlayed()) {
            var nanos = inside.instant().getNano() - Shipped.now().getNano();
            Shipped.advance(Duration.ofNanos(Math.floorMod(nanos, 1_000_000_000)));
        }
        start = instant();
    }

    /// When the test began.
    public Instant start() {
        return start;
    }

    @Override
    public Instant instant() {
        return Shipped.isPlayed() ? Shipped.now() : inside.instant();
    }

    public void advance(Duration duration) {
        if (Shipped.isPlayed()) {
            Shipped.advance(duration);
        } else {
            inside.advance(duration);
        }
    }
}

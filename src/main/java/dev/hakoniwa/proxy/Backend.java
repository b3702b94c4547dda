package dev.hakoniwa.proxy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A target while the proxy works with it: its state, its connections and how busy it is.
final class Backend {
    private final Key key;
    private final String token;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final List<Loop> loops;
    private final Pool[] pools;
    private volatile Target.State state = Target.State.INITIAL;
    private volatile @Nullable Instant slowSince;

    /// A target at another address, or spoken to in another way, is another backend.
    record Key(String groupId, String id, int port, Address address, boolean tls) {
        /// Spelled out as native-image interprets a record's own: a group asks for every target at every change.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && port == key.port
                    && tls == key.tls
                    && id.equals(key.id)
                    && groupId.equals(key.groupId)
                    && address.port() == key.address.port()
                    && address.host().equals(key.address.host());
        }

        @Override
        public int hashCode() {
            return 31 * id.hashCode() + port;
        }
    }

    Backend(Key key, List<Loop> loops) {
        this.key = key;
        this.loops = loops;
        this.token = token(key.groupId() + ' ' + key.id() + ' ' + key.port());
        this.pools = new Pool[loops.size()];
        for (var loop : loops) {
            pools[loop.index()] = new Pool(this, loop);
        }
    }

    Key key() {
        return key;
    }

    Address address() {
        return key.address();
    }

    boolean tls() {
        return key.tls();
    }

    /// How cookies name this target: the same for as long as it has its id and port.
    String token() {
        return token;
    }

    Pool pool(Loop loop) {
        return pools[loop.index()];
    }

    Target.State state() {
        return state;
    }

    /// Whether its connections are of use after the request they carry.
    boolean isRoutable() {
        return switch (state) {
            case INITIAL, HEALTHY, UNHEALTHY -> true;
            case DRAINING, UNUSED -> false;
        };
    }

    /// Since when it grows into its share; absent if it has all of it.
    @Nullable
    Instant slowSince() {
        return slowSince;
    }

    void become(Target.State next, @Nullable Instant slowFrom) {
        if (next != Target.State.HEALTHY) {
            slowSince = null;
        } else if (state != Target.State.HEALTHY) {
            slowSince = slowFrom;
        }
        state = next;
        if (!isRoutable()) {
            everywhere(Pool::closeIdle);
        }
    }

    int inFlight() {
        return inFlight.get();
    }

    void begin() {
        inFlight.incrementAndGet();
    }

    void end() {
        inFlight.decrementAndGet();
    }

    void cut() {
        everywhere(Pool::cut);
    }

    private void everywhere(Consumer<Pool> action) {
        for (var loop : loops) {
            loop.run(() -> action.accept(pool(loop)));
        }
    }

    /// An opaque name, short enough for a cookie.
    static String token(String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 24));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

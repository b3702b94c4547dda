package dev.hakoniwa.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// A port for a test to listen at. It is none of those that the system gives to outgoing connections, so that none of
/// these takes it before it is bound, or while it is closed for a moment.
public final class FreePort {
    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 32_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /// One that nobody listens at and no other test of this process has had.
    public static int next() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST))
                .filter(port -> isFree(port) && GIVEN.add(port))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}

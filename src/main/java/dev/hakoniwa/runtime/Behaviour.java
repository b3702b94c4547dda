package dev.hakoniwa.runtime;

import dev.hakoniwa.runtime.EngineException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// What happens by itself in the world of a [SimulatedEngine]. It is asked when the thing is about to happen. What is
/// not overridden is a world without trouble: every image can be pulled, a container runs until it is stopped, a
/// health check finds everything in order.
public interface Behaviour {
    /// Why the registry does not give this image to who shows this login; empty if it does.
    default Optional<EngineException> refusePull(String reference, Images.@Nullable Login login) {
        return Optional.empty();
    }

    /// Why the container can't be created; empty if it can.
    default Optional<EngineException> refuseCreate(ContainerSpec spec) {
        return Optional.empty();
    }

    /// Why the container can't be started; empty if it can.
    default Optional<EngineException> refuseStart(ContainerSpec spec) {
        return Optional.empty();
    }

    default Run run(ContainerSpec spec) {
        return Run.UNTIL_STOPPED;
    }

    /// What the container's health check finds this time; [Health#UNKNOWN] is a check that has not come to an end.
    default Health check(ContainerSpec spec) {
        return Health.HEALTHY;
    }

    /// Whether containers are reached at their own addresses; it stays as it is.
    default boolean isRoutable() {
        return true;
    }

    /// How late the next event is told. Events never overtake one another.
    default Duration eventDelay() {
        return Duration.ZERO;
    }

    /// A world without trouble.
    static Behaviour calm() {
        return new Behaviour() {};
    }

    /// A world with trouble that depends on the seed alone.
    ///
    /// @param chance how likely each thing is to go wrong, from 0 to 1
    static Behaviour seeded(long seed, double chance) {
        return new Seeded(RandomGeneratorFactory.of("L64X128MixRandom").create(seed), Math.clamp(chance, 0, 1));
    }

    /// How a container's main process runs.
    ///
    /// @param length how long it runs if nobody stops it; null is for ever
    /// @param exitCode of its own end
    /// @param stopCode with which it ends when it is asked to
    /// @param stopTime how long that takes it; one that is given less time is killed. Null is for ever
    record Run(
            @Nullable Duration length,
            int exitCode,
            int stopCode,
            @Nullable Duration stopTime) {
        public static final Run UNTIL_STOPPED = new Run(null, 0, 143, Duration.ZERO);
        private static final int KILLED = 137;

        public static Run of(Duration length, int exitCode) {
            return new Run(length, exitCode, 143, Duration.ZERO);
        }

        /// The same, deaf to the stop signal.
        public Run deaf() {
            return new Run(length, exitCode, stopCode, null);
        }

        /// The same, which puts its things in order when it is asked to stop.
        public Run stopsIn(Duration time, int code) {
            return new Run(length, exitCode, code, time);
        }

        /// The exit code of one that is asked to stop and is killed after `timeout`.
        public int stopCode(Duration timeout) {
            return stopTime == null || stopTime.compareTo(timeout) > 0 ? KILLED : stopCode;
        }
    }

    /// Draws lots.
    final class Seeded implements Behaviour {
        private static final List<Integer> EXIT_CODES = List.of(0, 1, 137, 139);

        private final RandomGenerator random;
        private final double chance;

        private Seeded(RandomGenerator random, double chance) {
            this.random = random;
            this.chance = chance;
        }

        @Override
        public synchronized Optional<EngineException> refusePull(String reference, Images.@Nullable Login login) {
            return trouble("Get \"https://registry/v2/\": net/http: TLS handshake timeout");
        }

        @Override
        public synchronized Optional<EngineException> refuseStart(ContainerSpec spec) {
            return trouble("failed to create shim task: OCI runtime create failed: runc create failed: unknown");
        }

        @Override
        public synchronized Run run(ContainerSpec spec) {
            if (!drawn()) {
                return Run.UNTIL_STOPPED;
            }
            var run = Run.of(
                    Duration.ofMillis(random.nextInt(1, 600_000)), EXIT_CODES.get(random.nextInt(EXIT_CODES.size())));
            return random.nextBoolean() ? run : run.deaf();
        }

        @Override
        public synchronized Health check(ContainerSpec spec) {
            return drawn() ? Health.UNHEALTHY : Health.HEALTHY;
        }

        @Override
        public synchronized Duration eventDelay() {
            return Duration.ofMillis(random.nextInt(200));
        }

        private Optional<EngineException> trouble(String text) {
            return drawn() ? Optional.of(new EngineException(Kind.REFUSED, text)) : Optional.empty();
        }

        private boolean drawn() {
            return random.nextDouble() < chance;
        }
    }
}

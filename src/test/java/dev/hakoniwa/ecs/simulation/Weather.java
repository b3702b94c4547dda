package dev.hakoniwa.ecs.simulation;

import dev.hakoniwa.runtime.Behaviour;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.Health;
import dev.hakoniwa.runtime.Images.Login;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Trouble by seed, until it calms down. Containers that are to end by themselves do so in any weather.
final class Weather implements Behaviour {
    private static final Run SETS_UP = Run.of(Duration.ofSeconds(3), 0);
    private static final Run WORKS = Run.of(Duration.ofMinutes(2), 0);

    private final Behaviour storm;
    private Behaviour now;

    Weather(long seed) {
        storm = Behaviour.seeded(seed, 0.1);
        now = storm;
    }

    void calmsDown() {
        now = Behaviour.calm();
    }

    @Override
    public Optional<EngineException> refusePull(String reference, @Nullable Login login) {
        return now.refusePull(reference, login);
    }

    @Override
    public Optional<EngineException> refuseStart(ContainerSpec spec) {
        return now.refuseStart(spec);
    }

    @Override
    public Run run(ContainerSpec spec) {
        var run = now.run(spec);
        return switch (spec.labels().getOrDefault("com.amazonaws.ecs.container-name", "")) {
            case "setup" -> run.equals(Run.UNTIL_STOPPED) ? SETS_UP : run;
            case "work" -> run.equals(Run.UNTIL_STOPPED) ? WORKS : run;
            default -> run;
        };
    }

    @Override
    public Health check(ContainerSpec spec) {
        return now.check(spec);
    }

    @Override
    public Duration eventDelay() {
        return now.eventDelay();
    }
}

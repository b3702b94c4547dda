package dev.hakoniwa.runtime.simulated;

import dev.hakoniwa.core.Timers.Timer;
import dev.hakoniwa.runtime.Behaviour.Run;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerSpec.HealthCheck;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.EngineEvent;
import dev.hakoniwa.runtime.Health;
import dev.hakoniwa.runtime.PublishedPort;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One container in memory; touched inside the host's lock alone.
final class SimulatedContainer {
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);
    private static final int DEFAULT_RETRIES = 3;
    private static final long IMAGE = 5L << 20;

    private final Host host;
    private final ContainerId id;
    private final ContainerSpec spec;
    private final String image;
    private final Journal journal;
    private final SimulatedTerminals terminals;

    private Status status = Status.CREATED;
    private Run run = Run.UNTIL_STOPPED;
    private @Nullable Integer exitCode;
    private boolean outOfMemory;
    private String error = "";
    private Health health = Health.UNKNOWN;
    private int failedChecks;
    private String address = "";
    private List<PublishedPort> ports = List.of();
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;
    private @Nullable Timer end;
    private @Nullable Timer check;
    private @Nullable Usage usage;

    SimulatedContainer(Host host, ContainerId id, ContainerSpec spec, String image) {
        this.host = host;
        this.id = id;
        this.spec = spec;
        this.image = image;
        this.journal = new Journal(host);
        this.terminals = new SimulatedTerminals(host);
    }

    ContainerId id() {
        return id;
    }

    ContainerSpec spec() {
        return spec;
    }

    Journal journal() {
        return journal;
    }

    SimulatedTerminals terminals() {
        return terminals;
    }

    boolean isRunning() {
        return status == Status.RUNNING;
    }

    int stopCode(Duration timeout) {
        return run.stopCode(timeout);
    }

    ContainerState view() {
        return new ContainerState(
                id,
                spec.name(),
                spec.labels(),
                status,
                exitCode,
                outOfMemory,
                error,
                health,
                image,
                address,
                ports,
                startedAt,
                finishedAt);
    }

    /// What it uses; a second of the emulator's time costs it ten milliseconds of one core.
    Optional<String> stats() {
        if (!isRunning()) {
            return Optional.empty();
        }
        var reading = Usage.at(id, spec, host.now(), startedAt == null ? host.now() : startedAt);
        var told = reading.after(usage);
        usage = reading;
        return Optional.of(told);
    }

    /// Images are of 5 MiB, and nothing is written.
    Containers.Size size() {
        return new Containers.Size(IMAGE, 0);
    }

    void refused(String text) {
        error = text;
    }

    /// @param ended called when the process ends by itself
    void begin(String ownAddress, List<PublishedPort> published, Runnable ended) {
        status = Status.RUNNING;
        run = host.behaviour().run(spec);
        exitCode = null;
        outOfMemory = false;
        error = "";
        health = Health.UNKNOWN;
        failedChecks = 0;
        address = ownAddress;
        ports = published;
        startedAt = host.now();
        finishedAt = null;
        var length = run.length();
        if (length != null) {
            end = host.later(length, ended);
        }
        if (spec.healthCheck() != null) {
            checkLater(spec.healthCheck());
        }
    }

    int ownExitCode() {
        return run.exitCode();
    }

    void exit(int code, boolean memory) {
        status = Status.EXITED;
        exitCode = code;
        outOfMemory = memory;
        address = "";
        ports = List.of();
        finishedAt = host.now();
        cancelTimers();
        journal.end();
        terminals.end();
        host.tell(new EngineEvent.Exited(id, code, memory));
    }

    /// From now on the health is what a test says, not what checks find.
    void fixHealth(Health fixed) {
        if (check != null) {
            check.cancel();
        }
        setHealth(fixed);
    }

    void cancelTimers() {
        if (end != null) {
            end.cancel();
        }
        if (check != null) {
            check.cancel();
        }
    }

    private void checkLater(HealthCheck wanted) {
        var interval = wanted.interval().isZero() ? DEFAULT_INTERVAL : wanted.interval();
        check = host.later(interval, () -> {
            heed(host.behaviour().check(spec), wanted);
            checkLater(wanted);
        });
    }

    private void heed(Health found, HealthCheck wanted) {
        switch (found) {
            case UNKNOWN -> {}
            case HEALTHY -> {
                failedChecks = 0;
                setHealth(Health.HEALTHY);
            }
            case UNHEALTHY -> {
                failedChecks += isStarting(wanted) ? 0 : 1;
                var retries = wanted.retries() == 0 ? DEFAULT_RETRIES : wanted.retries();
                if (failedChecks >= retries) {
                    setHealth(Health.UNHEALTHY);
                }
            }
        }
    }

    private boolean isStarting(HealthCheck wanted) {
        return startedAt != null
                && health == Health.UNKNOWN
                && host.now().isBefore(startedAt.plus(wanted.startPeriod()));
    }

    private void setHealth(Health found) {
        if (health != found) {
            health = found;
            host.tell(new EngineEvent.HealthChanged(id, found));
        }
    }
}

package dev.hakoniwa.runtime;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.runtime.Behaviour.Run;
import dev.hakoniwa.runtime.ContainerSpec.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A simulated engine for contracts: its containers do what a test has planned for their names.
final class SimulatedTestEngine implements TestEngine, Behaviour {
    private static final String IMAGE = "hakoniwa-test/tools:1";
    private static final Duration SOON = Duration.ofMillis(300);

    private final Time time = Time.stopped(Instant.parse("2030-01-01T00:00:00Z"));
    private final SimulatedEngine engine = new SimulatedEngine(time, time, Ids.random(), this);
    private final Map<String, Run> runs = new HashMap<>();
    private final Map<String, Health> findings = new HashMap<>();
    private final Map<String, List<String>> texts = new HashMap<>();

    SimulatedTestEngine() {
        engine.putImage(IMAGE);
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public String image() {
        return IMAGE;
    }

    @Override
    public void close() {
        engine.close();
    }

    @Override
    public Run run(ContainerSpec spec) {
        return runs.getOrDefault(spec.name(), Run.UNTIL_STOPPED);
    }

    @Override
    public Health check(ContainerSpec spec) {
        return findings.getOrDefault(spec.name(), Health.HEALTHY);
    }

    @Override
    public ContainerSpec endless(String name, Map<String, String> labels) {
        return ContainerSpec.of(name, IMAGE, labels);
    }

    @Override
    public ContainerSpec deaf(String name, Map<String, String> labels) {
        runs.put(name, Run.UNTIL_STOPPED.deaf());
        return endless(name, labels);
    }

    @Override
    public ContainerSpec ending(String name, int exitCode, Map<String, String> labels) {
        runs.put(name, Run.of(SOON, exitCode));
        return endless(name, labels);
    }

    @Override
    public ContainerSpec checked(String name, Health found, Map<String, String> labels) {
        findings.put(name, found);
        var check = new HealthCheck(
                List.of("CMD", "check"), Duration.ofSeconds(1), Duration.ofSeconds(1), 2, Duration.ZERO);
        return SpecBuilder.from(endless(name, labels)).checked(check).build();
    }

    @Override
    public ContainerSpec writing(String name, List<String> lines, Map<String, String> labels) {
        texts.put(name, lines);
        return ending(name, 0, labels);
    }

    @Override
    public void started(ContainerId id, String name) {
        texts.getOrDefault(name, List.of()).forEach(line -> engine.write(id, "stdout", line));
    }

    @Override
    public void eventually(Runnable assertion) {
        for (var step = 0; step < 100; step++) {
            try {
                assertion.run();
                return;
            } catch (AssertionError _) {
                time.advance(Duration.ofMillis(100));
            }
        }
        assertion.run();
    }
}

package dev.hakoniwa.docker;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerSpec.HealthCheck;
import dev.hakoniwa.runtime.Engine;
import dev.hakoniwa.runtime.Health;
import dev.hakoniwa.runtime.SpecBuilder;
import dev.hakoniwa.runtime.TestEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// The usual Docker engine for contracts.
final class DockerTestEngine implements TestEngine {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(20);

    private final DockerEngine engine = DockerEngine.usual();

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public String image() {
        return TestImage.reference();
    }

    @Override
    public ContainerSpec endless(String name, Map<String, String> labels) {
        return shell(name, labels, "trap 'exit 143' TERM; while :; do sleep 1000 & wait; done");
    }

    @Override
    public ContainerSpec deaf(String name, Map<String, String> labels) {
        return shell(name, labels, "trap '' TERM; while :; do sleep 1000; done");
    }

    @Override
    public ContainerSpec ending(String name, int exitCode, Map<String, String> labels) {
        return shell(name, labels, "exit " + exitCode);
    }

    @Override
    public ContainerSpec checked(String name, Health found, Map<String, String> labels) {
        var command = switch (found) {
            case HEALTHY -> "exit 0";
            case UNHEALTHY -> "exit 1";
            case UNKNOWN -> "sleep 1000";
        };
        var check = new HealthCheck(
                List.of("CMD-SHELL", command), Duration.ofMillis(300), Duration.ofSeconds(5), 2, Duration.ZERO);
        return SpecBuilder.from(endless(name, labels)).checked(check).build();
    }

    @Override
    public ContainerSpec writing(String name, List<String> lines, Map<String, String> labels) {
        return shell(name, labels, "for line in " + String.join(" ", lines) + "; do echo $line; done");
    }

    @Override
    public void started(ContainerId id, String name) {}

    @Override
    public void eventually(Runnable assertion) {
        await(assertion);
    }

    @Override
    public void close() {
        engine.close();
    }

    static ContainerSpec shell(String name, Map<String, String> labels, String script) {
        return SpecBuilder.from(ContainerSpec.of(name, TestImage.reference(), labels))
                .command("sh", "-c", script)
                .build();
    }

    static void await(Runnable assertion) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                assertion.run();
                return;
            } catch (AssertionError _) {
                LockSupport.parkNanos(STEP.toNanos());
            }
        }
        assertion.run();
    }
}

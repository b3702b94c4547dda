package dev.hakoniwa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.runtime.Behaviour.Run;
import dev.hakoniwa.runtime.ContainerSpec.HealthCheck;
import dev.hakoniwa.runtime.ContainerSpec.Network;
import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class SimulatedEngineTest {
    private final Time time = Time.stopped(Instant.parse("2030-01-01T00:00:00Z"));
    private final List<EngineEvent> events = new ArrayList<>();

    @Test
    void everyImageCanBePulledIfNothingElseIsSaid() {
        var engine = engine(Behaviour.calm());
        var progress = new ArrayList<String>();

        var image = engine.images().pull("web", null, progress::add);

        assertThat(image.digest()).matches("sha256:[0-9a-f]{64}");
        assertThat(engine.images().find("web:latest")).contains(image);
        assertThat(progress)
                .containsExactly("Digest: " + image.digest(), "Status: Downloaded newer image for web:latest");
    }

    @Test
    void anImagePulledByDigestHasIt() {
        var engine = engine(Behaviour.calm());
        var digest = "sha256:" + "ab".repeat(32);

        assertThat(engine.images().pull("web@" + digest, null, _ -> {}).digest())
                .isEqualTo(digest);
    }

    @Test
    void aTagGetsAnotherImageWhenItIsPulledAgain() {
        var engine = engine(Behaviour.calm());
        var before = engine.images().pull("web:1", null, _ -> {});

        engine.publish("web:1", "sha256:" + "cd".repeat(32));

        assertThat(engine.images().find("web:1")).contains(before);
        assertThat(engine.images().pull("web:1", null, _ -> {})).isNotEqualTo(before);
    }

    @Test
    void pullsFailAsOftenAsTheyAreTold() {
        var engine = engine(Behaviour.calm());
        engine.failNextPull("web", "manifest unknown");
        engine.failNextPull("web:latest", "toomanyrequests");

        assertRefused(() -> engine.images().pull("web", null, _ -> {}), Kind.REFUSED, "manifest unknown");
        assertRefused(() -> engine.images().pull("web", null, _ -> {}), Kind.REFUSED, "toomanyrequests");
        assertThat(engine.images().pull("web", null, _ -> {}).id()).isNotEmpty();
    }

    @Test
    void aContainerEndsWhenItsBehaviourSays() {
        var engine = engine(new Behaviour() {
            @Override
            public Run run(ContainerSpec spec) {
                return Run.of(Duration.ofMinutes(5), 2);
            }
        });
        var id = start(engine, spec("web"));

        time.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(engine.containers().inspect(id).status()).isEqualTo(Status.RUNNING);
        time.advance(Duration.ofMillis(1));
        assertThat(events).containsExactly(new EngineEvent.Exited(id, 2, false));
    }

    @Test
    void aStoppedContainerDoesNotEndOnceMore() {
        var engine = engine(new Behaviour() {
            @Override
            public Run run(ContainerSpec spec) {
                return Run.of(Duration.ofMinutes(5), 2);
            }
        });
        var id = start(engine, spec("web"));

        engine.containers().stop(id, Duration.ofSeconds(30));
        time.advance(Duration.ofMinutes(10));

        assertThat(events).containsExactly(new EngineEvent.Exited(id, 143, false));
    }

    @Test
    void aStartThatIsRefusedLeavesNothingBehind() {
        var engine = engine(new Behaviour() {
            private boolean refuse = true;

            @Override
            public Optional<EngineException> refuseStart(ContainerSpec spec) {
                var refusal = new EngineException(Kind.REFUSED, "no such file or directory: unknown");
                var first = refuse;
                refuse = false;
                return first ? Optional.of(refusal) : Optional.empty();
            }
        });
        engine.putImage("web");
        engine.networks().create("net", "10.0.0.0/16", Map.of());
        var spec = SpecBuilder.from(spec("web"))
                .on(new Network.Attached("net", "10.0.0.9"))
                .publishing(new ContainerSpec.PortBinding(80, 8080, Transport.TCP, ""))
                .build();
        var id = engine.containers().create(spec);

        assertRefused(() -> engine.containers().start(id), Kind.REFUSED, "no such file or directory: unknown");
        assertThat(engine.containers().inspect(id).error()).isEqualTo("no such file or directory: unknown");
        engine.containers().start(id);
        assertThat(engine.containers().inspect(id).ports()).hasSize(1);
    }

    @Test
    void memoryKillsWithTheFlag() {
        var engine = engine(Behaviour.calm());
        var id = start(engine, spec("web"));

        engine.oom(id);

        assertThat(events).containsExactly(new EngineEvent.Exited(id, 137, true));
        assertThat(engine.containers().inspect(id).outOfMemory()).isTrue();
    }

    @Test
    void checksThatFailInTheStartPeriodDoNotCount() {
        var engine = engine(new Behaviour() {
            @Override
            public Health check(ContainerSpec spec) {
                return Health.UNHEALTHY;
            }
        });
        var check = new HealthCheck(
                List.of("CMD", "x"), Duration.ofSeconds(10), Duration.ofSeconds(5), 3, Duration.ofSeconds(60));
        var id = start(engine, SpecBuilder.from(spec("web")).checked(check).build());

        time.advance(Duration.ofSeconds(79));
        assertThat(engine.containers().inspect(id).health()).isEqualTo(Health.UNKNOWN);
        time.advance(Duration.ofSeconds(1));
        assertThat(events).containsExactly(new EngineEvent.HealthChanged(id, Health.UNHEALTHY));
    }

    @Test
    void aTestDecidesAboutHealth() {
        var engine = engine(Behaviour.calm());
        var check = new HealthCheck(List.of("CMD", "x"), Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);
        var id = start(engine, SpecBuilder.from(spec("web")).checked(check).build());
        time.advance(Duration.ofSeconds(30));

        engine.health(id, Health.UNHEALTHY);
        time.advance(Duration.ofMinutes(5));

        assertThat(events)
                .containsExactly(
                        new EngineEvent.HealthChanged(id, Health.HEALTHY),
                        new EngineEvent.HealthChanged(id, Health.UNHEALTHY));
    }

    @Test
    void anEngineThatIsAwayAnswersNothingAndTellsNothing() {
        var engine = engine(Behaviour.calm());
        var id = start(engine, spec("web"));

        engine.goAway();
        engine.exit(id, 1);

        assertThat(engine.status().reachable()).isFalse();
        assertRefused(
                () -> engine.containers().inspect(id),
                Kind.UNAVAILABLE,
                "Cannot connect to the simulated engine. Is the docker daemon running?");
        assertThat(events).singleElement().isInstanceOf(EngineEvent.Disconnected.class);
        assertThat(engine.everything()).extracting(ContainerState::status).containsExactly(Status.EXITED);
    }

    @Test
    void goingAndComingIsToldOnce() {
        var engine = engine(Behaviour.calm());

        engine.goAway();
        engine.goAway();
        engine.comeBack();
        engine.comeBack();

        assertThat(events).hasSize(2);
        assertThat(events.getFirst()).isInstanceOf(EngineEvent.Disconnected.class);
        assertThat(events.getLast()).isEqualTo(new EngineEvent.Connected(engine.status()));
    }

    @Test
    void aRestartLosesWhatRuns() {
        var engine = engine(Behaviour.calm());
        var id = start(engine, spec("web"));

        engine.restart();

        assertThat(events).hasSize(2).noneMatch(EngineEvent.Exited.class::isInstance);
        assertThat(engine.containers().inspect(id).exitCode()).isEqualTo(137);
    }

    @Test
    void lateEventsDoNotOvertakeOneAnother() {
        var delays = new Random(3);
        var engine = engine(new Behaviour() {
            @Override
            public Duration eventDelay() {
                return Duration.ofMillis(delays.nextInt(500));
            }
        });
        time.advance(Duration.ofSeconds(1));
        events.clear();

        var ids = new ArrayList<ContainerId>();
        for (var number = 0; number < 50; number++) {
            ids.add(start(engine, spec("web-" + number)));
        }
        ids.forEach(id -> engine.exit(id, 0));

        assertThat(events).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(events)
                .containsExactlyElementsOf(ids.stream()
                        .map(id -> new EngineEvent.Exited(id, 0, false))
                        .toList());
    }

    @Test
    void aListenerThatCallsTheEngineHearsTheRestAfterwards() {
        var engine = engine(Behaviour.calm());
        var id = start(engine, spec("web"));
        var heard = new ArrayList<String>();
        engine.listen(event -> {
            heard.add("begin " + event.getClass().getSimpleName());
            if (event instanceof EngineEvent.Exited) {
                engine.containers().remove(id);
            }
            heard.add("end " + event.getClass().getSimpleName());
        });
        heard.clear();

        engine.exit(id, 1);

        assertThat(heard).containsExactly("begin Exited", "end Exited", "begin Removed", "end Removed");
    }

    @Test
    void theSeedDecidesEverything() {
        assertThat(history(11)).isEqualTo(history(11)).isNotEqualTo(history(12));
    }

    @Test
    void aClosedEngineDoesNothingMore() {
        var engine = engine(new Behaviour() {
            @Override
            public Run run(ContainerSpec spec) {
                return Run.of(Duration.ofMinutes(5), 2);
            }
        });
        start(engine, spec("web"));

        engine.close();
        time.advance(Duration.ofHours(1));

        assertThat(events).isEmpty();
    }

    private SimulatedEngine engine(Behaviour behaviour) {
        var engine = new SimulatedEngine(time, time, Ids.random(), behaviour);
        engine.listen(events::add);
        events.clear();
        return engine;
    }

    private static ContainerSpec spec(String name) {
        return ContainerSpec.of(name, "web", Map.of());
    }

    private static ContainerId start(SimulatedEngine engine, ContainerSpec spec) {
        engine.putImage(spec.image());
        var id = engine.containers().create(spec);
        engine.containers().start(id);
        return id;
    }

    /// What a troubled engine tells in ten minutes, by the containers' names.
    private static List<String> history(long seed) {
        var time = Time.stopped(Instant.EPOCH);
        var engine = new SimulatedEngine(time, time, Ids.random(), Behaviour.seeded(seed, 0.3));
        var told = new ArrayList<String>();
        engine.putImage("web");
        engine.listen(event -> told.add(time.instant() + " " + event.getClass().getSimpleName()));
        for (var number = 0; number < 30; number++) {
            var id = engine.containers().create(spec("web-" + number));
            try {
                engine.containers().start(id);
            } catch (EngineException refusal) {
                told.add(refusal.text());
            }
        }
        time.advance(Duration.ofMinutes(10));
        return told;
    }

    private static void assertRefused(ThrowingCallable call, Kind kind, String text) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(kind))
                .hasMessage(text);
    }
}

package dev.hakoniwa.story;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.DockerTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.LaunchType;

/// `POST /_hakoniwa/reset` while others use the emulator.
final class ResetTest {
    private static final int RESETS = 5;

    @Test
    void whoCallsMeanwhileIsAnsweredFromTheOldStateOrTheNew() throws Exception {
        var failures = new ConcurrentLinkedQueue<String>();
        var done = new AtomicBoolean();
        try (var emulator = RunningEmulator.start("--engine", "simulated")) {
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var caller = 0; caller < 4; caller++) {
                    var name = "c" + caller;
                    callers.submit(() -> callUntil(done, emulator, name, failures));
                }
                for (var i = 0; i < RESETS; i++) {
                    reset(emulator);
                }
                done.set(true);
            }
            reset(emulator);

            assertThat(failures).isEmpty();
            try (var ecs = emulator.client(EcsClient.builder())) {
                assertThat(ecs.listClusters().clusterArns()).isEmpty();
            }
            assertThat(emulator.output()).noneMatch(line -> line.contains("ERROR"));
        }
    }

    @Test
    @DockerTest
    void nothingIsLeftOfTasksThatWereStarting() throws Exception {
        try (var emulator = RunningEmulator.start()) {
            var instances = new ArrayList<>(List.of(emulator.instance()));
            for (var i = 0; i < 2; i++) {
                try (var ecs = emulator.client(EcsClient.builder())) {
                    new Services(emulator).runBridge("bridge", 1);
                    ecs.updateService(s -> s.service("bridge").desiredCount(6));
                }
                reset(emulator);
                instances.add(emulator.instance());
            }

            assertThat(instances)
                    .doesNotHaveDuplicates()
                    .allSatisfy(instance -> assertThat(Held.by(instance)).isEqualTo(Held.NOTHING));
        }
    }

    /// What a reset takes away may be missed, which is the caller's fault by then.
    private static void callUntil(
            AtomicBoolean done, RunningEmulator emulator, String name, ConcurrentLinkedQueue<String> failures) {
        try (var ecs = emulator.client(EcsClient.builder())) {
            while (!done.get()) {
                try {
                    ecs.createCluster(c -> c.clusterName(name));
                    ecs.registerTaskDefinition(d -> d.family(name)
                            .containerDefinitions(
                                    c -> c.name("web").image("web").memory(64)));
                    ecs.runTask(t -> t.cluster(name).taskDefinition(name).launchType(LaunchType.EC2));
                    ecs.listTasks(t -> t.cluster(name));
                } catch (AwsServiceException e) {
                    if (e.statusCode() >= 500) {
                        failures.add(e.toString());
                    }
                } catch (RuntimeException e) {
                    failures.add(e.toString());
                }
            }
        }
    }

    private static void reset(RunningEmulator emulator) {
        given().post(emulator.endpoint() + "/_hakoniwa/reset").then().statusCode(200);
    }
}

package dev.hakoniwa.story;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.docker.TestImage;
import dev.hakoniwa.story.Load.Answer;
import dev.hakoniwa.testing.DockerTest;
import dev.hakoniwa.testing.FreePort;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the clients of a service behind a load balancer notice of what happens to its containers.
@DockerTest
final class ServiceTrafficTest {
    @RegisterExtension
    private static final TaskStory AWS = new TaskStory();

    private final int port = FreePort.next();

    @Test
    void aRollingUpdateFailsNoRequest() {
        try (var website = website("rolling")) {
            website.start("one");
            try (var load = Load.on(port, "127.0.0.1", Website.PATH)) {
                eventually(() -> assertThat(load.answers()).hasSizeGreaterThan(50));

                website.deploy("two");
                var last = System.nanoTime();
                eventually(() -> assertThat(load.begunAfter(last)).hasSizeGreaterThan(50));

                load.stop();
                assertThat(load.answers()).filteredOn(Answer::failed).isEmpty();
                assertThat(load.answers())
                        .extracting(answer -> answer.text().split(" ")[0])
                        .contains("one")
                        .containsOnly("one", "two");
                assertThat(load.begunAfter(last))
                        .allMatch(answer -> answer.text().startsWith("two "));
            }
        }
    }

    @Test
    void whenAContainerIsKilledOnlyRequestsUnderWayOnItFail() {
        try (var website = website("killed")) {
            website.start("one");
            var victim = website.tasks().getFirst();
            var text = Website.text("one", victim);
            try (var load = Load.on(port, "127.0.0.1", Website.PATH)) {
                eventually(() ->
                        assertThat(load.answers()).extracting(Answer::text).contains(text));

                AWS.containers().stop(AWS.onEngine(victim, "app").id(), Duration.ZERO);
                var dead = System.nanoTime();
                AWS.stopped(victim);
                website.awaitServing();
                var last = System.nanoTime();
                eventually(() -> assertThat(
                                load.begunAfter(last).stream().map(Answer::text).distinct())
                        .hasSize(2));

                load.stop();
                assertThat(load.answers())
                        .filteredOn(Answer::failed)
                        .hasSizeLessThanOrEqualTo(Load.CLIENTS)
                        .allMatch(answer -> answer.begun() < dead);
                assertThat(load.begunAfter(dead)).extracting(Answer::text).doesNotContain(text);
            }
        }
    }

    private Website website(String name) {
        return new Website(AWS.emulator(), name, port, TestImage.reference());
    }
}

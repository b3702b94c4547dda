package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Images.Login;
import dev.hakoniwa.testing.DockerTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Images come from registries.
@DockerTest
final class DockerImagesTest extends DockerStory {
    private final List<String> progress = new ArrayList<>();
    private final List<String> pulled = new ArrayList<>();

    @AfterEach
    void removeImages() {
        try (var daemon = new Daemon(daemon().config())) {
            pulled.forEach(image -> daemon.ask(
                    client -> client.removeImageCmd(image).withForce(true).exec()));
        }
    }

    @Test
    void anImageIsPulledByItsTag() throws IOException {
        try (var registry = new TestRegistry(null)) {
            var digest = registry.publish("web", "1", image());
            var reference = registry.repository("web") + ":1";

            var image = images().pull(reference, null, progress::add);
            pulled.add(image.id());

            assertThat(image.digest()).isEqualTo(digest);
            assertThat(images().find(reference)).contains(image);
            assertThat(images().find(image.id()).orElseThrow().digest()).isEqualTo(digest);
            assertThat(progress)
                    .containsExactly(
                            "Pulling from web",
                            "1 of 1 layers ready",
                            "Digest: " + digest,
                            "Status: Downloaded newer image for " + reference);
            assertThat(textOf(ContainerSpec.of(name("web"), image.id(), labels())))
                    .containsExactly("the own command of the image");
        }
    }

    @Test
    void aReferenceWithoutTagMeansLatest() throws IOException {
        try (var registry = new TestRegistry(null)) {
            registry.publish("web", "latest", image());
            registry.publish("web", "other", image());

            var image = images().pull(registry.repository("web"), null, progress::add);
            pulled.add(image.id());

            assertThat(images().find(registry.repository("web") + ":latest")).contains(image);
            assertThat(images().find(registry.repository("web") + ":other")).isEmpty();
        }
    }

    @Test
    void anImageIsPulledByItsDigest() throws IOException {
        try (var registry = new TestRegistry(null)) {
            var digest = registry.publish("team/web", "1", image());
            registry.publish("team/web", "1", image());
            var reference = registry.repository("team/web") + "@" + digest;

            var image = images().pull(reference, null, progress::add);
            pulled.add(image.id());

            assertThat(image.digest()).isEqualTo(digest);
            assertThat(images().find(reference)).contains(image);
            var container = containers().create(ContainerSpec.of(name("web"), reference, labels()));
            assertThat(containers().inspect(container).image()).isEqualTo(image.id());
        }
    }

    @Test
    void aTagThatMovedIsAnotherImage() throws IOException {
        try (var registry = new TestRegistry(null)) {
            registry.publish("web", "1", image());
            var before = images().pull(registry.repository("web") + ":1", null, progress::add);
            pulled.add(before.id());
            var digest = registry.publish("web", "1", image());

            var after = images().pull(registry.repository("web") + ":1", null, progress::add);
            pulled.add(after.id());

            assertThat(after.digest()).isEqualTo(digest).isNotEqualTo(before.digest());
            assertThat(after.id()).isNotEqualTo(before.id());
        }
    }

    @Test
    void aRegistryWantsALogin() throws IOException {
        var header = "Basic " + Base64.getEncoder().encodeToString("AWS:token".getBytes(StandardCharsets.UTF_8));
        try (var registry = new TestRegistry(header)) {
            registry.publish("web", "1", image());
            var reference = registry.repository("web") + ":1";

            assertPullRefused(reference, null, Kind.UNAUTHORIZED, "no basic auth credentials");
            assertPullRefused(reference, new Login("AWS", "wrong"), Kind.UNAUTHORIZED, "");
            pulled.add(images().pull(reference, new Login("AWS", "token"), progress::add)
                    .id());
            assertThat(images().find(reference)).isPresent();
        }
    }

    @Test
    void anImageThatTheRegistryDoesNotHaveIsTold() throws IOException {
        try (var registry = new TestRegistry(null)) {
            var reference = registry.repository("nothing") + ":1";

            assertPullRefused(reference, null, Kind.NOT_FOUND, "manifest unknown");
        }
    }

    @Test
    void aRegistryThatDoesNotAnswerIsTold() {
        assertPullRefused("127.0.0.1:1/web:1", null, Kind.REFUSED, "connection refused");
    }

    @Test
    void aReferenceThatIsNoneIsTold() {
        assertPullRefused("127.0.0.1:1/WEB:1", null, Kind.REFUSED, "repository name must be lowercase");
    }

    @Test
    void anImageMadeHereHasNoDigest() {
        assertThat(images().find(TestImage.reference()).orElseThrow().digest()).isEmpty();
    }

    private void assertPullRefused(String reference, @Nullable Login login, Kind kind, String text) {
        assertThatThrownBy(() -> images().pull(reference, login, progress::add))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(text);
    }

    private static ImageArchive image() {
        return TestImage.archive("unused:1", Ids.random().hex(12));
    }
}

package dev.hakoniwa.tmds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hakoniwa.ecs.Story;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Task;

final class StatisticsTest {
    private static final String V4 = "ECS_CONTAINER_METADATA_URI_V4";

    private final Inside inside = new Inside();
    private final Story story = inside.story();

    @Test
    void aContainerLearnsWhatItUses() {
        var task = awsvpc();

        var stats = Inside.json(inside.get(task, "app", V4, "/stats"));

        assertThat(stats.path("id").asText()).isEqualTo(story.id(task, "app").value());
        assertThat(stats.path("memory_stats").path("limit").asLong()).isEqualTo(64L << 20);
        assertThat(stats.path("networks").path("eth0").has("rx_bytes")).isTrue();
        assertThat(stats.has("network_rate_stats"))
                .as("with nothing to compare")
                .isFalse();
    }

    @Test
    void theSecondLookTellsHowFastTheNetworkGoes() {
        var task = awsvpc();
        inside.get(task, "app", V4, "/stats");

        story.letPassSeconds(10);
        var stats = Inside.json(inside.get(task, "app", V4, "/stats"));

        assertThat(stats.path("network_rate_stats").path("rx_bytes_per_sec").asDouble())
                .isEqualTo(1_000, within(1.0));
        assertThat(stats.path("preread").asText()).isLessThan(stats.path("read").asText());
    }

    @Test
    void aTaskLearnsWhatAllItsContainersUse() {
        var task = awsvpc();
        story.exit(task, "side", 0);
        story.letPass(Story.SOON);

        var stats = Inside.json(inside.get(task, "app", V4, "/task/stats"));

        var app = story.id(task, "app").value();
        var side = story.id(task, "side").value();
        assertThat(stats.path(app).path("name").asText()).contains("app");
        assertThat(stats.has(side)).isTrue();
        assertThat(stats.path(side).isNull()).as("of what has ended").isTrue();
        assertThat(Inside.json(inside.get(inside.address(task), "/v2/stats")).has(app))
                .isTrue();
        assertThat(Inside.json(inside.get(inside.address(task), "/v2/stats/" + app))
                        .has("network_rate_stats"))
                .as("in version 2")
                .isFalse();
    }

    private Task awsvpc() {
        return story.startedAwsvpc(
                story.defineAwsvpc("web", Story.container("app"), Story.container("side", c -> c.essential(false))));
    }
}

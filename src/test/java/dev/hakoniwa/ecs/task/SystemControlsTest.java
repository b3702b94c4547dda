package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Task;

/// Kernel parameters belong to whoever owns the namespace that they are in.
final class SystemControlsTest {
    private static final ContainerDefinition APP = container(
            "app",
            c -> c.systemControls(
                    s -> s.namespace("net.core.somaxconn").value("1024"),
                    s -> s.namespace("kernel.msgmax").value("65536")));

    private final Story story = Story.calm();

    @Test
    void inAwsvpcThoseOfTheNetworkAreTheNamespacesAndTheOthersTheContainers() {
        story.defineAwsvpc("web", APP);

        var task = story.startedAwsvpc("web");

        assertThat(sysctls(task, "~internal~ecs~pause")).isEqualTo(Map.of("net.core.somaxconn", "1024"));
        assertThat(sysctls(task, "app")).isEqualTo(Map.of("kernel.msgmax", "65536"));
    }

    @Test
    void inBridgeModeAllAreTheContainers() {
        story.define("web", APP);

        var task = story.started("web");

        assertThat(sysctls(task, "app")).isEqualTo(Map.of("net.core.somaxconn", "1024", "kernel.msgmax", "65536"));
    }

    private Map<String, String> sysctls(Task task, String container) {
        return story.aws().engine().spec(story.id(task, container)).options().sysctls();
    }
}

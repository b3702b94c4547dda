package dev.hakoniwa.ecs.instance;

import static dev.hakoniwa.ecs.Story.container;
import static dev.hakoniwa.ecs.instance.InstanceStory.amount;
import static dev.hakoniwa.ecs.instance.InstanceStory.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Resource;

/// Which GPUs of an instance a task's containers have (ecs-tasks.md §13).
final class GpuTest {
    private final InstanceStory aws = new InstanceStory(1, "m5.large");

    @Test
    void aTaskHasGpusOfItsInstanceAndGivesThemBack() {
        var instance = aws.register("i-gpu", r -> r.totalResources(gpus("GPU-1", "GPU-2", "GPU-3")))
                .containerInstanceArn();
        aws.story().define("train", wanting("one", "1"), container("none"), wanting("other", "1"));
        var first = aws.story().started("train");

        var second = aws.ecs().runTask(r -> r.taskDefinition("train"));

        assertThat(reasons(second)).contains("RESOURCE:GPU");
        assertThat(first.containerInstanceArn()).isEqualTo(instance);
        assertThat(aws.story().container(first, "one").gpuIds()).containsExactly("GPU-1");
        assertThat(aws.story().container(first, "none").hasGpuIds()).isFalse();
        assertThat(aws.story().container(first, "other").gpuIds()).containsExactly("GPU-2");
        assertThat(amount(aws.describe(instance).remainingResources(), "GPU")).isEqualTo(List.of("GPU-3"));
        var spec = aws.story().aws().engine().spec(aws.story().id(first, "other"));
        assertThat(spec.options().gpus()).containsExactly("GPU-2");
        assertThat(spec.environment()).containsEntry("NVIDIA_VISIBLE_DEVICES", "GPU-2");
        var without = aws.story().aws().engine().spec(aws.story().id(first, "none"));
        assertThat(without.options().gpus()).isEmpty();
        assertThat(without.environment()).doesNotContainKey("NVIDIA_VISIBLE_DEVICES");
        aws.ecs().stopTask(s -> s.task(first.taskArn()));
        aws.story().letPassSeconds(60);
        assertThat(amount(aws.describe(instance).remainingResources(), "GPU"))
                .isEqualTo(List.of("GPU-1", "GPU-2", "GPU-3"));
    }

    @Test
    void aTaskOfAServiceHasAGpu() {
        aws.register("i-gpu", r -> r.totalResources(gpus("GPU-1", "GPU-2")));
        aws.story().define("train", wanting("app", "1"));

        aws.story().createService("train", "train", 2);
        aws.story().letPass(Story.SOON);

        assertThat(aws.story().tasks("train"))
                .flatExtracting(task -> task.containers().getFirst().gpuIds())
                .containsExactlyInAnyOrder("GPU-1", "GPU-2");
    }

    private static Resource gpus(String... ids) {
        return Resource.builder()
                .name("GPU")
                .type("STRINGSET")
                .stringSetValue(ids)
                .build();
    }

    private static ContainerDefinition wanting(String container, String count) {
        return container(
                container, c -> c.resourceRequirements(g -> g.type("GPU").value(count)));
    }
}

package dev.hakoniwa.ecs.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.Behaviour.Run;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

final class SpotInterruptionTest {
    private static final CapacityProviderStrategyItem SPOT = CapacityProviderStrategyItem.builder()
            .capacityProvider("FARGATE_SPOT")
            .weight(1)
            .build();
    private static final String REASON = "Your Spot Task was interrupted.";

    private final Story story = Story.calm();

    @BeforeEach
    void theClusterHasSpotCapacity() {
        story.ecs()
                .putClusterCapacityProviders(p -> p.cluster("default")
                        .capacityProviders("FARGATE", "FARGATE_SPOT")
                        .defaultCapacityProviderStrategy(SPOT));
        story.defineFargate("web", Story.container("app", c -> c.stopTimeout(120)));
    }

    @Test
    void anInterruptedTaskHasNoticeAndThenIsStopped() {
        story.aws().world().runs("app", Run.UNTIL_STOPPED.stopsIn(Duration.ofSeconds(60), 0));
        var task = run();

        assertThat(story.aws().interrupt(task.taskArn())).isTrue();

        assertThat(story.now(task)).satisfies(now -> {
            assertThat(now.stopCode()).isEqualTo(TaskStopCode.TERMINATION_NOTICE);
            assertThat(now.stoppedReason()).isEqualTo(REASON);
            assertThat(now.desiredStatus()).isEqualTo("STOPPED");
            assertThat(now.lastStatus()).isNotEqualTo("STOPPED");
        });

        story.letPass(Story.SOON);

        assertThat(story.now(task)).satisfies(now -> {
            assertThat(now.lastStatus()).isEqualTo("STOPPED");
            assertThat(now.stopCode()).isEqualTo(TaskStopCode.SPOT_INTERRUPTION);
            assertThat(now.stoppedReason()).isEqualTo(REASON);
            assertThat(now.containers().getFirst().exitCode()).isZero();
        });
    }

    @Test
    void whatDoesNotEndInTwoMinutesIsKilled() {
        story.aws().world().runs("app", Run.UNTIL_STOPPED.deaf());
        var task = run();

        story.aws().interrupt(task.taskArn());
        story.letPass(Story.SOON);

        assertThat(story.now(task).stopCode()).isEqualTo(TaskStopCode.SPOT_INTERRUPTION);
        assertThat(story.container(task, "app").exitCode()).isEqualTo(137);
    }

    @Test
    void aServiceStartsAnotherTask() {
        story.createService("web", "web", 2, s -> s.networkConfiguration(story.network()));
        story.letPassSeconds(30);
        var lost = story.tasks("web").getFirst();

        story.aws().interrupt(lost.taskArn());
        story.letPassSeconds(30);

        assertThat(story.tasks("web"))
                .hasSize(2)
                .allMatch(task -> task.lastStatus().equals("RUNNING"))
                .extracting(Task::taskArn)
                .doesNotContain(lost.taskArn());
    }

    @Test
    void onlyTasksThatAreToRunOnSpotAreInterrupted() {
        var onDemand = story.run("web", r -> r.launchType("FARGATE").networkConfiguration(story.network()));
        var interrupted = run();
        story.aws().interrupt(interrupted.taskArn());

        assertThat(story.aws().interrupt(onDemand.taskArn())).isFalse();
        assertThat(story.aws().interrupt(interrupted.taskArn())).isFalse();
        assertThat(story.aws().interrupt("arn:aws:ecs:us-east-1:000000000000:task/default"))
                .isFalse();
        assertThat(story.aws().interrupt("nonsense")).isFalse();
        assertThat(story.now(onDemand).desiredStatus()).isEqualTo("RUNNING");
    }

    private Task run() {
        var task = story.run("web", r -> r.networkConfiguration(story.network()));
        story.letPass(Story.SOON);
        return task;
    }
}

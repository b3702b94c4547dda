package dev.hakoniwa.ecs.instance;

import static dev.hakoniwa.ecs.Story.container;
import static dev.hakoniwa.ecs.instance.InstanceStory.on;
import static dev.hakoniwa.ecs.instance.InstanceStory.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

/// How many tasks of awsvpc an instance takes (ecs-capacity.md §3).
final class InterfacesTest {
    private final InstanceStory aws = new InstanceStory(1, "m5.large");

    @Test
    void aRegisteredInstanceTakesAsManyAsItHasInterfacesFor() {
        var instance = registered();
        var first = run(2);

        var third = run(1);

        assertThat(on(first.tasks())).containsOnly(instance);
        assertThat(reasons(third)).containsExactly("RESOURCE:ENI");
        aws.ecs().stopTask(s -> s.task(first.tasks().getFirst().taskArn()));
        aws.story().letPassSeconds(60);
        assertThat(on(run(1).tasks())).containsExactly(instance);
    }

    @Test
    void tasksInOtherNetworkModesTakeNone() {
        registered();
        run(2);

        aws.story().define("bridge", container("app"));

        assertThat(aws.ecs().runTask(r -> r.taskDefinition("bridge")).failures())
                .isEmpty();
    }

    @Test
    void withTrunkingThereIsRoomForMore() {
        aws.ecs().putAccountSettingDefault(p -> p.name("awsvpcTrunking").value("enabled"));
        registered();

        assertThat(run(10).failures()).isEmpty();
        assertThat(reasons(run(1))).containsExactly("RESOURCE:ENI");
    }

    @Test
    void whatTheClusterHasByItselfStandsForAsManyInstancesAsAreWanted() {
        aws.story().defineAwsvpc("web", container("app"));

        assertThat(run(10).failures()).isEmpty();
        assertThat(run(10).failures()).isEmpty();
    }

    @Test
    void aServiceIsToldThatInterfacesAreMissing() {
        registered();
        run(2);

        aws.story()
                .createService(
                        "web", "web", 1, s -> s.networkConfiguration(aws.story().network()));
        aws.story().letPass(Story.SOON);

        assertThat(aws.story().events("web"))
                .anySatisfy(event -> assertThat(event).contains("encountered error \"RESOURCE:ENI\""));
    }

    /// The only one that takes tasks, a c5.large.
    private String registered() {
        aws.arns().forEach(aws::drain);
        aws.story().defineAwsvpc("web", container("app"));
        return aws.register("i-1", _ -> {}).containerInstanceArn();
    }

    private RunTaskResponse run(int count) {
        var inZone = List.of(aws.story().aws().subnets().get(1));
        return aws.ecs()
                .runTask(r -> r.taskDefinition("web")
                        .count(count)
                        .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(inZone))));
    }
}

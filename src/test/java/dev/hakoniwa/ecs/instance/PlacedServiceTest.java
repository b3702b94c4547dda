package dev.hakoniwa.ecs.instance;

import static dev.hakoniwa.ecs.Story.container;
import static dev.hakoniwa.ecs.instance.InstanceStory.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Task;

/// Services on three instances of 2 vCPUs and 8 GiB, and what becomes of them when instances drain or go.
final class PlacedServiceTest {
    private final InstanceStory aws = new InstanceStory(3, "m5.large");
    private final Story story = aws.story();

    @BeforeEach
    void aDefinition() {
        story.define("web", r -> r.cpu("1024").memory("1024"), container("app"));
    }

    @Test
    void aServiceIsSpreadOverZonesAndInstances() {
        story.createService("web", "web", 3);
        story.letPassSeconds(10);

        assertThat(on(story.tasks("web"))).containsExactlyInAnyOrderElementsOf(aws.arns());
        assertThat(story.tasks("web"))
                .extracting(Task::availabilityZone)
                .containsExactlyInAnyOrder("us-east-1a", "us-east-1b", "us-east-1c");
    }

    @Test
    void aServiceIsPackedIfItSaysSo() {
        story.createService(
                "web", "web", 2, s -> s.placementStrategy(p -> p.type("binpack").field("cpu")));
        story.letPassSeconds(10);

        assertThat(on(story.tasks("web")).stream().distinct()).hasSize(1);
    }

    @Test
    void whatFindsNoRoomIsToldAndTriedAgain() {
        story.createService("web", "web", 7);
        story.letPassSeconds(10);

        assertThat(story.tasks("web")).hasSize(6);
        assertThat(story.events("web"))
                .filteredOn(event -> event.startsWith("was unable"))
                .singleElement()
                .asString()
                .matches("was unable to place a task because no container instance met all of its requirements\\. "
                        + "The closest matching \\(container-instance [0-9a-f]{32}\\) has insufficient CPU units "
                        + "available\\.");

        aws.register("i-1", _ -> {});
        story.letPassSeconds(10);

        assertThat(story.tasks("web")).hasSize(7);
    }

    @Test
    void constraintsHoldForServices() {
        story.createService("web", "web", 4, s -> s.placementConstraints(c -> c.type("distinctInstance")));
        story.letPassSeconds(10);

        assertThat(on(story.tasks("web"))).containsExactlyInAnyOrderElementsOf(aws.arns());
        assertThat(story.events("web"))
                .anyMatch(event ->
                        event.endsWith("encountered error \"DistinctInstance placement constraint unsatisfied.\"."));
    }

    @Test
    void withoutInstancesAServiceWaits() {
        aws.arns().forEach(aws::drain);
        story.createService("web", "web", 1);
        story.letPassSeconds(10);

        assertThat(story.tasks("web")).isEmpty();
        assertThat(story.events("web"))
                .containsExactly("was unable to place a task because no container instance met all of its "
                        + "requirements. Reason: No Container Instances were found in your cluster.");

        aws.ecs()
                .updateContainerInstancesState(
                        u -> u.containerInstances(aws.arns()).status("ACTIVE"));
        story.letPassSeconds(1);

        assertThat(story.tasks("web")).hasSize(1);
    }

    @Test
    void aDrainedInstancesTasksAreReplacedElsewhere() {
        story.createService("web", "web", 3);
        story.letPassSeconds(10);
        var drained = aws.arns().getFirst();

        aws.drain(drained);
        story.letPassSeconds(1);
        var meanwhile = story.tasks("web").size();
        story.letPassSeconds(30);

        assertThat(meanwhile).isEqualTo(4);
        assertThat(on(story.tasks("web"))).hasSize(3).doesNotContain(drained);
        assertThat(aws.describe(drained).runningTasksCount()).isZero();
        assertThat(aws.describe(drained).status()).isEqualTo("DRAINING");
    }

    @Test
    void withoutRoomForReplacementsAnInstanceDoesNotDrain() {
        story.createService(
                "web",
                "web",
                3,
                s -> s.deploymentConfiguration(d -> d.minimumHealthyPercent(100).maximumPercent(100)));
        story.letPassSeconds(10);
        var drained = aws.arns().getFirst();

        aws.drain(drained);
        story.letPassSeconds(60);

        assertThat(on(story.tasks("web"))).hasSize(3).contains(drained);
    }

    @Test
    void whatDoesNotRunYetLeavesAtOnce() {
        story.define(
                "slow",
                container("app", c -> c.dependsOn(d -> d.containerName("setup").condition("COMPLETE"))),
                container("setup", c -> c.essential(false)));
        story.createService("slow", "slow", 1);
        story.letPassSeconds(10);
        var pending = story.tasks("slow").getFirst();

        aws.drain(pending.containerInstanceArn());
        story.letPassSeconds(1);

        assertThat(pending.lastStatus()).isEqualTo("PENDING");
        assertThat(story.now(pending).desiredStatus()).isEqualTo("STOPPED");
        assertThat(on(story.tasks("slow"))).hasSize(1).doesNotContain(pending.containerInstanceArn());
    }

    @Test
    void standAloneTasksStayOnADrainingInstance() {
        var task = story.started("web");

        aws.drain(task.containerInstanceArn());
        story.letPassSeconds(60);

        assertThat(story.now(task).lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void anInstanceGoneByForceIsReplaced() {
        story.createService("web", "web", 3);
        story.letPassSeconds(10);
        var gone = aws.arns().getFirst();

        aws.ecs().deregisterContainerInstance(d -> d.containerInstance(gone).force(true));
        story.letPassSeconds(10);

        assertThat(on(story.tasks("web"))).hasSize(3).doesNotContain(gone);
    }

    @Test
    void aDaemonIsOnEachInstanceOnce() {
        daemon();
        story.letPassSeconds(10);

        assertThat(story.service("agent").desiredCount()).isEqualTo(3);
        assertThat(on(story.tasks("agent"))).containsExactlyInAnyOrderElementsOf(aws.arns());

        var registered = aws.register("i-1", _ -> {});
        story.letPassSeconds(10);

        assertThat(on(story.tasks("agent"))).hasSize(4).contains(registered.containerInstanceArn());
    }

    @Test
    void aDaemonLeavesADrainingInstanceAndComesBack() {
        daemon();
        story.letPassSeconds(10);
        var drained = aws.arns().getFirst();

        aws.drain(drained);
        story.letPassSeconds(10);

        assertThat(on(story.tasks("agent"))).hasSize(2).doesNotContain(drained);
        assertThat(story.service("agent").desiredCount()).isEqualTo(2);

        aws.ecs()
                .updateContainerInstancesState(
                        u -> u.containerInstances(drained).status("ACTIVE"));
        story.letPassSeconds(10);

        assertThat(on(story.tasks("agent"))).containsExactlyInAnyOrderElementsOf(aws.arns());
    }

    @Test
    void aDaemonRollsOverAllInstances() {
        daemon();
        story.letPassSeconds(10);

        aws.ecs().updateService(u -> u.service("agent").forceNewDeployment(true));
        story.letPassSeconds(30);

        assertThat(on(story.tasks("agent"))).containsExactlyInAnyOrderElementsOf(aws.arns());
        assertThat(story.events("agent")).last().isEqualTo("has reached a steady state.");
    }

    @Test
    void aDaemonIsWhereItsConstraintsSay() {
        story.createService(
                "agent",
                "web",
                null,
                s -> s.schedulingStrategy("DAEMON")
                        .placementConstraints(c -> c.type("memberOf").expression("attribute:stack == prod")));
        story.letPassSeconds(10);
        assertThat(story.tasks("agent")).isEmpty();
        var arn = aws.arns().getFirst();

        aws.ecs()
                .putAttributes(
                        p -> p.attributes(a -> a.name("stack").value("prod").targetId(arn)));
        story.letPassSeconds(10);
        assertThat(on(story.tasks("agent"))).containsExactly(arn);

        aws.ecs().deleteAttributes(d -> d.attributes(a -> a.name("stack").targetId(arn)));
        story.letPassSeconds(10);
        assertThat(story.tasks("agent")).isEmpty();
    }

    @Test
    void scalingInTakesFromTheFullestInstance() {
        story.createService("web", "web", 4);
        story.letPassSeconds(10);

        aws.ecs().updateService(u -> u.service("web").desiredCount(3));
        story.letPassSeconds(10);

        assertThat(on(story.tasks("web"))).containsExactlyInAnyOrderElementsOf(aws.arns());
    }

    private void daemon() {
        story.createService("agent", "web", null, s -> s.schedulingStrategy("DAEMON"));
    }
}

package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/// Services behind load balancers: their tasks come into target groups, are watched there, and leave in time.
final class BalancedServiceTest {
    private final Story story = Story.calm();
    private final FrontEnd front = new FrontEnd(story);
    private final String group = front.group("web");

    @Test
    void tasksAreRegisteredByTheirAddressesOnceTheyRun() {
        awsvpc(2, FrontEnd.to(group));

        story.letPass(Duration.ofMillis(20));
        var before = front.targets(group);
        story.letPass(Story.SOON);

        assertThat(before).isEmpty();
        assertThat(front.targets(group))
                .containsOnly(entry(address(task(0)) + ":80", "healthy"), entry(address(task(1)) + ":80", "healthy"));
        assertThat(story.events("web"))
                .containsSubsequence(
                        started(2),
                        "registered 1 targets in (target-group %s)".formatted(group),
                        completed(),
                        "has reached a steady state.");
    }

    @Test
    void tasksWhoseAddressesCannotBeReachedAreReachedAtPublishedPorts() {
        story.aws().world().hidesContainers();
        story.aws().dataPlane().answersAt("127.0.0.1"::equals);

        awsvpc(1, FrontEnd.to(group));
        story.letPassSeconds(5);

        assertThat(front.targets(group)).containsOnly(entry(address(task(0)) + ":80", "healthy"));
    }

    @Test
    void tasksInBridgeModeAreRegisteredByTheirHostPorts() {
        var instances = front.instanceGroup("instances");
        story.define("web", container("app", c -> c.portMappings(p -> p.containerPort(80))));
        story.createService("web", "web", 2, s -> s.loadBalancers(FrontEnd.to(instances)));

        story.letPassSeconds(5);

        var instance = story.aws()
                .ec2()
                .describeInstances()
                .reservations()
                .getFirst()
                .instances()
                .getFirst()
                .instanceId();
        assertThat(front.targets(instances))
                .containsOnly(
                        entry(instance + ":" + hostPort(task(0)), "healthy"),
                        entry(instance + ":" + hostPort(task(1)), "healthy"));
    }

    @Test
    void aContainerThatStartsAgainAtAnotherHostPortIsRegisteredThere() {
        var instances = front.instanceGroup("instances");
        story.define(
                "web",
                container("app", c -> c.portMappings(p -> p.containerPort(80)).restartPolicy(p -> p.enabled(true))));
        story.createService("web", "web", 1, s -> s.loadBalancers(FrontEnd.to(instances)));
        story.letPassSeconds(600);
        var task = task(0);
        var before = hostPort(task);

        story.exit(task, "app", 1);
        story.letPass(Story.SOON);

        assertThat(task(0).taskArn()).isEqualTo(task.taskArn());
        assertThat(hostPort(task(0))).isNotEqualTo(before);
        assertThat(front.targets(instances).values()).containsExactlyInAnyOrder("draining", "healthy");
        assertThat(front.targets(instances))
                .anySatisfy((target, health) ->
                        assertThat(target + " " + health).endsWith(":" + hostPort(task(0)) + " healthy"));
    }

    @Test
    void aTaskMayBeInSeveralTargetGroups() {
        var admin = front.group("admin");
        story.defineAwsvpc(
                "web", container("app", c -> c.portMappings(p -> p.containerPort(80), p -> p.containerPort(9090))));
        story.createService(
                "web",
                "web",
                1,
                s -> s.networkConfiguration(story.network())
                        .loadBalancers(FrontEnd.to(group), FrontEnd.to(admin, "app", 9090)));

        story.letPassSeconds(5);
        var address = address(task(0));
        var groups = List.of(front.targets(group), front.targets(admin));
        story.ecs().updateService(u -> u.service("web").desiredCount(0));
        story.letPassSeconds(5);

        assertThat(groups.getFirst()).containsOnly(entry(address + ":80", "healthy"));
        assertThat(groups.getLast()).containsOnly(entry(address + ":9090", "healthy"));
        assertThat(front.states(group)).containsOnly("draining");
        assertThat(front.states(admin)).containsOnly("draining");
        assertThat(story.events("web"))
                .contains(
                        "registered 1 targets in (target-group %s)".formatted(admin),
                        "deregistered 1 targets in (target-group %s)".formatted(admin));
    }

    @Test
    void twoServicesMayShareATargetGroup() {
        awsvpc(1, FrontEnd.to(group));
        story.createService(
                "other", "web", 1, s -> s.networkConfiguration(story.network()).loadBalancers(FrontEnd.to(group)));
        story.letPassSeconds(10);

        story.ecs().deleteService(d -> d.service("other").force(true));
        story.letPass(Duration.ofMinutes(10));

        assertThat(front.targets(group)).containsOnly(entry(address(task(0)) + ":80", "healthy"));
    }

    @Test
    void aDeploymentWaitsForItsTargetsToBeHealthy() {
        awsvpc(1, FrontEnd.to(group));
        story.letPassSeconds(10);
        var old = task(0);

        story.aws().dataPlane().answersAt(address -> address.equals(address(old)));
        update(u -> u.forceNewDeployment(true).healthCheckGracePeriodSeconds(600));
        story.letPassSeconds(120);
        var waiting = story.service("web").deployments();
        story.aws().dataPlane().answersAt(_ -> true);
        story.letPassSeconds(90);

        assertThat(waiting)
                .extracting(Deployment::status, Deployment::rolloutState, Deployment::runningCount)
                .containsExactly(
                        tuple("PRIMARY", DeploymentRolloutState.IN_PROGRESS, 1),
                        tuple("ACTIVE", DeploymentRolloutState.COMPLETED, 1));
        assertThat(story.service("web").deployments())
                .extracting(Deployment::rolloutState)
                .containsExactly(DeploymentRolloutState.COMPLETED);
        assertThat(story.tasks("web")).extracting(Task::taskArn).doesNotContain(old.taskArn());
    }

    @Test
    void anOldTaskKeepsRunningWhileRequestsAreUnderWayOnIt() {
        awsvpc(1, FrontEnd.to(group));
        story.letPassSeconds(10);
        var old = task(0);
        story.aws().dataPlane().inFlight(address(old), 3);

        update(u -> u.forceNewDeployment(true));
        story.letPassSeconds(60);
        var draining = story.now(old);
        var targets = front.targets(group);
        story.aws().dataPlane().noRequests();
        story.letPassSeconds(5);

        assertThat(draining.lastStatus()).isEqualTo("DEACTIVATING");
        assertThat(draining.desiredStatus()).isEqualTo("STOPPED");
        assertThat(story.onEngine(old)).isEmpty();
        assertThat(targets).containsEntry(address(old) + ":80", "draining").hasSize(2);
        assertThat(story.now(old).lastStatus()).isEqualTo("STOPPED");
    }

    @Test
    void aTaskIsStoppedWhenItsDeregistrationDelayIsOver() {
        front.drainsFor(group, 30);
        awsvpc(1, FrontEnd.to(group));
        story.letPassSeconds(10);
        var old = task(0);
        story.aws().dataPlane().inFlight(address(old), 1);

        update(u -> u.desiredCount(0));
        story.letPassSeconds(29);
        var before = story.now(old).lastStatus();
        story.letPassSeconds(5);

        assertThat(before).isEqualTo("DEACTIVATING");
        assertThat(story.now(old).lastStatus()).isEqualTo("STOPPED");
        assertThat(front.targets(group)).isEmpty();
    }

    @Test
    void theEventsOfARollingUpdateComeInEcssOrder() {
        awsvpc(1, FrontEnd.to(group));
        story.letPassSeconds(10);
        var known = story.events("web").size();
        var first = story.service("web").deployments().getFirst().id();
        var old = task(0);

        update(u -> u.forceNewDeployment(true));
        story.letPassSeconds(30);

        assertThat(story.events("web").subList(known, story.events("web").size()))
                .containsExactly(
                        started(1),
                        "registered 1 targets in (target-group %s)".formatted(group),
                        "has stopped 1 running tasks: (task %s).".formatted(Story.id(old)),
                        "deregistered 1 targets in (target-group %s)".formatted(group),
                        "(service web, taskSet %s) has begun draining connections on 1 tasks.".formatted(first),
                        completed(),
                        "has reached a steady state.");
    }

    @Test
    void aTaskThatEndsByItselfIsTakenOutOfItsTargetGroup() {
        awsvpc(2, FrontEnd.to(group));
        story.letPassSeconds(10);
        var lost = task(0);

        story.exit(lost, "app", 1);
        story.letPassSeconds(10);

        assertThat(story.tasks("web")).hasSize(2).extracting(Task::taskArn).doesNotContain(lost.taskArn());
        assertThat(front.targets(group))
                .containsOnly(entry(address(task(0)) + ":80", "healthy"), entry(address(task(1)) + ":80", "healthy"));
        assertThat(story.events("web")).contains("deregistered 1 targets in (target-group %s)".formatted(group));
    }

    @Test
    void aDeletedServiceLeavesItsTargetGroup() {
        awsvpc(2, FrontEnd.to(group));
        story.letPassSeconds(10);

        story.ecs().deleteService(d -> d.service("web").force(true));
        story.letPass(Duration.ofMinutes(6));

        assertThat(front.targets(group)).isEmpty();
        assertThat(story.service("web").status()).isEqualTo("INACTIVE");
    }

    @Test
    void aGroupThatHasGoneStopsNoService() {
        awsvpc(1, FrontEnd.to(group));
        story.letPassSeconds(10);

        front.deleteGroup(group);
        story.letPassSeconds(60);
        update(u -> u.desiredCount(2));
        story.letPassSeconds(30);

        assertThat(story.service("web").runningCount()).isEqualTo(2);
    }

    private void awsvpc(int count, LoadBalancer... loadBalancers) {
        story.defineAwsvpc("web", container("app", c -> c.portMappings(p -> p.containerPort(80))));
        story.createService(
                "web",
                "web",
                count,
                s -> s.networkConfiguration(story.network()).loadBalancers(loadBalancers));
    }

    private void update(Consumer<UpdateServiceRequest.Builder> change) {
        story.ecs().updateService(u -> u.service("web").applyMutation(change));
    }

    private Task task(int number) {
        return story.tasks("web").get(number);
    }

    private static String address(Task task) {
        return task.containers().getFirst().networkInterfaces().getFirst().privateIpv4Address();
    }

    private static int hostPort(Task task) {
        return task.containers().getFirst().networkBindings().getFirst().hostPort();
    }

    /// The event of the newest tasks' start.
    private String started(int count) {
        return story.events("web").stream()
                .filter(event -> event.startsWith("has started " + count + " tasks: (task "))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private String completed() {
        return "(deployment %s) deployment completed."
                .formatted(story.service("web").deployments().getFirst().id());
    }
}

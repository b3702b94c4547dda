package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

/// What RunTask makes of what it is asked for.
final class RunTaskTest {
    private final Story story = Story.calm();

    @Test
    void aTaskOnEc2IsOnThisMachine() {
        story.define("job", container("app", c -> c.cpu(10).memoryReservation(32)));

        var task = story.run("job");

        assertThat(task.taskArn()).matches("arn:aws:ecs:us-east-1:000000000000:task/default/[0-9a-f]{32}");
        assertThat(task.clusterArn()).isEqualTo("arn:aws:ecs:us-east-1:000000000000:cluster/default");
        assertThat(task.launchType()).isEqualTo(LaunchType.EC2);
        assertThat(task.capacityProviderName()).isNull();
        assertThat(task.platformVersion()).isNull();
        assertThat(task.ephemeralStorage()).isNull();
        assertThat(task.containerInstanceArn())
                .matches("arn:aws:ecs:us-east-1:000000000000:container-instance/default/[0-9a-f]{32}");
        assertThat(task.availabilityZone()).isEqualTo("us-east-1a");
        assertThat(task.attachments()).isEmpty();
        assertThat(task.attributes())
                .extracting(a -> a.name() + "=" + a.value())
                .containsExactly("ecs.cpu-architecture=x86_64");
        var app = task.containers().getFirst();
        assertThat(app.containerArn())
                .matches("arn:aws:ecs:us-east-1:000000000000:container/default/" + Story.id(task) + "/[0-9a-f-]{36}");
        assertThat(app.taskArn()).isEqualTo(task.taskArn());
        assertThat(app.image()).isEqualTo("app");
        assertThat(app.cpu()).isEqualTo("10");
        assertThat(app.memory()).isEqualTo("64");
        assertThat(app.memoryReservation()).isEqualTo("32");
        assertThat(app.runtimeId()).isNull();
        assertThat(app.exitCode()).isNull();
    }

    @Test
    void aTaskOnFargateHasAPlatformAndNoInstance() {
        story.defineFargate("web", container("app", c -> c.memory(null)));

        var task = story.run("web", r -> r.launchType("FARGATE").networkConfiguration(story.network()));

        assertThat(task.launchType()).isEqualTo(LaunchType.FARGATE);
        assertThat(task.platformVersion()).isEqualTo("1.4.0");
        assertThat(task.platformFamily()).isEqualTo("Linux");
        assertThat(task.containerInstanceArn()).isNull();
        assertThat(task.cpu()).isEqualTo("256");
        assertThat(task.memory()).isEqualTo("512");
        assertThat(task.ephemeralStorage().sizeInGiB()).isEqualTo(20);
        assertThat(task.fargateEphemeralStorage().sizeInGiB()).isEqualTo(20);
        assertThat(task.containers().getFirst().cpu()).isEqualTo("0");
        assertThat(task.containers().getFirst().memory()).isNull();
    }

    @Test
    void theEngineIsToldWhatTheAgentWouldTellIt() {
        story.defineFargate("web", container("app", c -> c.memory(null)));
        var onFargate = story.run("web", r -> r.launchType("FARGATE").networkConfiguration(story.network()));
        story.define(
                "job",
                container("app", c -> c.environment(e -> e.name("AWS_REGION").value("mine"))));
        var onEc2 = story.run("job");
        story.letPass(Story.SOON);

        var fargate = story.aws().engine().spec(story.id(onFargate, "app"));
        var ec2 = story.aws().engine().spec(story.id(onEc2, "app"));

        assertThat(fargate.environment())
                .containsEntry("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE")
                .containsEntry("AWS_REGION", "us-east-1")
                .containsEntry("AWS_DEFAULT_REGION", "us-east-1");
        assertThat(ec2.environment())
                .containsEntry("AWS_EXECUTION_ENV", "AWS_ECS_EC2")
                .containsEntry("AWS_REGION", "mine");
        assertThat(ec2.name()).matches("ecs-job-1-app-[0-9a-f]{20}");
        assertThat(ec2.labels())
                .containsEntry("com.amazonaws.ecs.task-arn", onEc2.taskArn())
                .containsEntry("com.amazonaws.ecs.container-name", "app")
                .containsEntry("com.amazonaws.ecs.task-definition-family", "job")
                .containsEntry("com.amazonaws.ecs.task-definition-version", "1")
                .containsEntry("com.amazonaws.ecs.cluster", "default");
    }

    @Test
    void aRunningContainersRuntimeIdIsTheEnginesOnEc2AndTheTasksOnFargate() {
        story.define("job", container("app"));
        story.defineFargate("web", container("app", c -> c.memory(null)));
        var onEc2 = story.started("job");
        var onFargate = story.run("web", r -> r.launchType("FARGATE").networkConfiguration(story.network()));
        story.letPass(Story.SOON);

        assertThat(story.container(onEc2, "app").runtimeId())
                .isEqualTo(story.id(onEc2, "app").value());
        assertThat(story.container(onFargate, "app").runtimeId()).matches(Story.id(onFargate) + "-[0-9]{10}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void asManyTasksAreRunAsAreAskedFor(int count) {
        story.define("job", container("app"));

        var answer = story.ecs().runTask(r -> r.taskDefinition("job").count(count));

        assertThat(answer.tasks()).hasSize(count).doesNotHaveDuplicates();
        assertThat(answer.failures()).isEmpty();
    }

    @Test
    void theLatestRevisionIsRunUnlessOneIsNamed() {
        var first = story.define("job", container("app"));
        var second = story.define("job", container("app"));

        assertThat(story.run("job").taskDefinitionArn()).isEqualTo(second);
        assertThat(story.run("job:1").taskDefinitionArn()).isEqualTo(first);
        assertThat(story.run(first).taskDefinitionArn()).isEqualTo(first);
    }

    @Test
    void groupAndStarterAreTheCallers() {
        story.define("job", container("app"));

        var task = story.run("job", r -> r.group("nightly:batch").startedBy("cron/nightly_1-2"));
        var plain = story.run("job");

        assertThat(task.group()).isEqualTo("nightly:batch");
        assertThat(task.startedBy()).isEqualTo("cron/nightly_1-2");
        assertThat(plain.group()).isEqualTo("family:job");
        assertThat(plain.startedBy()).isNull();
    }

    @Test
    void theClustersDefaultStrategyHoldsWhereNothingIsAskedFor() {
        story.ecs()
                .putClusterCapacityProviders(p -> p.cluster("default")
                        .capacityProviders("FARGATE", "FARGATE_SPOT")
                        .defaultCapacityProviderStrategy(item("FARGATE_SPOT", 0, 1)));
        story.defineFargate("web", container("app", c -> c.memory(null)));

        var task = story.runAwsvpc("web");

        assertThat(task.launchType()).isEqualTo(LaunchType.FARGATE);
        assertThat(task.capacityProviderName()).isEqualTo("FARGATE_SPOT");
        assertThat(task.lastStatus()).isEqualTo("PROVISIONING");
    }

    @Test
    void aStrategySharesTheTasksOut() {
        story.ecs()
                .putClusterCapacityProviders(p -> p.cluster("default")
                        .capacityProviders("FARGATE", "FARGATE_SPOT")
                        .defaultCapacityProviderStrategy(List.of()));
        story.defineFargate("web", container("app", c -> c.memory(null)));

        var tasks = story.ecs()
                .runTask(r -> r.taskDefinition("web")
                        .count(6)
                        .capacityProviderStrategy(item("FARGATE", 2, 1), item("FARGATE_SPOT", 0, 1))
                        .networkConfiguration(story.network()))
                .tasks();

        assertThat(tasks)
                .extracting(Task::capacityProviderName)
                .containsExactlyInAnyOrder("FARGATE", "FARGATE", "FARGATE", "FARGATE", "FARGATE_SPOT", "FARGATE_SPOT");
    }

    @Test
    void tasksAreSpreadOverTheirSubnets() {
        story.defineAwsvpc("web", container("app"));

        var tasks = story.ecs()
                .runTask(r -> r.taskDefinition("web").count(3).networkConfiguration(story.network()))
                .tasks();

        assertThat(tasks)
                .extracting(Task::availabilityZone)
                .containsExactlyInAnyOrder("us-east-1a", "us-east-1b", "us-east-1c");
    }

    @Test
    void tagsOfTheRequestWinOverThoseOfTheDefinitionAndManagedOnesAreAdded() {
        story.define("job", r -> r.tags(tag("team", "a"), tag("cost", "1")), container("app"));

        var task = story.run(
                "job",
                r -> r.propagateTags(PropagateTags.TASK_DEFINITION)
                        .tags(tag("team", "b"), tag("run", "7"))
                        .enableECSManagedTags(true));

        assertThat(task.tags())
                .containsExactlyInAnyOrder(
                        tag("team", "b"), tag("cost", "1"), tag("run", "7"), tag("aws:ecs:clusterName", "default"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", ""})
    void aDefinitionsTagsStayWithItUnlessAskedFor(String propagate) {
        story.define("job", r -> r.tags(tag("team", "a")), container("app"));

        var task = story.run("job", r -> r.propagateTags(propagate.isEmpty() ? null : propagate));

        assertThat(task.tags()).isEmpty();
    }

    @Test
    void whatCannotBePlacedIsAFailureAndTheRestRuns() {
        story.define(
                "web",
                container("app", c -> c.portMappings(p -> p.containerPort(80).hostPort(8080))));

        var answer = story.ecs().runTask(r -> r.taskDefinition("web").count(3));

        assertThat(answer.tasks()).hasSize(1);
        assertThat(answer.failures())
                .extracting(Failure::reason, Failure::arn, Failure::detail)
                .containsOnly(tuple("RESOURCE:PORTS", answer.tasks().getFirst().containerInstanceArn(), null))
                .hasSize(2);
    }

    @Test
    void aTaskOfAnotherScopeIsNotSeen() {
        story.define("job", container("app"));
        var task = story.run("job");
        var elsewhere = story.aws().ecs(new Scope(TestEmulator.SCOPE.account(), new Region("eu-west-1")));
        elsewhere.createCluster();

        assertThat(elsewhere.listTasks().taskArns()).isEmpty();
        assertThat(elsewhere.describeTasks(d -> d.tasks(Story.id(task))).tasks())
                .isEmpty();
    }

    private static CapacityProviderStrategyItem item(String provider, int base, int weight) {
        return CapacityProviderStrategyItem.builder()
                .capacityProvider(provider)
                .base(base)
                .weight(weight)
                .build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}

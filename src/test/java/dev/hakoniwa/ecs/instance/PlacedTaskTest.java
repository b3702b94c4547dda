package dev.hakoniwa.ecs.instance;

import static dev.hakoniwa.ecs.Story.container;
import static dev.hakoniwa.ecs.instance.InstanceStory.on;
import static dev.hakoniwa.ecs.instance.InstanceStory.reasons;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

/// Where RunTask and StartTask put tasks, on three instances of 2 vCPUs and 8 GiB (ecs-capacity.md §4).
final class PlacedTaskTest {
    private final InstanceStory aws = new InstanceStory(3, "m5.large");

    @BeforeEach
    void aDefinition() {
        aws.story().define("job", r -> r.cpu("1024").memory("1024"), container("app"));
    }

    @Test
    void tasksFillTheInstancesAndNoMore() {
        var answer = run(r -> r.count(7));

        assertThat(answer.tasks()).hasSize(6);
        assertThat(reasons(answer)).containsExactly("RESOURCE:CPU", "RESOURCE:CPU", "RESOURCE:CPU");
        assertThat(answer.failures()).extracting(Failure::arn).containsExactlyInAnyOrderElementsOf(aws.arns());
    }

    @Test
    void memoryIsShortToo() {
        aws.story().define("large", r -> r.memory("8193"), container("app"));

        assertThat(reasons(aws.ecs().runTask(r -> r.taskDefinition("large")))).containsOnly("RESOURCE:MEMORY");
    }

    @Test
    void overridesCount() {
        assertThat(reasons(run(r -> r.overrides(o -> o.cpu("4096"))))).containsOnly("RESOURCE:CPU");
    }

    @Test
    void aStoppedTaskMakesRoom() {
        var all = run(r -> r.count(6)).tasks();
        aws.story().letPass(Story.SOON);
        aws.ecs().stopTask(s -> s.task(all.getFirst().taskArn()));
        aws.story().letPass(Story.SOON);

        assertThat(on(run(_ -> {}).tasks())).containsExactly(all.getFirst().containerInstanceArn());
    }

    @Test
    void tasksArePackedAndSpread() {
        var packed =
                run(r -> r.count(2).placementStrategy(s -> s.type("binpack").field("memory")));
        var spread = run(r -> r.count(2)
                .group("spread")
                .placementStrategy(s -> s.type("spread").field("attribute:ecs.availability-zone")));

        assertThat(on(packed.tasks()).stream().distinct()).hasSize(1);
        assertThat(on(spread.tasks()).stream().distinct()).hasSize(2);
    }

    @Test
    void tasksOfAGroupAreKeptApart() {
        var answer = run(r -> r.count(4).placementConstraints(c -> c.type("distinctInstance")));

        assertThat(on(answer.tasks())).containsExactlyInAnyOrderElementsOf(aws.arns());
        assertThat(reasons(answer)).containsOnly("DistinctInstance placement constraint unsatisfied");
    }

    @Test
    void expressionsOfTheDefinitionAndTheRequestHold() {
        aws.story()
                .define(
                        "picky",
                        r -> r.placementConstraints(
                                c -> c.type("memberOf").expression("attribute:ecs.availability-zone != us-east-1a")),
                        container("app"));

        var answer = aws.ecs()
                .runTask(r -> r.taskDefinition("picky")
                        .count(2)
                        .placementConstraints(
                                c -> c.type("memberOf").expression("attribute:ecs.availability-zone != us-east-1b")));
        var nowhere = aws.ecs()
                .runTask(r -> r.taskDefinition("picky")
                        .placementConstraints(c -> c.type("memberOf").expression("attribute:stack exists")));

        assertThat(answer.tasks()).extracting(Task::availabilityZone).containsExactly("us-east-1c", "us-east-1c");
        assertThat(nowhere.failures())
                .extracting(Failure::reason)
                .containsExactly(Collections.nCopies(3, "MemberOf placement constraint unsatisfied")
                        .toArray(String[]::new));
    }

    @Test
    void tasksGoWhereOthersOfAGroupAre() {
        var database = run(r -> r.group("database")).tasks().getFirst();

        var beside = run(r -> r.placementConstraints(c -> c.type("memberOf").expression("task:group == database")));

        assertThat(on(beside.tasks())).containsExactly(database.containerInstanceArn());
    }

    @Test
    void anAwsvpcTaskIsOnAnInstanceInTheZoneOfASubnet() {
        aws.story().defineAwsvpc("web", container("app"));
        var subnets = aws.story().aws().subnets();

        var near = aws.ecs()
                .runTask(r -> r.taskDefinition("web")
                        .count(2)
                        .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(subnets.get(1)))));
        aws.drain(near.tasks().getFirst().containerInstanceArn());
        var far = aws.ecs()
                .runTask(r -> r.taskDefinition("web")
                        .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(subnets.get(1)))));

        assertThat(near.tasks()).extracting(Task::availabilityZone).containsOnly("us-east-1b");
        assertThat(on(near.tasks()).stream().distinct()).hasSize(1);
        assertThat(reasons(far)).containsExactly("LOCATION", "LOCATION");
    }

    @Test
    void theOnlyInstanceStandsForThoseOfEveryZone() {
        var story = Story.calm();
        story.defineAwsvpc("web", container("app"));
        var subnet = story.aws().subnets().getLast();

        var task = story.run("web", r -> r.networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(subnet))));

        assertThat(task.availabilityZone()).isEqualTo("us-east-1c");
    }

    @Test
    void anInstanceThatCantDoItIsNotAsked() {
        aws.arns().forEach(aws::drain);
        aws.story().define("checked", container("app", c -> c.healthCheck(h -> h.command("CMD", "true"))));
        aws.register("i-1", r -> r.attributes(a -> a.name("ecs.capability.task-eni")));

        assertThat(reasons(aws.ecs().runTask(r -> r.taskDefinition("checked")))).containsExactly("ATTRIBUTE");
    }

    @Test
    void aTaskRunsOnARegisteredInstance() {
        aws.arns().forEach(aws::drain);
        var registered = aws.register("i-1", _ -> {});

        var task = run(_ -> {}).tasks().getFirst();
        aws.story().letPass(Story.SOON);

        assertThat(task.containerInstanceArn()).isEqualTo(registered.containerInstanceArn());
        assertThat(aws.story().now(task).lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void gpusAreNotThereUnlessRegistered() {
        aws.story()
                .define(
                        "train",
                        container(
                                "app",
                                c -> c.resourceRequirements(g -> g.type("GPU").value("1"))));

        assertThat(reasons(aws.ecs().runTask(r -> r.taskDefinition("train")))).containsOnly("RESOURCE:GPU");
    }

    @Test
    void withoutInstancesNothingRuns() {
        aws.arns().forEach(aws::drain);

        assertThatThrownBy(() -> run(_ -> {}))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("No Container Instances were found in your cluster.");
        var none = TestEmulator.withInstances(0, "m5.large");
        none.ecs().createCluster();
        assertThat(none.ecs().listContainerInstances().containerInstanceArns()).isEmpty();
    }

    @Test
    void aThousandTasksAreSpreadOverAHundredInstances() {
        var many = new InstanceStory(100, "m5.large");
        many.story().define("small", container("app"));

        var tasks = IntStream.range(0, 100)
                .mapToObj(_ -> many.ecs()
                        .runTask(r -> r.taskDefinition("small")
                                .count(10)
                                .placementConstraints(
                                        c -> c.type("memberOf").expression("attribute:ecs.instance-type =~ m5.*"))
                                .placementStrategy(
                                        s -> s.type("spread").field("attribute:ecs.availability-zone"),
                                        s -> s.type("spread").field("instanceId"))))
                .flatMap(answer -> answer.tasks().stream())
                .toList();

        assertThat(tasks.stream().collect(Collectors.groupingBy(Task::containerInstanceArn, Collectors.counting())))
                .hasSize(100)
                .allSatisfy((_, count) -> assertThat(count).isBetween(9L, 11L));
    }

    static List<Arguments> refusals() {
        return List.of(
                Arguments.of(
                        change(r ->
                                r.placementConstraints(c -> c.type("memberOf").expression("stack == a"))),
                        "Invalid expression 'stack == a': unknown subject stack at character 1."),
                Arguments.of(change(r -> r.placementConstraints(c -> c.type("memberOf"))), "Invalid expression ''"),
                Arguments.of(
                        change(r -> r.placementConstraints(
                                c -> c.type("distinctInstance").expression("a"))),
                        "The expression must be empty for a distinctInstance placement constraint."),
                Arguments.of(
                        change(r -> r.placementConstraints(c -> c.type("near"))),
                        "placementConstraints type should be one of"),
                Arguments.of(
                        change(r -> r.placementStrategy(s -> s.type("binpack").field("disk"))),
                        "Invalid field 'disk' for placement strategy binpack."),
                Arguments.of(
                        change(r -> r.placementStrategy(s -> s.type("spread"))),
                        "Invalid field '' for placement strategy spread."),
                Arguments.of(
                        change(r -> r.placementStrategy(s -> s.type("random").field("cpu"))),
                        "Invalid field 'cpu' for placement strategy random."));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void wrongRulesAreRefused(Consumer<RunTaskRequest.Builder> spoil, String text) {
        assertThatThrownBy(() -> run(spoil))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(text);
        assertThat(aws.ecs().listTasks().taskArns()).isEmpty();
    }

    @Test
    void startTaskPutsATaskOnEachInstance() {
        var arns = aws.arns();

        var answer = aws.ecs()
                .startTask(s -> s.taskDefinition("job")
                        .containerInstances(arns)
                        .group("batch")
                        .startedBy("me")
                        .overrides(o -> o.containerOverrides(c -> c.name("app").command("true")))
                        .tags(Tag.builder().key("team").value("a").build()));
        aws.story().letPass(Story.SOON);

        assertThat(on(answer.tasks())).containsExactlyElementsOf(arns);
        assertThat(answer.tasks().stream().map(aws.story()::now))
                .extracting(
                        Task::lastStatus,
                        Task::launchTypeAsString,
                        Task::group,
                        Task::startedBy,
                        t -> t.tags().size(),
                        t -> t.overrides().containerOverrides().getFirst().command())
                .containsOnly(tuple("RUNNING", "EC2", "batch", "me", 1, List.of("true")));
    }

    @Test
    void startTaskTellsWhyNot() {
        var arns = aws.arns();
        var missing = arns.getFirst().replaceFirst("[0-9a-f]{32}$", "0".repeat(32));
        aws.ecs().deregisterContainerInstance(d -> d.containerInstance(arns.getFirst()));
        aws.ecs().startTask(s -> s.taskDefinition("job").containerInstances(arns.get(1), arns.get(1)));

        var answer = aws.ecs()
                .startTask(s ->
                        s.taskDefinition("job").containerInstances(missing, arns.get(0), arns.get(1), arns.get(2)));

        assertThat(answer.failures())
                .extracting(Failure::arn, Failure::reason)
                .containsExactly(
                        tuple(missing, "MISSING"), tuple(arns.get(0), "INACTIVE"), tuple(arns.get(1), "RESOURCE:CPU"));
        assertThat(on(answer.tasks())).containsExactly(arns.get(2));
    }

    @Test
    void startTaskTakesOneToTenInstances() {
        assertThatThrownBy(() -> aws.ecs().startTask(s -> s.taskDefinition("job")))
                .isInstanceOf(ClientException.class)
                .hasMessageStartingWith("Container Instances cannot be empty.");
        assertThatThrownBy(() -> aws.ecs()
                        .startTask(s -> s.taskDefinition("job")
                                .containerInstances(
                                        Collections.nCopies(11, aws.arns().getFirst()))))
                .isInstanceOf(InvalidParameterException.class);
    }

    private RunTaskResponse run(Consumer<RunTaskRequest.Builder> rest) {
        return aws.ecs().runTask(r -> r.taskDefinition("job").applyMutation(rest));
    }

    private static Consumer<RunTaskRequest.Builder> change(Consumer<RunTaskRequest.Builder> change) {
        return change;
    }
}

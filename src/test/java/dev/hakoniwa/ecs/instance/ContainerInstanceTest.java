package dev.hakoniwa.ecs.instance;

import static dev.hakoniwa.ecs.Story.container;
import static dev.hakoniwa.ecs.instance.InstanceStory.amount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterContainsContainerInstancesException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.NoUpdateAvailableException;
import software.amazon.awssdk.services.ecs.model.Resource;
import software.amazon.awssdk.services.ecs.model.Tag;

/// Container instances, as they are registered, listed, described and taken away (ecs-capacity.md §3).
final class ContainerInstanceTest {
    private final InstanceStory aws = new InstanceStory(3, "m5.xlarge");

    @Test
    void aClusterHasInstancesInEveryZone() {
        var instances = aws.arns().stream().map(aws::describe).toList();

        assertThat(instances)
                .extracting(
                        ContainerInstance::status,
                        ContainerInstance::agentConnected,
                        i -> value(i, "ecs.availability-zone"),
                        i -> value(i, "ecs.instance-type"),
                        i -> amount(i.registeredResources(), "CPU"),
                        i -> amount(i.registeredResources(), "MEMORY"))
                .containsExactlyInAnyOrder(
                        tuple("ACTIVE", true, "us-east-1a", "m5.xlarge", 4096, 16384),
                        tuple("ACTIVE", true, "us-east-1b", "m5.xlarge", 4096, 16384),
                        tuple("ACTIVE", true, "us-east-1c", "m5.xlarge", 4096, 16384));
        assertThat(instances.getFirst().containerInstanceArn())
                .matches("arn:aws:ecs:us-east-1:000000000000:container-instance/default/[0-9a-f]{32}");
        assertThat(aws.ecs().describeClusters().clusters().getFirst().registeredContainerInstancesCount())
                .isEqualTo(3);
    }

    @Test
    void instancesAreThoseThatEc2Knows() {
        var known = aws.story().aws().ec2().describeInstances().reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .toList();

        assertThat(aws.arns().stream().map(aws::describe).map(ContainerInstance::ec2InstanceId))
                .containsExactlyInAnyOrderElementsOf(
                        known.stream().map(Instance::instanceId).toList());
        assertThat(known).extracting(Instance::instanceTypeAsString).containsOnly("m5.xlarge");
    }

    @Test
    void anotherClusterHasInstancesOfItsOwn() {
        aws.ecs().createCluster(c -> c.clusterName("other"));

        var others = aws.ecs().listContainerInstances(l -> l.cluster("other")).containerInstanceArns();

        assertThat(others).hasSize(3).doesNotContainAnyElementsOf(aws.arns());
    }

    @Test
    void whatTasksTakeIsCounted() {
        var arn = aws.arns().getFirst();
        aws.story()
                .define(
                        "web",
                        r -> r.cpu("512").memory("1024"),
                        container(
                                "app",
                                c -> c.portMappings(
                                        p -> p.containerPort(80).hostPort(8080),
                                        p -> p.containerPort(53).hostPort(5353).protocol("udp"))));
        var task = aws.ecs()
                .startTask(s -> s.taskDefinition("web").containerInstances(arn))
                .tasks()
                .getFirst();

        var pending = aws.describe(arn);
        aws.story().letPass(Story.SOON);
        var running = aws.describe(arn);
        aws.ecs().stopTask(s -> s.task(task.taskArn()));
        aws.story().letPass(Story.SOON);
        var stopped = aws.describe(arn);

        assertThat(List.of(pending, running, stopped))
                .extracting(
                        ContainerInstance::pendingTasksCount,
                        ContainerInstance::runningTasksCount,
                        i -> amount(i.remainingResources(), "CPU"),
                        i -> amount(i.remainingResources(), "MEMORY"),
                        i -> amount(i.remainingResources(), "PORTS_UDP"))
                .containsExactly(
                        tuple(1, 0, 3584, 15360, List.of("5353")),
                        tuple(0, 1, 3584, 15360, List.of("5353")),
                        tuple(0, 0, 4096, 16384, List.of()));
        var kept = List.of("22", "2375", "2376", "51678", "51679", "51680");
        assertThat(amount(stopped.remainingResources(), "PORTS")).isEqualTo(kept);
        assertThat(amount(running.registeredResources(), "PORTS")).isEqualTo(kept);
        assertThat(amount(running.remainingResources(), "PORTS"))
                .asList()
                .containsAll(kept)
                .contains("8080");
    }

    @Test
    void withoutSizeOfItsOwnATaskTakesWhatItsContainersReserve() {
        aws.story()
                .define(
                        "pair",
                        container("one", c -> c.cpu(100).memory(512).memoryReservation(128)),
                        container("other", c -> c.cpu(28).memory(256)));
        var arn = aws.story().run("pair").containerInstanceArn();

        var instance = aws.describe(arn);

        assertThat(amount(instance.remainingResources(), "CPU")).isEqualTo(4096 - 128);
        assertThat(amount(instance.remainingResources(), "MEMORY")).isEqualTo(16384 - 384);
    }

    @Test
    void instancesAreListedByStatusAndByQueryAndInPages() {
        var drained = aws.arns().getFirst();
        aws.drain(drained);

        assertThat(aws.arns()).hasSize(3);
        assertThat(aws.ecs().listContainerInstances(l -> l.status("DRAINING")).containerInstanceArns())
                .containsExactly(drained);
        assertThat(aws.ecs()
                        .listContainerInstances(
                                l -> l.filter("attribute:ecs.availability-zone in [us-east-1a, us-east-1b]"))
                        .containerInstanceArns())
                .hasSize(2);
        assertThat(aws.ecs()
                        .listContainerInstances(l -> l.filter("runningTasksCount > 0"))
                        .containerInstanceArns())
                .isEmpty();
        var first = aws.ecs().listContainerInstances(l -> l.maxResults(2));
        var second = aws.ecs().listContainerInstances(l -> l.maxResults(2).nextToken(first.nextToken()));
        assertThat(first.containerInstanceArns())
                .hasSize(2)
                .doesNotContainAnyElementsOf(second.containerInstanceArns());
        assertThat(second.containerInstanceArns()).hasSize(1);
        assertThatThrownBy(() -> aws.ecs().listContainerInstances(l -> l.filter("cpu > 3")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Invalid expression 'cpu > 3': unknown subject cpu at character 1.");
        assertThatThrownBy(() -> aws.ecs().listContainerInstances(l -> l.status("INACTIVE")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aRegisteredInstanceIsWhatItSaysOfItself() {
        var registered = aws.register(
                "i-0123",
                r -> r.totalResources(
                                number("CPU", 2048),
                                number("MEMORY", 3885),
                                Resource.builder()
                                        .name("GPU")
                                        .type("STRINGSET")
                                        .stringSetValue("GPU-1")
                                        .build())
                        .attributes(
                                Attribute.builder().name("stack").value("prod").build())
                        .versionInfo(v -> v.agentVersion("1.80.0"))
                        .tags(Tag.builder().key("team").value("a").build()));

        assertThat(registered.ec2InstanceId()).isEqualTo("i-0123");
        assertThat(amount(registered.registeredResources(), "CPU")).isEqualTo(2048);
        assertThat(amount(registered.registeredResources(), "MEMORY")).isEqualTo(3885);
        assertThat(amount(registered.registeredResources(), "GPU")).isEqualTo(List.of("GPU-1"));
        assertThat(value(registered, "stack")).isEqualTo("prod");
        assertThat(value(registered, "ecs.instance-type")).isEqualTo("c5.large");
        assertThat(value(registered, "ecs.availability-zone")).isEqualTo("us-east-1b");
        assertThat(registered.versionInfo().agentVersion()).isEqualTo("1.80.0");
        assertThat(registered.tags()).extracting(Tag::key).containsExactly("team");
        assertThat(aws.arns()).hasSize(4).contains(registered.containerInstanceArn());
        assertThat(aws.story()
                        .aws()
                        .ec2()
                        .describeInstances(d -> d.instanceIds("i-0123"))
                        .reservations())
                .hasSize(1);
    }

    @Test
    void anInstanceThatRegistersAgainStaysWhatItIs() {
        var arn = aws.register("i-0123", r -> r.totalResources(number("CPU", 2048)))
                .containerInstanceArn();

        var again = aws.register("i-0123", r -> r.containerInstanceArn(arn).totalResources(number("CPU", 2048)));

        assertThat(again.containerInstanceArn()).isEqualTo(arn);
        assertThat(aws.arns()).hasSize(4);
        assertThatThrownBy(() ->
                        aws.register("i-0123", r -> r.containerInstanceArn(arn).totalResources(number("CPU", 1024))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("cannot be re-registered with different resources");
    }

    @Test
    void aWrongRegistrationChangesNothing() {
        assertThatThrownBy(() -> aws.ecs().registerContainerInstance(r -> {}))
                .isInstanceOf(ClientException.class)
                .hasMessageStartingWith("Instance identity document can not be blank.");
        for (var document : List.of("[", "{}", "{\"instanceId\": \"\"}", "[1]", "{\"instanceId\": \"i-1\", ")) {
            assertThatThrownBy(() -> aws.ecs().registerContainerInstance(r -> r.instanceIdentityDocument(document)))
                    .isInstanceOf(ClientException.class)
                    .hasMessageStartingWith("The instance identity document is invalid.");
        }
        assertThatThrownBy(() -> aws.register("i-1", r -> r.cluster("nowhere")))
                .isInstanceOf(ClusterNotFoundException.class);
        assertThatThrownBy(() -> aws.register(
                        "i-1", r -> r.attributes(Attribute.builder().name("a b").build())))
                .isInstanceOf(InvalidParameterException.class);
        assertThat(aws.arns()).hasSize(3);
    }

    @Test
    void theFirstInstanceMakesTheDefaultCluster() {
        var emulator = TestEmulator.withInstances(0, "m5.large");

        emulator.ecs().registerContainerInstance(r -> r.instanceIdentityDocument("{\"instanceId\": \"i-1\"}"));

        assertThat(emulator.ecs().listContainerInstances().containerInstanceArns())
                .hasSize(1);
    }

    @Test
    void aDeregisteredInstanceIsRememberedForAWhile() {
        var arn = aws.arns().getFirst();

        var gone = aws.ecs()
                .deregisterContainerInstance(d -> d.containerInstance(arn))
                .containerInstance();

        assertThat(gone.status()).isEqualTo("INACTIVE");
        assertThat(aws.arns()).hasSize(2).doesNotContain(arn);
        assertThat(aws.describe(arn).status()).isEqualTo("INACTIVE");
        assertThat(aws.ecs().describeClusters().clusters().getFirst().registeredContainerInstancesCount())
                .isEqualTo(2);
        assertThatThrownBy(() -> aws.ecs().deregisterContainerInstance(d -> d.containerInstance(arn)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageMatching("Referenced container instance [0-9a-f]{32} not found\\..*");
        aws.story().letPassSeconds(3601);
        assertThat(aws.ecs()
                        .describeContainerInstances(d -> d.containerInstances(arn))
                        .failures())
                .extracting(Failure::reason)
                .containsExactly("MISSING");
    }

    @Test
    void anInstanceWithTasksIsOnlyDeregisteredByForce() {
        aws.story().define("job", container("app"));
        var task = aws.story().started("job");
        var arn = task.containerInstanceArn();

        assertThatThrownBy(() -> aws.ecs().deregisterContainerInstance(d -> d.containerInstance(arn)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Found running tasks on the instance.");
        aws.ecs().deregisterContainerInstance(d -> d.containerInstance(arn).force(true));
        aws.story().letPass(Story.SOON);

        assertThat(aws.story().now(task).lastStatus()).isEqualTo("STOPPED");
        assertThat(aws.story().now(task).stoppedReason()).isEqualTo("Container instance deregistration forced by user");
    }

    @Test
    void registeredInstancesKeepTheirCluster() {
        var arn = aws.register("i-0123", _ -> {}).containerInstanceArn();

        assertThatThrownBy(() -> aws.ecs().deleteCluster(d -> d.cluster("default")))
                .isInstanceOf(ClusterContainsContainerInstancesException.class);
        aws.ecs().deregisterContainerInstance(d -> d.containerInstance(arn));
        var deleted = aws.ecs().deleteCluster(d -> d.cluster("default")).cluster();
        aws.ecs().createCluster();

        assertThat(deleted.registeredContainerInstancesCount()).isZero();
        assertThat(aws.arns()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"DRAINING, DRAINING", "ACTIVE, ACTIVE"})
    void theStateIsChanged(String status, String shown) {
        var arn = aws.arns().getFirst();

        var answer = aws.ecs()
                .updateContainerInstancesState(
                        u -> u.containerInstances(arn, "0".repeat(32)).status(status));

        assertThat(answer.containerInstances())
                .extracting(ContainerInstance::status)
                .containsExactly(shown);
        assertThat(answer.failures()).extracting(Failure::reason).containsExactly("MISSING");
        assertThat(aws.describe(arn).status()).isEqualTo(shown);
    }

    @Test
    void wrongStatesAndNumbersAreRefused() {
        var arn = aws.arns().getFirst();

        assertThatThrownBy(() -> aws.ecs()
                        .updateContainerInstancesState(
                                u -> u.containerInstances(arn).status("INACTIVE")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Container instance status should be one of [ACTIVE, DRAINING]");
        assertThatThrownBy(() -> aws.ecs().updateContainerInstancesState(u -> u.status("ACTIVE")))
                .isInstanceOf(ClientException.class)
                .hasMessageStartingWith("Container Instances cannot be empty.");
        assertThatThrownBy(() -> aws.ecs()
                        .updateContainerInstancesState(
                                u -> u.status("ACTIVE").containerInstances(Collections.nCopies(11, arn))))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> aws.ecs().describeContainerInstances(d -> {}))
                .isInstanceOf(ClientException.class)
                .hasMessageStartingWith("Container Instances cannot be empty.");
        assertThatThrownBy(() ->
                        aws.ecs().describeContainerInstances(d -> d.containerInstances(Collections.nCopies(101, arn))))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void thereIsNoNewerAgent() {
        var arn = aws.arns().getFirst();

        assertThatThrownBy(() -> aws.ecs().updateContainerAgent(u -> u.containerInstance(arn)))
                .isInstanceOf(NoUpdateAvailableException.class);
        assertThatThrownBy(() -> aws.ecs().updateContainerAgent(u -> u.containerInstance("0".repeat(32))))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void tagsAndHealthAreShownToThoseWhoAsk() {
        var arn = aws.arns().getFirst();
        aws.ecs()
                .tagResource(t -> t.resourceArn(arn)
                        .tags(Tag.builder().key("team").value("a").build()));

        assertThat(aws.describe(arn).tags()).isEmpty();
        assertThat(aws.describe(arn).healthStatus()).isNull();
        var whole = aws.ecs()
                .describeContainerInstances(
                        d -> d.containerInstances(arn).includeWithStrings("TAGS", "CONTAINER_INSTANCE_HEALTH"))
                .containerInstances()
                .getFirst();
        assertThat(whole.tags()).extracting(Tag::key, Tag::value).containsExactly(tuple("team", "a"));
        assertThat(whole.healthStatus().overallStatusAsString()).isEqualTo("OK");
        assertThat(aws.ecs().listTagsForResource(l -> l.resourceArn(arn)).tags())
                .hasSize(1);
        aws.ecs().untagResource(u -> u.resourceArn(arn).tagKeys("team"));
        assertThat(aws.ecs().listTagsForResource(l -> l.resourceArn(arn)).tags())
                .isEmpty();
        assertThatThrownBy(() -> aws.ecs().listTagsForResource(l -> l.resourceArn(arn + "0")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("The specified container instance does not exist.");
    }

    @Test
    void tasksAreListedByInstance() {
        aws.story().define("job", container("app"));
        var arns = aws.arns();
        IntStream.range(0, 2)
                .forEach(i -> aws.ecs().startTask(s -> s.taskDefinition("job").containerInstances(arns.get(i))));

        var tasks =
                aws.ecs().listTasks(l -> l.containerInstance(arns.getFirst())).taskArns();

        assertThat(tasks).hasSize(1);
        assertThat(aws.ecs().listTasks(l -> l.containerInstance(arns.getLast())).taskArns())
                .isEmpty();
    }

    private static Resource number(String name, int value) {
        return Resource.builder().name(name).type("INTEGER").integerValue(value).build();
    }

    private static String value(ContainerInstance instance, String attribute) {
        return instance.attributes().stream()
                .filter(a -> a.name().equals(attribute))
                .map(Attribute::value)
                .findFirst()
                .orElse("");
    }
}

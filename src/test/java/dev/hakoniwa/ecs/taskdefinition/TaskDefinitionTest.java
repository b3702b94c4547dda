package dev.hakoniwa.ecs.taskdefinition;

import static dev.hakoniwa.ecs.TestEcs.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.TestEcs;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

@WireTest
final class TaskDefinitionTest {
    private static final String ARN = "arn:aws:ecs:us-east-1:123456789012:task-definition/";

    private final TestEcs aws = new TestEcs();
    private final EcsClient ecs = aws.client();

    @Test
    void revisionsCountUp() {
        register("app");
        var second = register("app");
        var other = register("other");

        assertThat(second.taskDefinitionArn()).isEqualTo(aws.in(ARN + "app:2"));
        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.status()).isEqualTo(TaskDefinitionStatus.ACTIVE);
        assertThat(second.registeredAt()).isEqualTo(aws.time().start());
        assertThat(second.registeredBy()).isEqualTo(aws.in("arn:aws:iam::123456789012:root"));
        assertThat(other.revision()).isEqualTo(1);
    }

    @Test
    void aRevisionsNumberIsNeverGivenAgain() {
        register("app");
        deregister("app:1");
        ecs.deleteTaskDefinitions(d -> d.taskDefinitions("app:1"));
        aws.time().advance(Duration.ofMinutes(5));

        var next = register("app");

        assertThat(next.revision()).isEqualTo(2);
    }

    @Test
    void aRefusedRegistrationTakesNoNumber() {
        register("app");
        assertThatThrownBy(() -> ecs.registerTaskDefinition(r -> r.family("app")
                        .tags(Tag.builder().key("aws:x").value("y").build())
                        .containerDefinitions(container())))
                .isInstanceOf(InvalidParameterException.class);

        var next = register("app");

        assertThat(next.revision()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "1024, 1024",
        "1 vCPU, 1024",
        "0.5 vCPU, 512",
        ".25 vcpu, 256",
        "2vCPU, 2048",
        "192 VCPU, 196608",
    })
    void cpuIsToldInUnits(String given, String kept) {
        var definition = ecs.registerTaskDefinition(
                        r -> r.family("app").cpu(given).containerDefinitions(container()))
                .taskDefinition();

        assertThat(definition.cpu()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"512, 512", "1GB, 1024", "2 GB, 2048", "0.5 gb, 512"})
    void memoryIsToldInMiB(String given, String kept) {
        var definition = ecs.registerTaskDefinition(
                        r -> r.family("app").memory(given).containerDefinitions(container()))
                .taskDefinition();

        assertThat(definition.memory()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "app:2", ARN + "app:2"})
    void aTaskDefinitionIsDescribedByAnyOfItsNames(String name) {
        register("app");
        var second = register("app");

        assertThat(describe(aws.in(name))).isEqualTo(second);
    }

    @Test
    void aFamilyMeansItsLatestActiveRevision() {
        register("app");
        register("app");
        register("app");
        deregister("app:3");
        deregister("app:1");

        assertThat(describe("app").revision()).isEqualTo(2);
        assertThat(describe("app:3").status()).isEqualTo(TaskDefinitionStatus.INACTIVE);
    }

    static Stream<Arguments> unknown() {
        return Stream.of(
                Arguments.of("gone", ClientException.class, "Unable to describe task definition."),
                Arguments.of("app:7", ClientException.class, "Unable to describe task definition."),
                Arguments.of("app:x", InvalidParameterException.class, "Invalid revision number. Number: x"),
                Arguments.of("app:0", InvalidParameterException.class, "Invalid revision number. Number: 0"),
                Arguments.of("app:99999999999", InvalidParameterException.class, "Invalid revision number."),
                Arguments.of("", InvalidParameterException.class, "TaskDefinition can not be blank."),
                Arguments.of(
                        "arn:aws:ecs:eu-west-1:123456789012:task-definition/app:1",
                        InvalidParameterException.class,
                        "Invalid Region in ARN"),
                Arguments.of(
                        "arn:aws:ecs:us-east-1:210987654321:task-definition/app:1",
                        InvalidParameterException.class,
                        "Identifier is for 210987654321. Your accountId is 123456789012"));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void anUnknownTaskDefinitionIsNotDescribed(String name, Class<? extends Exception> type, String message) {
        register("app");

        assertThatThrownBy(() -> describe(aws.in(name))).isInstanceOf(type).hasMessageStartingWith(aws.in(message));
    }

    @Test
    void aFamilyWithoutAnActiveRevisionIsNotDescribed() {
        register("app");
        deregister("app:1");

        assertThatThrownBy(() -> describe("app"))
                .isInstanceOf(ClientException.class)
                .hasMessageStartingWith("Unable to describe task definition.");
    }

    @Test
    void taskDefinitionsAreListedByFamilyThenRevision() {
        register("b");
        IntStream.range(0, 11).forEach(_ -> register("a"));
        register("a-b");

        var ascending = arns(ecs.listTaskDefinitionsPaginator(l -> l.maxResults(4)).taskDefinitionArns().stream());
        var descending = arns(ecs.listTaskDefinitions(l -> l.sort("DESC").maxResults(3)).taskDefinitionArns().stream());

        assertThat(ascending)
                .containsExactly(
                        "a:1", "a:2", "a:3", "a:4", "a:5", "a:6", "a:7", "a:8", "a:9", "a:10", "a:11", "a-b:1", "b:1");
        assertThat(descending).containsExactly("b:1", "a-b:1", "a:11");
    }

    @Test
    void taskDefinitionsAreListedByStatus() {
        register("app");
        register("app");
        register("application");
        deregister("app:1");

        var active = arns(ecs.listTaskDefinitions(l -> l.familyPrefix("app")).taskDefinitionArns().stream());
        var inactive = arns(ecs.listTaskDefinitions(l -> l.status("INACTIVE")).taskDefinitionArns().stream());

        assertThat(active).containsExactly("app:2");
        assertThat(inactive).containsExactly("app:1");
    }

    @Test
    void familiesAreListedByPrefixAndStatus() {
        register("app");
        register("apple");
        register("pear");
        deregister("apple:1");

        var all = ecs.listTaskDefinitionFamilies(l -> l.familyPrefix("app")).families();
        var active = ecs.listTaskDefinitionFamilies(l -> l.status(TaskDefinitionFamilyStatus.ACTIVE))
                .families();
        var inactive = ecs.listTaskDefinitionFamilies(l -> l.status(TaskDefinitionFamilyStatus.INACTIVE))
                .families();

        assertThat(all).containsExactly("app", "apple");
        assertThat(active).containsExactly("app", "pear");
        assertThat(inactive).containsExactly("apple");
    }

    @Test
    void aTokenOfAnotherListingIsRefused() {
        register("app");
        register("app");
        var token = ecs.listTaskDefinitions(l -> l.maxResults(1)).nextToken();

        assertThatThrownBy(
                        () -> ecs.listTaskDefinitions(l -> l.status("INACTIVE").nextToken(token)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Invalid token.");
    }

    @Test
    void aDeregisteredTaskDefinitionIsInactive() {
        register("app");
        aws.time().advance(Duration.ofSeconds(5));

        var inactive =
                ecs.deregisterTaskDefinition(d -> d.taskDefinition("app:1")).taskDefinition();

        assertThat(inactive.status()).isEqualTo(TaskDefinitionStatus.INACTIVE);
        assertThat(inactive.deregisteredAt()).isEqualTo(aws.time().start().plusSeconds(5));
        assertThat(describe("app:1")).isEqualTo(inactive);
    }

    static Stream<Arguments> notDeregistered() {
        return Stream.of(
                Arguments.of("app", ClientException.class, "Revision is missing."),
                Arguments.of("app:x", InvalidParameterException.class, "Invalid revision number. Number: x"),
                Arguments.of("app:2", ClientException.class, "Unable to describe task definition."));
    }

    @ParameterizedTest
    @MethodSource("notDeregistered")
    void onlyARevisionThatIsThereIsDeregistered(String name, Class<? extends Exception> type, String message) {
        register("app");

        assertThatThrownBy(() -> deregister(name)).isInstanceOf(type).hasMessageStartingWith(message);
    }

    @Test
    void anInactiveTaskDefinitionIsDeleted() {
        register("app");
        deregister("app:1");

        var deleting = ecs.deleteTaskDefinitions(d -> d.taskDefinitions("app:1"))
                .taskDefinitions()
                .getFirst();
        var families = ecs.listTaskDefinitionFamilies().families();
        aws.time().advance(Duration.ofMinutes(1));

        assertThat(deleting.status()).isEqualTo(TaskDefinitionStatus.DELETE_IN_PROGRESS);
        assertThat(deleting.deleteRequestedAt()).isEqualTo(aws.time().start());
        assertThat(families).containsExactly("app");
        assertThatThrownBy(() -> describe("app:1")).isInstanceOf(ClientException.class);
        assertThat(ecs.listTaskDefinitionFamilies().families()).isEmpty();
    }

    @Test
    @InJvm("made-up users")
    void aTaskDefinitionInUseIsDeletedLater() {
        var users = new TreeSet<>(Set.of(ARN + "app:1"));
        aws.definitions().usedBy((_, arn) -> users.contains(arn));
        register("app");
        deregister("app:1");
        ecs.deleteTaskDefinitions(d -> d.taskDefinitions("app:1"));

        aws.time().advance(Duration.ofMinutes(10));
        var whileUsed = find("app:1");
        users.clear();
        aws.time().advance(Duration.ofMinutes(1));

        assertThat(whileUsed).map(TaskDefinition::status).hasValue(TaskDefinitionStatus.DELETE_IN_PROGRESS);
        assertThat(find("app:1")).isEmpty();
    }

    @Test
    void whatCannotBeDeletedIsAFailure() {
        register("app");

        var answer = ecs.deleteTaskDefinitions(d -> d.taskDefinitions("app:1", "app", "app:9"));

        assertThat(answer.taskDefinitions()).isEmpty();
        assertThat(answer.failures())
                .extracting(Failure::arn, Failure::reason)
                .containsExactly(
                        tuple(
                                "app:1",
                                "The specified task definition is still in ACTIVE status. Please deregister the target and try again."),
                        tuple("app", "The specified task definition identifier is invalid."),
                        tuple(
                                "app:9",
                                "The specified task definition does not exist. Specify a valid account, family, revision and try again."));
    }

    @Test
    void atMostTenAreDeletedAtOnce() {
        var eleven = IntStream.rangeClosed(1, 11).mapToObj(i -> "app:" + i).toList();

        assertThatThrownBy(() -> ecs.deleteTaskDefinitions(d -> d.taskDefinitions(eleven)))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    @InJvm("asks as tasks do")
    void onlyAnActiveTaskDefinitionRuns() {
        register("app");
        deregister("app:1");

        assertThatThrownBy(() -> active("app:1"))
                .hasMessage("TaskDefinition is inactive")
                .extracting("code")
                .isEqualTo("ClientException");
        assertThatThrownBy(() -> active("app")).hasMessage("TaskDefinition not found.");
        assertThatThrownBy(() -> active("gone:1")).hasMessage("TaskDefinition not found.");
    }

    @Test
    void accountsAndRegionsDoNotSeeOneAnother() {
        register("app");

        var elsewhere = aws.client("123456789012", "eu-west-1");
        var others = aws.client("210987654321", "us-east-1");

        assertThat(elsewhere.listTaskDefinitions().taskDefinitionArns()).isEmpty();
        assertThat(others.listTaskDefinitionFamilies().families()).isEmpty();
    }

    private TaskDefinition register(String family) {
        return ecs.registerTaskDefinition(r -> r.family(family).containerDefinitions(container()))
                .taskDefinition();
    }

    private void deregister(String name) {
        ecs.deregisterTaskDefinition(d -> d.taskDefinition(name));
    }

    private TaskDefinition describe(String name) {
        return ecs.describeTaskDefinition(d -> d.taskDefinition(name)).taskDefinition();
    }

    private TaskDefinition active(String reference) {
        return aws.tables().write(() -> aws.definitions().active(SCOPE, reference));
    }

    private Optional<TaskDefinition> find(String reference) {
        return aws.tables().write(() -> aws.definitions().find(SCOPE, reference));
    }

    private static ContainerDefinition container() {
        return ContainerDefinition.builder().name("app").image("app").memory(64).build();
    }

    private static List<String> arns(Stream<String> arns) {
        return arns.map(arn -> arn.substring(ARN.length())).toList();
    }
}

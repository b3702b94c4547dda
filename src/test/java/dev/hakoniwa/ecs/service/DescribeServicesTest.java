package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Story;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.Tag;

/// DescribeServices and ListServices.
final class DescribeServicesTest {
    private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:service/default/";

    private final Story story = Story.calm();
    private final EcsClient ecs = story.ecs();

    @BeforeEach
    void aDefinition() {
        story.define("web", container("app"));
    }

    @Test
    void servicesAreFoundByNameAndArn() {
        service("a");
        service("b");
        service("c");

        var found = ecs.describeServices(
                        d -> d.services("c", ARN + "a", "arn:aws:ecs:us-east-1:000000000000:service/b"))
                .services();

        assertThat(found).extracting(Service::serviceName).containsExactly("c", "a", "b");
    }

    @Test
    void anArnOfAnotherClusterIsRefused() {
        ecs.createCluster(c -> c.clusterName("other"));
        story.createService("web", "web", 0, s -> s.cluster("other"));
        var arn = "arn:aws:ecs:us-east-1:000000000000:service/other/web";

        var found = ecs.describeServices(d -> d.cluster("other").services(arn));

        assertThat(found.services()).extracting(Service::serviceName).containsExactly("web");
        var refusal = "Invalid identifier: Identifier is for cluster other. Your cluster is default";
        assertThatThrownBy(() -> ecs.describeServices(d -> d.services(arn)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(refusal);
        assertThatThrownBy(() -> ecs.updateService(u -> u.service(arn).desiredCount(1)))
                .hasMessageStartingWith(refusal);
        assertThatThrownBy(() -> ecs.deleteService(u -> u.service(arn))).hasMessageStartingWith(refusal);
    }

    @Test
    void whatIsNotThereIsMissing() {
        service("a");

        var answer = ecs.describeServices(d -> d.services("a", "nothing", ARN + "nobody"));

        assertThat(answer.services()).extracting(Service::serviceName).containsExactly("a");
        assertThat(answer.failures())
                .extracting(Failure::arn, Failure::reason)
                .containsExactly(tuple(ARN + "nothing", "MISSING"), tuple(ARN + "nobody", "MISSING"));
    }

    @Test
    void tagsAreShownWhenAskedFor() {
        var tag = Tag.builder().key("team").value("shop").build();
        story.createService("web", "web", 0, s -> s.tags(tag));

        var with = ecs.describeServices(d -> d.services("web").include(ServiceField.TAGS));
        var without = ecs.describeServices(d -> d.services("web"));

        assertThat(with.services().getFirst().tags()).containsExactly(tag);
        assertThat(without.services().getFirst().tags()).isEmpty();
    }

    @Test
    void accountsAndRegionsDontSeeOneAnother() {
        service("web");
        var elsewhere = story.aws().ecs(new Scope(new AccountId("000000000000"), new Region("eu-west-1")));
        var stranger = story.aws().ecs(new Scope(new AccountId("111111111111"), new Region("us-east-1")));
        elsewhere.createCluster();
        stranger.createCluster();

        assertThat(elsewhere.listServices().serviceArns()).isEmpty();
        assertThat(stranger.describeServices(d -> d.services("web")).failures()).hasSize(1);
        assertThatThrownBy(() -> stranger.describeServices(d -> d.services(ARN + "web")))
                .hasMessageStartingWith("Identifier is for 000000000000. Your accountId is 111111111111");
        assertThatThrownBy(() -> elsewhere.describeServices(d -> d.services(ARN + "web")))
                .hasMessageStartingWith("Invalid Region in ARN");
    }

    @Test
    void aQuestionNamesOneToTenServices() {
        assertThatThrownBy(() -> ecs.describeServices(d -> d.services(List.of())))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Services cannot be empty.");
        assertThatThrownBy(() -> ecs.describeServices(d -> d.services(Collections.nCopies(11, "web"))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Services can have at most 10 items.");
        assertThatThrownBy(() -> ecs.describeServices(d -> d.services("web").cluster("nowhere")))
                .isInstanceOf(ClusterNotFoundException.class);
    }

    @Test
    void servicesAreListedPageByPage() {
        IntStream.range(0, 25).forEach(i -> service("s%02d".formatted(i)));

        var pages = new ArrayList<List<String>>();
        ecs.listServicesPaginator().forEach(page -> pages.add(page.serviceArns()));

        assertThat(pages).extracting(List::size).containsExactly(10, 10, 5);
        assertThat(pages.stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.range(0, 25)
                        .mapToObj(i -> ARN + "s%02d".formatted(i))
                        .toList());
    }

    @Test
    void aPageGoesOnWhereTheLastOneEndedThoughServicesComeAndGo() {
        List.of("b", "d", "f", "h").forEach(this::service);
        var first = ecs.listServices(l -> l.maxResults(2));
        service("a");
        ecs.deleteService(d -> d.service("f"));

        var second = ecs.listServices(l -> l.maxResults(2).nextToken(first.nextToken()));

        assertThat(first.serviceArns()).containsExactly(ARN + "b", ARN + "d");
        assertThat(second.serviceArns()).containsExactly(ARN + "h");
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void servicesAreListedByWhatTheyRunOn() {
        story.defineFargate("fargate", container("app"));
        service("ec2");
        story.createService(
                "fargate", "fargate", 0, s -> s.launchType("FARGATE").networkConfiguration(story.network()));
        story.createService("daemon", "web", null, s -> s.schedulingStrategy("DAEMON"));

        assertThat(ecs.listServices(l -> l.launchType(LaunchType.FARGATE)).serviceArns())
                .containsExactly(ARN + "fargate");
        assertThat(ecs.listServices(l -> l.launchType("EC2")).serviceArns())
                .containsExactly(ARN + "daemon", ARN + "ec2");
        assertThat(ecs.listServices(l -> l.schedulingStrategy("REPLICA")).serviceArns())
                .containsExactly(ARN + "ec2", ARN + "fargate");
        assertThat(ecs.listServices(l -> l.schedulingStrategy("DAEMON").launchType("FARGATE"))
                        .serviceArns())
                .isEmpty();
        assertThat(ecs.listServices(l -> l.resourceManagementType("CUSTOMER")).serviceArns())
                .hasSize(3);
        assertThat(ecs.listServices(l -> l.resourceManagementType("ECS")).serviceArns())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101, -1})
    void aPageHoldsOneToAHundredServices(int size) {
        assertThatThrownBy(() -> ecs.listServices(l -> l.maxResults(size)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("maxResults should be between 1 and 100.");
    }

    @ParameterizedTest
    @CsvSource({"garbage, EC2", ", MAINFRAME"})
    void aListingIsAskedForInOrder(String token, String launchType) {
        assertThatThrownBy(() -> ecs.listServices(l -> l.nextToken(token).launchType(launchType)))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aTokenIsOfItsListingAlone() {
        List.of("a", "b", "c").forEach(this::service);
        var token = ecs.listServices(l -> l.maxResults(1)).nextToken();

        assertThatThrownBy(() -> ecs.listServices(l -> l.nextToken(token).launchType("EC2")))
                .hasMessageStartingWith("Invalid token.");
    }

    @Test
    void theTasksOfAServiceAreListedByItsNameOrArn() {
        story.createService("web", "web", 2);
        story.createService("api", "web", 1);
        story.letPass(Story.SOON);

        assertThat(ecs.listTasks(t -> t.serviceName("web")).taskArns()).hasSize(2);
        assertThat(ecs.listTasks(t -> t.serviceName(ARN + "api")).taskArns()).hasSize(1);
        assertThatThrownBy(() -> ecs.listTasks(t -> t.serviceName("nothing")))
                .hasMessageStartingWith("Service not found.");
    }

    private void service(String name) {
        story.createService(name, "web", 0);
    }
}

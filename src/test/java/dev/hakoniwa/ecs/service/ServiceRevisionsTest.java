package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerImage;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.ServiceRevisionLoadBalancer;

/// Service revisions: what the tasks of one deployment are made from, for ever the same.
final class ServiceRevisionsTest {
    private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:";
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private final Story story = Story.calm();
    private final EcsClient ecs = story.ecs();

    @Test
    void aRevisionTellsWhatItsTasksAreMadeFrom() {
        var group = new FrontEnd(story).group("web");
        story.aws().engine().publish("app", DIGEST);
        var definition = story.defineFargate("web", container("app", c -> c.portMappings(p -> p.containerPort(80))));
        var service = story.createService(
                "web",
                "web",
                1,
                s -> s.launchType("FARGATE")
                        .networkConfiguration(story.network())
                        .loadBalancers(FrontEnd.to(group)));
        var arn = service.currentServiceRevisions().getFirst().arn();
        story.letPassSeconds(10);

        var revision = revision(arn);

        assertThat(revision)
                .isEqualTo(ServiceRevision.builder()
                        .serviceRevisionArn(arn)
                        .serviceArn(ARN + "service/default/web")
                        .clusterArn(ARN + "cluster/default")
                        .taskDefinition(definition)
                        .launchType(LaunchType.FARGATE)
                        .platformVersion("LATEST")
                        .platformFamily("Linux")
                        .networkConfiguration(story.network())
                        .loadBalancers(FrontEnd.to(group))
                        .serviceRegistries(List.of())
                        .containerImages(ContainerImage.builder()
                                .containerName("app")
                                .image("app")
                                .imageDigest(DIGEST)
                                .build())
                        .guardDutyEnabled(false)
                        .resolvedConfiguration(r -> r.loadBalancers(ServiceRevisionLoadBalancer.builder()
                                .targetGroupArn(group)
                                .build()))
                        .createdAt(TestEmulator.START)
                        .build());
    }

    @Test
    void aRevisionIsTheSameWhateverBecomesOfItsService() {
        story.define("web", container("app"));
        var arn = story.createService("web", "web", 1)
                .currentServiceRevisions()
                .getFirst()
                .arn();
        story.letPassSeconds(10);
        var before = revision(arn);

        story.define("web", container("app"));
        ecs.updateService(u -> u.service("web").taskDefinition("web"));
        story.letPassSeconds(30);

        assertThat(story.service("web").currentServiceRevisions().getFirst().arn())
                .isNotEqualTo(arn);
        assertThat(revision(arn)).isEqualTo(before);
    }

    @Test
    void anImageThatWasBuiltHereHasNoDigest() {
        story.define("web", container("app"));
        var arn = story.createService("web", "web", 0)
                .currentServiceRevisions()
                .getFirst()
                .arn();

        assertThat(revision(arn).containerImages())
                .extracting(ContainerImage::containerName, ContainerImage::image, ContainerImage::imageDigest)
                .containsExactly(tuple("app", "app", null));
    }

    @Test
    void whatIsNotThereIsMissing() {
        story.define("web", container("app"));
        story.createService("web", "web", 0);
        var nowhere = ARN + "service-revision/default/web/1234567890123456789";

        assertThat(ecs.describeServiceRevisions(d -> d.serviceRevisionArns(nowhere))
                        .failures())
                .extracting(Failure::arn, Failure::reason)
                .containsExactly(tuple(nowhere, "MISSING"));
        assertThatThrownBy(() -> ecs.describeServiceRevisions(d -> d.serviceRevisionArns(List.of())))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("serviceRevisionArns cannot be empty.");
    }

    private ServiceRevision revision(String arn) {
        return ecs.describeServiceRevisions(d -> d.serviceRevisionArns(arn))
                .serviceRevisions()
                .getFirst();
    }
}

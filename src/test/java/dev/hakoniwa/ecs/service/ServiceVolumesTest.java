package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.Story;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ServiceVolumeConfiguration;

/// Volumes of EBS that the tasks of services get (ecs-tasks.md §12).
final class ServiceVolumesTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/infrastructure";

    private final Story story = Story.calm();

    @BeforeEach
    void define() {
        story.define("web", r -> r.volumes(v -> v.name("data").configuredAtLaunch(true)), container("app"));
        story.define("plain", container("app"));
    }

    @Test
    void everyTaskHasAVolumeThatGoesWithIt() {
        story.createService("web", "web", 2, s -> s.volumeConfigurations(volume(10)));
        story.letPass(Story.SOON);

        var attachments = story.tasks("web").stream()
                .flatMap(task -> task.attachments().stream())
                .toList();
        assertThat(attachments).extracting(Attachment::type).containsOnly("AmazonElasticBlockStorage");
        assertThat(attachments)
                .allSatisfy(attachment -> assertThat(attachment.details())
                        .anySatisfy(detail -> assertThat(detail.name() + "=" + detail.value())
                                .isEqualTo("deleteOnTermination=true")));
        assertThat(volumes()).hasSize(2);
        story.ecs().updateService(u -> u.service("web").desiredCount(0));
        story.letPassSeconds(120);
        assertThat(volumes()).isEmpty();
    }

    @Test
    void theVolumeIsShownWithItsDeploymentAndRevision() {
        var service = story.createService("web", "web", 1, s -> s.volumeConfigurations(volume(10)));

        var revision = service.currentServiceRevisions().getFirst().arn();

        assertThat(service.deployments().getFirst().volumeConfigurations()).containsExactly(volume(10));
        assertThat(story.ecs()
                        .describeServiceRevisions(d -> d.serviceRevisionArns(revision))
                        .serviceRevisions()
                        .getFirst()
                        .volumeConfigurations())
                .containsExactly(volume(10));
    }

    @Test
    void anotherVolumeIsAnotherDeployment() {
        story.createService("web", "web", 1, s -> s.volumeConfigurations(volume(10)));
        story.letPassSeconds(120);

        var same = story.ecs()
                .updateService(u -> u.service("web").volumeConfigurations(volume(10)))
                .service();
        var other = story.ecs()
                .updateService(u -> u.service("web").volumeConfigurations(volume(20)))
                .service();

        assertThat(same.deployments()).hasSize(1);
        assertThat(other.deployments()).hasSize(2);
        assertThat(other.deployments().getFirst().volumeConfigurations()).containsExactly(volume(20));
    }

    @Test
    void aVolumeIsWantedWhereTheDefinitionLeavesOneOpen() {
        assertThatThrownBy(() -> story.createService("web", "web", 1))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("The volume data of the task definition is configured at launch");
        assertThatThrownBy(() -> story.createService("web", "plain", 1, s -> s.volumeConfigurations(volume(10))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Volume configuration provided but no matching configuredAtLaunch volume");
        assertThat(story.ecs().listServices().serviceArns()).isEmpty();
    }

    @Test
    void anUpdateMayTakeTheVolumeAway() {
        story.createService("web", "web", 1, s -> s.volumeConfigurations(volume(10)));

        assertThatThrownBy(() -> story.ecs().updateService(u -> u.service("web").taskDefinition("plain")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Volume configuration provided but no matching configuredAtLaunch volume");
        var updated = story.ecs()
                .updateService(u -> u.service("web")
                        .taskDefinition("plain")
                        .volumeConfigurations(List.<ServiceVolumeConfiguration>of()))
                .service();

        assertThat(updated.deployments().getFirst().volumeConfigurations()).isEmpty();
    }

    private static ServiceVolumeConfiguration volume(int size) {
        return ServiceVolumeConfiguration.builder()
                .name("data")
                .managedEBSVolume(e -> e.roleArn(ROLE).sizeInGiB(size))
                .build();
    }

    private List<String> volumes() {
        return story.aws().engine().volumes().list(Map.of());
    }
}

package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

final class ServiceDeploymentListingTest {
    private final Story story = Story.calm();
    private final EcsClient ecs = story.ecs();

    @Test
    void deploymentsAreListedByStatusAndTime() {
        service();
        story.letPassSeconds(10);
        deploy();

        assertThat(ecs.listServiceDeployments(l -> l.service("web").status(ServiceDeploymentStatus.SUCCESSFUL))
                        .serviceDeployments())
                .extracting(ServiceDeploymentBrief::createdAt)
                .containsExactly(TestEmulator.START);
        assertThat(ecs.listServiceDeployments(
                                l -> l.service("web").createdAt(c -> c.after(TestEmulator.START.plusSeconds(5))))
                        .serviceDeployments())
                .extracting(ServiceDeploymentBrief::createdAt)
                .containsExactly(TestEmulator.START.plusSeconds(10));
        assertThat(ecs.listServiceDeployments(
                                l -> l.service("web").createdAt(c -> c.before(TestEmulator.START.plusSeconds(5))))
                        .serviceDeployments())
                .hasSize(1);
    }

    @Test
    void deploymentsAreListedPageByPage() {
        service();
        for (var i = 0; i < 4; i++) {
            deploy();
        }

        var first = ecs.listServiceDeployments(l -> l.service("web").maxResults(2));
        var second =
                ecs.listServiceDeployments(l -> l.service("web").maxResults(2).nextToken(first.nextToken()));
        var third =
                ecs.listServiceDeployments(l -> l.service("web").maxResults(2).nextToken(second.nextToken()));

        assertThat(Stream.of(first, second, third).flatMap(page -> page.serviceDeployments().stream()))
                .containsExactlyElementsOf(list());
        assertThat(third.nextToken()).isNull();
    }

    private void service() {
        story.define("web", container("app"));
        story.createService("web", "web", 0);
    }

    private void deploy() {
        story.define("web", container("app"));
        ecs.updateService(u -> u.service("web").taskDefinition("web"));
    }

    private List<ServiceDeploymentBrief> list() {
        return ecs.listServiceDeployments(l -> l.service("web")).serviceDeployments();
    }
}

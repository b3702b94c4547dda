package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.Story;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;

/// What ECS's services have and ours don't is refused by name.
final class UnavailableServiceMembersTest {
    private final Story story = Story.calm();
    private final EcsClient ecs = story.ecs();

    static Stream<Arguments> absences() {
        return Stream.of(
                absent(
                        "The deployment controller CODE_DEPLOY",
                        s -> s.deploymentController(c -> c.type("CODE_DEPLOY"))),
                absent("The deployment controller EXTERNAL", s -> s.deploymentController(c -> c.type("EXTERNAL"))),
                absent(
                        "The deployment strategy BLUE_GREEN",
                        s -> s.deploymentConfiguration(d -> d.strategy("BLUE_GREEN"))),
                absent(
                        "A deployment in steps",
                        s -> s.deploymentConfiguration(d -> d.linearConfiguration(l -> l.stepPercent(10.0)))),
                absent(
                        "A deployment lifecycle hook",
                        s -> s.deploymentConfiguration(d -> d.lifecycleHooks(h -> h.hookTargetArn("lambda")))),
                absent("Service Connect", s -> s.serviceConnectConfiguration(c -> c.enabled(true))),
                absent("Service discovery", s -> s.serviceRegistries(r -> r.registryArn("registry"))),
                absent("VPC Lattice", s -> s.vpcLatticeConfigurations(v -> v.portName("http"))),
                absent(
                        "A Classic Load Balancer",
                        s -> s.loadBalancers(LoadBalancer.builder()
                                .loadBalancerName("classic")
                                .containerName("app")
                                .containerPort(80)
                                .build())),
                absent(
                        "advancedConfiguration of a load balancer",
                        s -> s.loadBalancers(
                                FrontEnd.to("group").copy(b -> b.advancedConfiguration(a -> a.roleArn("role"))))));
    }

    @ParameterizedTest
    @MethodSource("absences")
    void whatIsNotHereIsRefusedByName(String what, Consumer<CreateServiceRequest.Builder> spoil) {
        var group = new FrontEnd(story).instanceGroup("group");
        story.define("bridge", container("app", c -> c.portMappings(p -> p.containerPort(80))));
        var request = CreateServiceRequest.builder()
                .serviceName("web")
                .taskDefinition("bridge")
                .desiredCount(1)
                .applyMutation(spoil)
                .build();
        var balancers = request.loadBalancers().stream()
                .map(b -> b.targetGroupArn() == null ? b : b.copy(c -> c.targetGroupArn(group)))
                .toList();

        assertThatThrownBy(() ->
                        ecs.createService(request.copy(r -> r.loadBalancers(balancers.isEmpty() ? null : balancers))))
                .isInstanceOfSatisfying(EcsException.class, refusal -> {
                    assertThat(refusal.statusCode()).isEqualTo(400);
                    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterException");
                    assertThat(refusal.awsErrorDetails().errorMessage())
                            .startsWith(what + " is not available in Hakoniwa.");
                });
        assertThat(ecs.listServices().serviceArns()).isEmpty();
    }

    private static Arguments absent(String what, Consumer<CreateServiceRequest.Builder> spoil) {
        return Arguments.of(what, spoil);
    }
}

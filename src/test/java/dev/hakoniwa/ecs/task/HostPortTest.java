package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.NetworkBinding;
import software.amazon.awssdk.services.ecs.model.Task;

/// The ports of the one machine that stands for every container instance (ecs-tasks.md §11).
final class HostPortTest {
    private final Story story = Story.calm();

    @Test
    void aFixedPortIsBoundWhenTheContainerRuns() {
        story.define("web", mapping(80, 8080, "tcp"));
        var before = story.run("web");

        story.letPass(Story.SOON);

        assertThat(before.containers().getFirst().networkBindings()).isEmpty();
        assertThat(bindings(before))
                .extracting(
                        NetworkBinding::bindIP,
                        NetworkBinding::containerPort,
                        NetworkBinding::hostPort,
                        NetworkBinding::protocolAsString)
                .containsExactly(tuple("0.0.0.0", 80, 8080, "tcp"));
    }

    @Test
    void otherPortsAreChosenForEachTask() {
        story.define("web", mapping(80, 0, "tcp"));

        var one = story.started("web");
        var other = story.started("web");

        assertThat(bindings(one).getFirst().hostPort()).isBetween(32_768, 65_535);
        assertThat(bindings(other).getFirst().hostPort())
                .isBetween(32_768, 65_535)
                .isNotEqualTo(bindings(one).getFirst().hostPort());
    }

    @Test
    void aFixedPortIsGivenOnce() {
        story.define("web", mapping(80, 8080, "tcp"));
        story.define("other", mapping(90, 8080, "tcp"));
        story.run("web");

        assertThat(failures("web")).containsExactly("RESOURCE:PORTS");
        assertThat(failures("other")).containsExactly("RESOURCE:PORTS");
    }

    @Test
    void tcpAndUdpAreApart() {
        story.define("web", mapping(80, 8080, "tcp"));
        story.define("dns", mapping(80, 8080, "udp"));
        story.run("web");

        assertThat(failures("dns")).isEmpty();
    }

    @Test
    void aPortIsFreeAgainWhenItsTaskHasStopped() {
        story.define("web", mapping(80, 8080, "tcp"));
        var first = story.started("web");
        story.ecs().stopTask(s -> s.task(first.taskArn()));
        assertThat(failures("web")).containsExactly("RESOURCE:PORTS");

        story.letPass(Story.SOON);

        assertThat(failures("web")).isEmpty();
    }

    @Test
    void aPortIsFreeAgainWhenItsTaskCouldNotStart() {
        story.aws().world().refusesPull("app", "manifest unknown");
        story.define("web", mapping(80, 8080, "tcp"));
        story.started("web");
        story.aws().world().allowsPull("app");

        assertThat(failures("web")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {22, 2375, 2376, 51678, 51679, 51680})
    void theInstanceKeepsSomePortsForItself(int port) {
        story.define("web", mapping(80, port, "tcp"));

        assertThat(failures("web")).containsExactly("RESOURCE:PORTS");
        assertThat(story.ecs().listTasks().taskArns()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"22, udp", "2377, tcp", "51681, tcp"})
    void theInstanceKeepsNoOtherPortForItself(int port, String protocol) {
        story.define("web", mapping(80, port, protocol));

        assertThat(failures("web")).isEmpty();
    }

    @Test
    void inHostModeTheContainersPortsAreTheHosts() {
        story.define(
                "web", r -> r.networkMode("host"), container("app", c -> c.portMappings(p -> p.containerPort(8080))));

        var task = story.started("web");

        assertThat(bindings(task))
                .extracting(NetworkBinding::containerPort, NetworkBinding::hostPort)
                .containsExactly(tuple(8080, 8080));
        assertThat(task.containers().getFirst().networkInterfaces()).isEmpty();
        assertThat(failures("web")).containsExactly("RESOURCE:PORTS");
    }

    @Test
    void awsvpcTasksHavePortsOfTheirOwn() {
        story.defineAwsvpc("web", container("app", c -> c.portMappings(p -> p.containerPort(8080))));

        story.runAwsvpc("web");
        var task = story.startedAwsvpc("web");

        assertThat(task.lastStatus()).isEqualTo("RUNNING");
        assertThat(task.containers().getFirst().networkBindings()).isEmpty();
    }

    @Test
    void aPortThatSomethingElseHasFailsTheContainersStart() {
        story.aws()
                .world()
                .refusesStart("app", "driver failed programming external connectivity: port is already allocated");
        story.define("web", mapping(80, 8080, "tcp"));

        var task = story.started("web");

        assertThat(task.stoppedReason()).isEqualTo("Task failed to start");
        assertThat(task.containers().getFirst().reason())
                .isEqualTo("CannotStartContainerError: Error response from daemon: driver failed programming external "
                        + "connectivity: port is already allocated");
    }

    private List<NetworkBinding> bindings(Task task) {
        return story.container(task, "app").networkBindings();
    }

    private List<String> failures(String definition) {
        return story.ecs().runTask(r -> r.taskDefinition(definition)).failures().stream()
                .map(Failure::reason)
                .toList();
    }

    private static ContainerDefinition mapping(int containerPort, int hostPort, String protocol) {
        return container(
                "app",
                c -> c.portMappings(
                        p -> p.containerPort(containerPort).hostPort(hostPort).protocol(protocol)));
    }
}

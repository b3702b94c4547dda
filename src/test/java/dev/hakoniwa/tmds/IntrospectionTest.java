package dev.hakoniwa.tmds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hakoniwa.ecs.Story;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Task;

/// What an instance's agent tells at port 51678.
final class IntrospectionTest {
    private static final String TASKS = "/v1/tasks";
    private static final String EMPTY =
            "{\"Arn\":\"\",\"KnownStatus\":\"\",\"Family\":\"\",\"Version\":\"\",\"Containers\":null}";

    private final Inside inside = new Inside();
    private final Story story = inside.story();

    @Test
    void anAgentTellsOfItsInstance() {
        var task = story.started(story.define("web", Story.container("app")));

        var metadata = ask(task, "/v1/metadata", Map.of());

        assertThat(metadata.path("Cluster").asText()).isEqualTo("default");
        assertThat(metadata.path("ContainerInstanceArn").asText()).isEqualTo(task.containerInstanceArn());
        assertThat(metadata.path("Version").asText()).matches("Amazon ECS Agent - v[0-9.]+ \\([0-9a-f]{8}\\)");
    }

    @Test
    void anAgentOfUnknownHashTellsNone() {
        var registered = story.ecs()
                .registerContainerInstance(
                        r -> r.instanceIdentityDocument("{\"instanceId\": \"i-1\", \"instanceType\": \"c5.large\"}")
                                .versionInfo(v -> v.agentVersion("1.80.0")))
                .containerInstance();
        var definition = story.define("web", Story.container("app"));
        var task = story.ecs()
                .startTask(s -> s.taskDefinition(definition).containerInstances(registered.containerInstanceArn()))
                .tasks()
                .getFirst();
        story.letPass(Story.SOON);

        assertThat(ask(task, "/v1/metadata", Map.of()).path("Version").asText())
                .isEqualTo("Amazon ECS Agent - v1.80.0");
    }

    @Test
    void anAgentTellsOfTheTasksOfItsInstance() {
        var one = story.started(story.define("web", Story.container("app")));
        var other = story.startedAwsvpc(story.defineAwsvpc("db", Story.container("db")));

        var tasks = ask(other, TASKS, Map.of()).path("Tasks");

        assertThat(tasks.findValuesAsText("Arn")).containsExactlyInAnyOrder(one.taskArn(), other.taskArn());
        var web = ask(other, TASKS, Map.of("taskarn", one.taskArn()));
        assertThat(tasks).contains(web);
        assertThat(web.path("DesiredStatus").asText()).isEqualTo("RUNNING");
        assertThat(web.path("KnownStatus").asText()).isEqualTo("RUNNING");
        assertThat(web.path("Family").asText()).isEqualTo("web");
        assertThat(web.path("Version").asText()).isEqualTo("1");
        var container = web.path("Containers").get(0);
        assertThat(container.path("DockerId").asText())
                .isEqualTo(story.id(one, "app").value());
        assertThat(container.path("DockerName").asText()).startsWith("ecs-web-1-app-");
        assertThat(container.path("Networks").get(0).path("NetworkMode").asText())
                .isEqualTo("bridge");
        assertThat(ask(one, TASKS, Map.of("taskarn", other.taskArn()))
                        .path("Containers")
                        .findValuesAsText("Name"))
                .containsExactly("db");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 12, 8})
    void aTaskIsFoundByTheIdOfAContainerOrByItsBeginning(int length) {
        var task = story.started(story.define("web", Story.container("app")));
        story.started(story.define("db", Story.container("db")));
        var id = story.id(task, "app").value().substring(0, length);

        var found = ask(task, TASKS, Map.of("dockerid", id));

        assertThat(found.path("Arn").asText()).isEqualTo(task.taskArn());
    }

    @Test
    void whatIsNotThereIsNotFound() {
        var task = story.started(story.define("web", Story.container("app")));
        var source = inside.source(task, "app");

        var byArn = inside.introspect(source, TASKS, Map.of("taskarn", task.taskArn() + "0"));
        var byId = inside.introspect(
                source, TASKS, Map.of("dockerid", story.id(task, "app").value().substring(0, 13)));

        assertThat(byArn.status()).isEqualTo(404);
        assertThat(byArn.body()).isEqualTo(EMPTY);
        assertThat(byId.status()).isEqualTo(404);
    }

    @Test
    void whatElseIsAskedIsToldWhatThereIs() {
        var task = story.started(story.define("web", Story.container("app")));

        assertThat(ask(task, "/", Map.of()).toString())
                .isEqualTo("{\"AvailableCommands\":[\"/v1/metadata\",\"/v1/tasks\"]}");
    }

    @Test
    void tasksOfFargateAndTheMachineHaveNoAgentToAsk() {
        var definition = story.defineFargate("web", Story.container("app"));
        var task = story.run(definition, r -> r.launchType(LaunchType.FARGATE).networkConfiguration(story.network()));
        story.letPass(Story.SOON);

        assertThat(inside.introspect(inside.address(task), "/v1/metadata", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(inside.introspect("127.0.0.1", "/v1/metadata", Map.of()).status())
                .isEqualTo(404);
    }

    private JsonNode ask(Task task, String path, Map<String, String> query) {
        var only = task.containers().getFirst().name();
        return Inside.json(inside.introspect(inside.source(task, only), path, query));
    }
}

package dev.hakoniwa.story;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static dev.hakoniwa.story.TaskStory.network;
import static dev.hakoniwa.story.TaskStory.shell;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hakoniwa.testing.DockerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ecs.model.Task;

/// What real containers find at 169.254.170.2.
@DockerTest
final class TaskEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    private static final TaskStory AWS = new TaskStory();

    @Test
    void aTaskOfFargateKnowsWhatItHasWritten() throws Exception {
        var definition = AWS.define(
                r -> r.networkMode("awsvpc")
                        .requiresCompatibilitiesWithStrings("FARGATE")
                        .executionRoleArn("arn:aws:iam::000000000000:role/execution")
                        .cpu("256")
                        .memory("512"),
                shell("app", """
                        one() { wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/task; echo; }
                        one; dd if=/dev/zero of=/big bs=1048576 count=7 2>/dev/null; one"""));
        var task =
                AWS.run(definition, r -> r.launchType("FARGATE").networkConfiguration(network(AWS.defaultSubnets())));

        AWS.stopped(task);

        eventually(() -> assertThat(AWS.output(task, "app")).hasSize(2));
        var before = utilized(AWS.output(task, "app").getFirst());
        assertThat(before).isPositive();
        assertThat(utilized(AWS.output(task, "app").getLast())).isEqualTo(before + 7);
    }

    @Test
    void anAwsvpcTaskReachesItsInstancesAgent() throws Exception {
        var definition = AWS.defineAwsvpc(shell("app", "wget -q -O - http://169.254.170.2:51678/v1/metadata"));
        var task = AWS.runAwsvpc(definition);

        assertThat(metadata(task).path("ContainerInstanceArn").asText()).isEqualTo(task.containerInstanceArn());
    }

    @Test
    void aBridgeTaskReachesItsInstancesAgent() throws Exception {
        var task = AWS.run(AWS.define(shell("app", """
                until wget -q -O - "http://169.254.170.2:51678/v1/tasks?dockerid=$HOSTNAME" 2>/dev/null; do
                    sleep 0.1 # its address is not known at once
                done""")));

        assertThat(metadata(task).path("Arn").asText()).isEqualTo(task.taskArn());
    }

    private static int utilized(String task) throws JsonProcessingException {
        return JSON.readTree(task)
                .path("EphemeralStorageMetrics")
                .path("Utilized")
                .asInt();
    }

    private static JsonNode metadata(Task task) throws JsonProcessingException {
        AWS.stopped(task);
        eventually(() -> assertThat(AWS.output(task, "app")).isNotEmpty());
        return JSON.readTree(AWS.output(task, "app").getFirst());
    }
}

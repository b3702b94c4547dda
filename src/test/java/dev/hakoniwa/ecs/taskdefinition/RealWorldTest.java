package dev.hakoniwa.ecs.taskdefinition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hakoniwa.aws.shapes.Shapes;
import dev.hakoniwa.ecs.TestEcs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/// Task definitions as people write them, and beside each what ECS makes of it.
final class RealWorldTest {
    private static final Path INPUTS = Path.of("testdata/taskdefinitions");
    private static final Shapes SHAPES = new Shapes();

    private final EcsClient ecs = new TestEcs().client();
    private final ObjectMapper json = new ObjectMapper();

    static Stream<String> names() throws IOException {
        try (var files = Files.list(INPUTS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsRegisteredIsKeptAndFilledIn(String name) throws IOException {
        var expected = json.readTree(INPUTS.resolve("registered").resolve(name).toFile());

        var registered = register(Files.readAllBytes(INPUTS.resolve(name)));
        var described = ecs.describeTaskDefinition(d -> d.taskDefinition(registered.family()))
                .taskDefinition();

        assertThat(tree(registered)).isEqualTo(expected);
        assertThat(tree(described)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatWasDescribedCanBeRegisteredAgain(String name) throws IOException {
        var first = register(Files.readAllBytes(INPUTS.resolve(name)));

        var again = register(SHAPES.writeJson(first));

        assertThat(again.revision()).isEqualTo(2);
        assertThat(again.copy(d -> d.revision(1).taskDefinitionArn(first.taskDefinitionArn())))
                .isEqualTo(first);
    }

    private TaskDefinition register(byte[] body) {
        return ecs.registerTaskDefinition(Requests.read(body)).taskDefinition();
    }

    private JsonNode tree(TaskDefinition definition) throws IOException {
        return json.readTree(SHAPES.writeJson(definition));
    }
}

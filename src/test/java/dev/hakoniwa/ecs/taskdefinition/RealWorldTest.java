package dev.hakoniwa.ecs.taskdefinition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hakoniwa.aws.shapes.Shapes;
import dev.hakoniwa.ecs.TestEcs;
import dev.hakoniwa.testing.WireTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/// Task definitions as people write them, and beside each what ECS makes of it.
@WireTest
final class RealWorldTest {
    private static final Path INPUTS = Path.of("testdata/taskdefinitions");
    private static final Shapes SHAPES = new Shapes();

    private final TestEcs aws = new TestEcs();
    private final EcsClient ecs = aws.client();
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
        var expected = expected(INPUTS.resolve("registered").resolve(name));

        var registered = register(read(INPUTS.resolve(name)));
        var described = ecs.describeTaskDefinition(d -> d.taskDefinition(registered.family()))
                .taskDefinition();

        assertThat(tree(registered)).isEqualTo(expected);
        assertThat(tree(described)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatWasDescribedCanBeRegisteredAgain(String name) throws IOException {
        var first = register(read(INPUTS.resolve(name)));

        var again = register(SHAPES.writeJson(first));

        assertThat(again.revision()).isEqualTo(2);
        assertThat(again.copy(d -> d.revision(1).taskDefinitionArn(first.taskDefinitionArn())))
                .isEqualTo(first);
    }

    private byte[] read(Path file) throws IOException {
        return aws.in(Files.readString(file)).getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode expected(Path file) throws IOException {
        return json.readValue(read(file), ObjectNode.class)
                .put("registeredAt", Math.toIntExact(aws.time().start().getEpochSecond()));
    }

    private TaskDefinition register(byte[] body) {
        return ecs.registerTaskDefinition(Requests.read(body)).taskDefinition();
    }

    private JsonNode tree(TaskDefinition definition) throws IOException {
        return json.readTree(SHAPES.writeJson(definition));
    }
}

package dev.hakoniwa.ecs.taskdefinition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hakoniwa.ecs.TestEcs;
import dev.hakoniwa.testing.WireTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever stands in any place of a task definition, ECS answers or refuses it, and keeps nothing of what it refuses.
@WireTest
final class SpoiltTaskDefinitionTest {
    private static final List<String> SPOILT = List.of(
            "null",
            "\"\"",
            "\" \"",
            "\"a b\"",
            "\"arn:\"",
            "\"x\"",
            "-1",
            "0",
            "2147483647",
            "1.5",
            "true",
            "[]",
            "{}",
            "[null]",
            "[{}]");

    private final TestEcs aws = new TestEcs();
    private final ObjectMapper json = new ObjectMapper();
    private int answered;

    @ParameterizedTest
    @MethodSource("dev.hakoniwa.ecs.taskdefinition.RealWorldTest#names")
    void noMemberBreaksTheRegistration(String name) throws IOException {
        var input = json.readTree(Path.of("testdata/taskdefinitions", name).toFile());
        var spoilt = new ArrayList<String>();

        spoil(input, input, spoilt::add);

        assertThat(spoilt).hasSizeGreaterThan(100);
        assertThat(spoilt.stream().map(this::status)).containsOnly(200, 400);
        assertThat(registered()).isEqualTo(answered);
    }

    private int status(String body) {
        var status = aws.send("RegisterTaskDefinition", body.getBytes(StandardCharsets.UTF_8))
                .status();
        answered += status == 200 ? 1 : 0;
        return status;
    }

    private int registered() {
        return Math.toIntExact(Stream.of("ACTIVE", "INACTIVE")
                .flatMap(status ->
                        aws.client().listTaskDefinitionsPaginator(l -> l.status(status)).taskDefinitionArns().stream())
                .count());
    }

    /// Puts each spoilt value in each place of `node`, and hands on what becomes of `whole`.
    private void spoil(JsonNode whole, JsonNode node, Consumer<String> spoilt) throws IOException {
        if (node instanceof ObjectNode object) {
            for (var name : names(object)) {
                var member = object.get(name);
                for (var value : SPOILT) {
                    object.set(name, json.readTree(value));
                    spoilt.accept(whole.toString());
                }
                object.set(name, member);
                spoil(whole, member, spoilt);
            }
        }
        if (node instanceof ArrayNode array) {
            for (var index : IntStream.range(0, array.size()).toArray()) {
                spoil(whole, array.get(index), spoilt);
            }
        }
    }

    private static List<String> names(ObjectNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}

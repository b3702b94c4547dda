package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.aws.shapes.Shapes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.provider.Arguments;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/// Task definitions written as JSON with single quotes, and only where they differ from one that is fine.
final class Requests {
    private static final Shapes SHAPES = new Shapes();

    private Requests() {}

    static Arguments refused(String members, String message) {
        return Arguments.of(members, message);
    }

    static Arguments refused(String members, String container, String message) {
        return Arguments.of(members, container, message);
    }

    /// The members of a container that is fine but for `members`.
    static String container(String members) {
        return "'name': 'app', 'image': 'app', 'memory': 64" + (members.isEmpty() ? "" : ", " + members);
    }

    /// A task definition that is fine but for `members`; of two members with one name the later stands.
    static RegisterTaskDefinitionRequest request(String members) {
        var fine = "'family': 'app', 'containerDefinitions': [{%s}]".formatted(container(""));
        return read("{%s, %s}".formatted(fine, members).replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    static RegisterTaskDefinitionRequest read(byte[] json) {
        var request = RegisterTaskDefinitionRequest.builder();
        SHAPES.readJson(json, request, "ecs.RegisterTaskDefinition");
        return request.build();
    }
}

package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.aws.Json;
import dev.hakoniwa.ecs.Errors;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RuntimePlatform;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionPlacementConstraint;

/// What a task definition may be as a whole.
final class TaskRules {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,255}");
    private static final Pattern ROLE =
            Pattern.compile("[\\w+=,.@-]{1,64}|arn:[\\w-]+:iam::\\d{12}:role/[\\w+=,.@/-]{1,576}");
    private static final int MOST_CONTAINERS = 10;
    private static final int MOST_BYTES = 65_536;
    private static final int MOST_CONSTRAINTS = 10;
    private static final int LONGEST_EXPRESSION = 2_000;

    private TaskRules() {}

    /// What must hold before anything can be filled in.
    static void check(RegisterTaskDefinitionRequest request) {
        family(request.family());
        containers(request);
        Invalid.unlessTaskKnows(request.networkMode(), "networkMode");
        Invalid.unlessTaskKnows(request.pidMode(), "pidMode");
        Invalid.unlessTaskKnows(request.ipcMode(), "ipcMode");
        request.requiresCompatibilities().forEach(c -> Invalid.unlessTaskKnows(c, "requiresCompatibilities"));
        role(request.taskRoleArn());
        role(request.executionRoleArn());
        platform(request.runtimePlatform());
        constraints(request.placementConstraints());
        size(request);
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static void family(@Nullable String family) {
        if (family == null || family.isBlank()) {
            throw Errors.client("Family can not be blank.");
        }
        if (!isName(family)) {
            throw Errors.client("Family contains invalid characters.");
        }
    }

    private static void containers(RegisterTaskDefinitionRequest request) {
        if (request.containerDefinitions().isEmpty()) {
            throw Errors.client("Container list cannot be empty.");
        }
        if (request.containerDefinitions().size() > MOST_CONTAINERS) {
            throw Errors.client("Too many containers.");
        }
        for (var container : request.containerDefinitions()) {
            containerName(container.name());
        }
        var names = request.containerDefinitions().stream().map(c -> c.name()).distinct();
        if (names.count() < request.containerDefinitions().size()) {
            throw Errors.client("Container names must be unique within a Task Definition.");
        }
        if (request.containerDefinitions().stream().allMatch(c -> Boolean.FALSE.equals(c.essential()))) {
            throw Errors.client("Task definition must have at least one essential container.");
        }
    }

    private static void containerName(@Nullable String name) {
        if (name == null || name.isBlank()) {
            throw Errors.client("Container.name should not be null or empty.");
        }
        if (!isName(name)) {
            throw Errors.client("Container.name contains invalid characters.");
        }
    }

    private static void role(@Nullable String role) {
        if (role != null && !ROLE.matcher(role).matches()) {
            throw Errors.client("Role is not valid");
        }
    }

    private static void platform(@Nullable RuntimePlatform platform) {
        if (platform != null) {
            Invalid.unlessTaskKnows(platform.cpuArchitecture(), "cpuArchitecture");
            Invalid.unlessTaskKnows(platform.operatingSystemFamily(), "operatingSystemFamily");
        }
    }

    private static void constraints(List<TaskDefinitionPlacementConstraint> constraints) {
        if (constraints.size() > MOST_CONSTRAINTS) {
            throw Errors.client(
                    "Too many placement constraints. A task definition can have at most " + MOST_CONSTRAINTS + ".");
        }
        for (var constraint : constraints) {
            if (!"memberOf".equals(constraint.typeAsString())) {
                throw Errors.client("Invalid placement constraint type. A task definition allows memberOf only.");
            }
            var expression = constraint.expression();
            if (Invalid.isBlank(expression) || expression.length() > LONGEST_EXPRESSION) {
                throw Errors.client("Invalid placement constraint expression.");
            }
        }
    }

    private static void size(RegisterTaskDefinitionRequest request) {
        var length = Json.of(request).length;
        if (length > MOST_BYTES) {
            throw Errors.client("Actual length: '%d'. Max allowed length is '%d' bytes.".formatted(length, MOST_BYTES));
        }
    }
}

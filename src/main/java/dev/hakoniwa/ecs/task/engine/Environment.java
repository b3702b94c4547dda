package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.TaskEndpoints;
import dev.hakoniwa.ecs.TaskEndpoints.Addresses;
import dev.hakoniwa.ecs.task.resource.ContainerResources;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// The environment of a container: its definition's, between what that may replace and what the agent sets whatever the
/// definition says.
final class Environment {
    private Environment() {}

    static Map<String, String> of(
            LiveTask task, TaskContainer container, ContainerResources resources, Addresses addresses) {
        var environment = new LinkedHashMap<String, String>();
        var region = task.key().scope().region().name();
        environment.put("AWS_REGION", region);
        environment.put("AWS_DEFAULT_REGION", region);
        var fargate = task.spec().isFargate();
        environment.put("AWS_EXECUTION_ENV", fargate ? "AWS_ECS_FARGATE" : "AWS_ECS_EC2");
        if (addresses.api() != null) {
            environment.put("AWS_ENDPOINT_URL", addresses.api());
        }
        environment.putAll(resources.files());
        container
                .definition()
                .environment()
                .forEach(pair -> environment.put(pair.name(), Objects.requireNonNullElse(pair.value(), "")));
        environment.putAll(resources.secrets());
        environment.putAll(Firelens.environment(task, container));
        var gpus = task.spec().gpusOf(container.definition());
        if (!gpus.isEmpty()) {
            environment.put("NVIDIA_VISIBLE_DEVICES", String.join(",", gpus));
        }
        if (addresses.agent() != null) {
            putAgents(environment, task, container, addresses.agent());
        }
        return environment;
    }

    private static void putAgents(
            Map<String, String> environment, LiveTask task, TaskContainer container, String agent) {
        var id = container.endpointId();
        environment.put("ECS_CONTAINER_METADATA_URI", agent + "/v3/" + id);
        environment.put("ECS_CONTAINER_METADATA_URI_V4", agent + "/v4/" + id);
        environment.put("ECS_AGENT_URI", agent + "/api/" + id);
        if (task.roleArn().isEmpty()) {
            return;
        }
        var path = "/v2/credentials/" + task.infrastructure().credentialsId();
        if (agent.equals(TaskEndpoints.USUAL_AGENT)) {
            environment.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", path);
        } else {
            environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", agent + path);
        }
    }
}

package dev.hakoniwa.ecs;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerState;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;

/// What tests of tasks and services do to an emulator with a default cluster, in few words.
public final class Story {
    /// Long enough for a task to start or stop where nothing goes wrong.
    public static final Duration SOON = Duration.ofSeconds(2);

    private final TestEmulator aws;
    private final EcsClient ecs;

    public Story(TestEmulator aws) {
        this.aws = aws;
        this.ecs = aws.ecs();
        ecs.createCluster();
    }

    public static Story calm() {
        return new Story(TestEmulator.calm());
    }

    public TestEmulator aws() {
        return aws;
    }

    public EcsClient ecs() {
        return ecs;
    }

    public void letPass(Duration duration) {
        aws.advance(duration);
    }

    public void letPassSeconds(int seconds) {
        aws.advance(Duration.ofSeconds(seconds));
    }

    /// A container of 64 MiB that runs the image of its own name.
    public static ContainerDefinition container(String name, Consumer<ContainerDefinition.Builder> rest) {
        return ContainerDefinition.builder()
                .name(name)
                .image(name)
                .memory(64)
                .applyMutation(rest)
                .build();
    }

    public static ContainerDefinition container(String name) {
        return container(name, _ -> {});
    }

    /// Registers a definition in bridge mode; gives back its ARN.
    public String define(String family, ContainerDefinition... containers) {
        return define(family, _ -> {}, containers);
    }

    public String define(
            String family, Consumer<RegisterTaskDefinitionRequest.Builder> rest, ContainerDefinition... containers) {
        return ecs.registerTaskDefinition(
                        r -> r.family(family).containerDefinitions(containers).applyMutation(rest))
                .taskDefinition()
                .taskDefinitionArn();
    }

    /// Registers a definition in awsvpc mode.
    public String defineAwsvpc(String family, ContainerDefinition... containers) {
        return define(family, r -> r.networkMode("awsvpc"), containers);
    }

    /// Registers a definition for Fargate.
    public String defineFargate(String family, ContainerDefinition... containers) {
        return define(
                family,
                r -> r.networkMode("awsvpc")
                        .requiresCompatibilitiesWithStrings("FARGATE")
                        .cpu("256")
                        .memory("512")
                        .executionRoleArn("arn:aws:iam::000000000000:role/execution"),
                containers);
    }

    /// All subnets of the default VPC.
    public NetworkConfiguration network() {
        return NetworkConfiguration.builder()
                .awsvpcConfiguration(v -> v.subnets(aws.subnets()))
                .build();
    }

    public Task run(String definition) {
        return run(definition, _ -> {});
    }

    public Task run(String definition, Consumer<RunTaskRequest.Builder> rest) {
        return ecs.runTask(r -> r.taskDefinition(definition).applyMutation(rest))
                .tasks()
                .getFirst();
    }

    public Task runAwsvpc(String definition) {
        return run(definition, r -> r.networkConfiguration(network()));
    }

    /// The task, once it has had time to start.
    public Task started(String definition) {
        var task = run(definition);
        letPass(SOON);
        return now(task);
    }

    public Task startedAwsvpc(String definition) {
        var task = runAwsvpc(definition);
        letPass(SOON);
        return now(task);
    }

    public Task now(Task task) {
        return ecs.describeTasks(d -> d.tasks(task.taskArn()).include(TaskField.TAGS))
                .tasks()
                .getFirst();
    }

    public Container container(Task task, String name) {
        return now(task).containers().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// The engine's container of the task, which need not run.
    public ContainerState onEngine(Task task, String name) {
        return aws.engine().everything().stream()
                .filter(isOf(task))
                .filter(state -> name.equals(state.labels().get("com.amazonaws.ecs.container-name")))
                .findFirst()
                .orElseThrow();
    }

    /// All that the engine has of the task.
    public List<ContainerState> onEngine(Task task) {
        return aws.engine().everything().stream().filter(isOf(task)).toList();
    }

    public ContainerId id(Task task, String name) {
        return onEngine(task, name).id();
    }

    /// Ends the container as if by itself.
    public void exit(Task task, String container, int code) {
        aws.engine().exit(id(task, container), code);
    }

    private static Predicate<ContainerState> isOf(Task task) {
        return state -> task.taskArn().equals(state.labels().get("com.amazonaws.ecs.task-arn"));
    }

    public Service createService(String name, String definition, int count) {
        return createService(name, definition, count, _ -> {});
    }

    /// @param count null for a service that runs a task on each instance
    public Service createService(
            String name, String definition, @Nullable Integer count, Consumer<CreateServiceRequest.Builder> rest) {
        return ecs.createService(s -> s.serviceName(name)
                        .taskDefinition(definition)
                        .desiredCount(count)
                        .applyMutation(rest))
                .service();
    }

    public Service service(String name) {
        return ecs.describeServices(s -> s.services(name)).services().getFirst();
    }

    /// The service's tasks that are to run, oldest first.
    public List<Task> tasks(String service) {
        return tasks(service, "RUNNING");
    }

    public List<Task> tasks(String service, String desiredStatus) {
        var arns = ecs.listTasks(t -> t.serviceName(service).desiredStatus(desiredStatus))
                .taskArns();
        if (arns.isEmpty()) {
            return List.of();
        }
        return ecs.describeTasks(d -> d.tasks(arns).include(TaskField.TAGS)).tasks().stream()
                .sorted((a, b) -> a.createdAt().compareTo(b.createdAt()))
                .toList();
    }

    /// The texts of the service's events, oldest first, without the service's name.
    public List<String> events(String service) {
        return service(service).events().reversed().stream()
                .map(ServiceEvent::message)
                .map(message -> message.replace("(service " + service + ") ", ""))
                .toList();
    }

    /// The last part of an ARN.
    public static String id(Task task) {
        return task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
    }
}

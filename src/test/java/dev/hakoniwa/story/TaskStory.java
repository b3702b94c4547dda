package dev.hakoniwa.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.docker.DockerEngine;
import dev.hakoniwa.docker.TestImage;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.Volumes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/// What stories of tasks do to a running emulator with a default cluster and the real engine, in few words. It
/// runs while the tests of a class do, which registers this as a static extension. Containers are small shells that log
/// to the emulator.
public final class TaskStory implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
    private static final String GROUP = "story";

    private final AtomicInteger families = new AtomicInteger();

    private RunningEmulator emulator;
    private EcsClient ecs;
    private CloudWatchLogsClient logs;
    private DockerEngine engine;

    /// One that runs until it is closed.
    public static TaskStory start() {
        return of(RunningEmulator.start());
    }

    /// One of an emulator that has started, and ends with the story.
    static TaskStory of(RunningEmulator emulator) {
        var story = new TaskStory();
        story.begin(emulator);
        return story;
    }

    private void begin(RunningEmulator started) {
        engine = DockerEngine.usual();
        emulator = started;
        ecs = emulator.client(EcsClient.builder());
        logs = emulator.client(CloudWatchLogsClient.builder());
        ecs.createCluster();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        begin(RunningEmulator.start());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        ecs.close();
        logs.close();
        engine.close();
        emulator.close();
    }

    public RunningEmulator emulator() {
        return emulator;
    }

    public EcsClient ecs() {
        return ecs;
    }

    public CloudWatchLogsClient logs() {
        return logs;
    }

    /// The engine's own view of containers.
    public Containers containers() {
        return engine.containers();
    }

    public Volumes volumes() {
        return engine.volumes();
    }

    /// A container that runs a script.
    public static ContainerDefinition.Builder shell(String name, String script) {
        return ContainerDefinition.builder()
                .name(name)
                .image(TestImage.reference())
                .memory(32)
                .command("sh", "-c", script)
                .logConfiguration(awslogs(GROUP));
    }

    /// A container that runs until it is asked to stop, and then ends with 143.
    public static ContainerDefinition.Builder endless(String name) {
        return shell(name, "trap 'exit 143' TERM; while :; do sleep 1000 & wait; done");
    }

    /// A container that says `hello from NAME` to everybody who connects.
    public static ContainerDefinition.Builder server(String name, int port) {
        var script = "trap 'exit 143' TERM; while :; do echo hello from %s | nc -l -p %d & wait $!; done";
        return shell(name, script.formatted(name, port));
    }

    public static LogConfiguration awslogs(String group) {
        return LogConfiguration.builder()
                .logDriver(LogDriver.AWSLOGS)
                .options(Map.of(
                        "awslogs-group", group,
                        "awslogs-region", "us-east-1",
                        "awslogs-stream-prefix", "s",
                        "awslogs-create-group", "true"))
                .build();
    }

    /// Registers a definition in bridge mode under a family of its own; gives back its ARN.
    public String define(ContainerDefinition.Builder... containers) {
        return define(_ -> {}, containers);
    }

    public String define(
            Consumer<RegisterTaskDefinitionRequest.Builder> rest, ContainerDefinition.Builder... containers) {
        var built = Arrays.stream(containers)
                .map(ContainerDefinition.Builder::build)
                .toList();
        return ecs.registerTaskDefinition(r -> r.family("story-" + families.incrementAndGet())
                        .containerDefinitions(built)
                        .applyMutation(rest))
                .taskDefinition()
                .taskDefinitionArn();
    }

    public String defineAwsvpc(ContainerDefinition.Builder... containers) {
        return define(r -> r.networkMode("awsvpc"), containers);
    }

    public Task run(String definition) {
        return run(definition, _ -> {});
    }

    public Task run(String definition, Consumer<RunTaskRequest.Builder> rest) {
        var answer = ecs.runTask(r -> r.taskDefinition(definition).applyMutation(rest));
        assertThat(answer.failures()).isEmpty();
        return answer.tasks().getFirst();
    }

    /// Runs a task in the default VPC.
    public Task runAwsvpc(String definition) {
        return run(definition, r -> r.networkConfiguration(network(defaultSubnets())));
    }

    public static NetworkConfiguration network(List<String> subnets) {
        return NetworkConfiguration.builder()
                .awsvpcConfiguration(v -> v.subnets(subnets))
                .build();
    }

    public List<String> defaultSubnets() {
        try (var ec2 = emulator.client(Ec2Client.builder())) {
            return ec2
                    .describeSubnets(
                            d -> d.filters(f -> f.name("default-for-az").values("true")))
                    .subnets()
                    .stream()
                    .map(Subnet::subnetId)
                    .toList();
        }
    }

    public Task now(Task task) {
        return ecs.describeTasks(d -> d.tasks(task.taskArn())).tasks().getFirst();
    }

    /// The task, once it runs.
    public Task running(Task task) {
        return await(
                task, t -> t.lastStatus().equals("RUNNING") || t.desiredStatus().equals("STOPPED"));
    }

    /// The task, once it has ended.
    public Task stopped(Task task) {
        return await(task, t -> t.lastStatus().equals("STOPPED"));
    }

    public Task await(Task task, Predicate<Task> condition) {
        RunningEmulator.eventually(() -> assertThat(now(task)).matches(condition));
        return now(task);
    }

    /// Asks for the task's stop, and waits for it.
    public Task stop(Task task) {
        ecs.stopTask(s -> s.task(task.taskArn()));
        return stopped(task);
    }

    public static Container container(Task task, String name) {
        return task.containers().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// What the container has written up to now.
    public List<String> output(Task task, String container) {
        try {
            return logs
                    .getLogEvents(g -> g.logGroupName(GROUP)
                            .logStreamName("s/" + container + "/" + id(task))
                            .startFromHead(true))
                    .events()
                    .stream()
                    .map(OutputLogEvent::message)
                    .toList();
        } catch (ResourceNotFoundException _) {
            return List.of();
        }
    }

    /// Runs a task of one container, in bridge mode, to its end, and gives back what the container wrote.
    public List<String> outputOf(ContainerDefinition.Builder container) {
        var task = stopped(run(define(container)));
        var only = task.containers().getFirst();
        assertThat(only.reason()).isNull();
        return output(task, only.name());
    }

    /// The engine's containers of the task, that which holds its namespaces among them.
    public List<ContainerState> onEngine(Task task) {
        return engine.containers().list(Map.of("com.amazonaws.ecs.task-arn", task.taskArn()));
    }

    public ContainerState onEngine(Task task, String container) {
        return onEngine(task).stream()
                .filter(state -> container.equals(state.labels().get("com.amazonaws.ecs.container-name")))
                .findFirst()
                .orElseThrow();
    }

    /// The last part of its ARN.
    public static String id(Task task) {
        return task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
    }
}

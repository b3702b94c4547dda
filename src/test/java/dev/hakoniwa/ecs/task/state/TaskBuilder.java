package dev.hakoniwa.ecs.task.state;

import dev.hakoniwa.ecs.TestEmulator;
import dev.hakoniwa.ecs.task.state.Infrastructure.State;
import dev.hakoniwa.ecs.task.state.LiveTask.Draining;
import dev.hakoniwa.ecs.task.state.TaskSpec.Compute;
import dev.hakoniwa.ecs.task.state.TaskSpec.Origin;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.vpc.Networking;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/// Makes tasks in any state, for tests of what is pure.
public final class TaskBuilder {
    private static final Networking.Interface INTERFACE = new Networking.Interface(
            "eni-1", "subnet-1", "vpc-1", "us-east-1a", "0a:00:00:00:00:01", "10.0.0.4", "ip-10-0-0-4.ec2.internal");

    private final String id;
    private final List<ContainerDefinition> containers = new ArrayList<>();
    private final TaskDefinition.Builder definition = TaskDefinition.builder()
            .taskDefinitionArn("arn:aws:ecs:us-east-1:000000000000:task-definition/web:3")
            .family("web")
            .revision(3)
            .networkMode(NetworkMode.BRIDGE);
    private TaskOverride overrides = TaskOverride.builder().build();
    private LaunchType launchType = LaunchType.EC2;
    private String zone = "us-east-1a";
    private String startedBy = "";
    private Instant createdAt = TestEmulator.START;
    private UnaryOperator<LiveTask> state = UnaryOperator.identity();

    private TaskBuilder(String id) {
        this.id = id;
    }

    public static TaskBuilder task() {
        return task("0123456789abcdef0123456789abcdef");
    }

    public static TaskBuilder task(String id) {
        return new TaskBuilder(id);
    }

    public TaskBuilder startedBy(String deployment) {
        startedBy = deployment;
        return this;
    }

    public TaskBuilder in(String availabilityZone) {
        zone = availabilityZone;
        return this;
    }

    public TaskBuilder createdAt(Instant instant) {
        createdAt = instant;
        return this;
    }

    public TaskBuilder running() {
        return state(task -> task.with(task.progress().to(TaskStatus.RUNNING).reached(Milestone.STARTED, createdAt)));
    }

    public TaskBuilder fargate() {
        launchType = LaunchType.FARGATE;
        return this;
    }

    public TaskBuilder definition(Consumer<TaskDefinition.Builder> change) {
        change.accept(definition);
        return this;
    }

    TaskBuilder overrides(Consumer<TaskOverride.Builder> change) {
        overrides = overrides.copy(change);
        return this;
    }

    public TaskBuilder container(String name) {
        return container(name, _ -> {});
    }

    public TaskBuilder container(String name, Consumer<ContainerDefinition.Builder> change) {
        containers.add(ContainerDefinition.builder()
                .name(name)
                .image(name)
                .essential(true)
                .applyMutation(change)
                .build());
        return this;
    }

    /// In awsvpc, with an interface at 10.0.0.4.
    TaskBuilder awsvpc() {
        definition.networkMode(NetworkMode.AWSVPC);
        return state(task -> task.with(task.infrastructure().with(INTERFACE).with(new ContainerId("pause"))));
    }

    public TaskBuilder infrastructure(State reached) {
        return state(task -> task.with(task.infrastructure().to(reached)));
    }

    public TaskBuilder status(TaskStatus status) {
        return state(task -> task.with(task.progress().to(status)));
    }

    public TaskBuilder draining(Draining draining) {
        return state(task -> task.with(draining));
    }

    public TaskBuilder stopping() {
        return stopping(StopCause.byUser(""));
    }

    public TaskBuilder stopping(StopCause cause) {
        return state(task -> task.with(task.progress().stop(cause, createdAt)));
    }

    public TaskBuilder containerIs(String name, UnaryOperator<TaskContainer> change) {
        return state(task -> task.with(name, change));
    }

    private TaskBuilder state(UnaryOperator<LiveTask> change) {
        var before = state;
        state = task -> change.apply(before.apply(task));
        return this;
    }

    public LiveTask build() {
        var whole = definition.containerDefinitions(containers).build();
        var spec = new TaskSpec(
                whole,
                overrides,
                Overrides.apply(whole, overrides),
                new Compute(launchType, null, null, zone, null),
                null,
                new Origin("family:web", startedBy),
                List.of(),
                false,
                List.of(),
                null);
        var made = spec.containers().stream()
                .map(c -> TaskContainer.waiting(
                        c,
                        "11111111-2222-4333-a444-" + "%012d".formatted(containers.indexOf(c)),
                        "endpoint-" + c.name()))
                .toList();
        return state.apply(new LiveTask(
                new TaskKey(TestEmulator.SCOPE, "default", id),
                spec,
                Progress.created(TaskStatus.PENDING, createdAt),
                Infrastructure.absent("credentials", "attachment").to(State.READY),
                made,
                Draining.UNREGISTERED));
    }
}

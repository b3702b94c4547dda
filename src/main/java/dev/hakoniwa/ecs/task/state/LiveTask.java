package dev.hakoniwa.ecs.task.state;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.ecs.instance.InstanceKey;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Health;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A task: what it is to be, how far it has come, and what it consists of.
///
/// @param draining how far its targets are on their way out of their target groups
public record LiveTask(
        TaskKey key,
        TaskSpec spec,
        Progress progress,
        Infrastructure infrastructure,
        List<TaskContainer> containers,
        Draining draining) {
    public LiveTask {
        containers = List.copyOf(containers);
    }

    /// Whether the task is in its target groups.
    public enum Draining {
        /// Not in yet, or in no group at all.
        UNREGISTERED,
        REGISTERED,
        DRAINING,
        DRAINED
    }

    public TaskStatus status() {
        return progress.status();
    }

    /// Whether the task is to run: its `desiredStatus` is RUNNING.
    public boolean wanted() {
        return !progress.stopping();
    }

    public boolean isRunning() {
        return wanted() && status() == TaskStatus.RUNNING;
    }

    public boolean isStopped() {
        return status() == TaskStatus.STOPPED;
    }

    /// Whether it is in its target groups, and not on the way out.
    public boolean isRegistered() {
        return draining == Draining.REGISTERED;
    }

    /// Until when its service neither scales it in nor replaces it; empty if it isn't protected now.
    public Optional<Instant> protectedUntil(Instant now) {
        return Optional.ofNullable(progress.protectedUntil()).filter(until -> until.isAfter(now));
    }

    /// When it came to run; empty if it never has.
    public Optional<Instant> startedAt() {
        return progress.at(Milestone.STARTED);
    }

    /// The container instance that it runs on; empty on Fargate.
    public Optional<InstanceKey> instance() {
        return Optional.ofNullable(spec.compute().placed())
                .map(placed -> new InstanceKey(key.scope(), key.cluster(), placed.id()));
    }

    public Instant createdAt() {
        return progress.createdAt();
    }

    public Optional<StopCause> stopCause() {
        return Optional.ofNullable(progress.stop());
    }

    /// The roll-up of the essential containers that have a check: UNHEALTHY before UNKNOWN before HEALTHY
    /// (ecs-tasks.md §7; containers without a check don't hold a task back from being healthy).
    public Health health() {
        var checked = containers.stream()
                .filter(c -> c.essential() && c.isChecked())
                .map(TaskContainer::health)
                .toList();
        if (checked.contains(Health.UNHEALTHY)) {
            return Health.UNHEALTHY;
        }
        return checked.isEmpty() || checked.contains(Health.UNKNOWN) ? Health.UNKNOWN : Health.HEALTHY;
    }

    /// Whether any essential container has a health check.
    public boolean hasHealthCheck() {
        return containers.stream().anyMatch(c -> c.essential() && c.isChecked());
    }

    /// The private address; empty unless awsvpc, and before the network interface is made.
    public Optional<String> address() {
        return Optional.ofNullable(infrastructure.networkInterface()).map(i -> i.privateAddress());
    }

    /// The digests of the images that its containers are made from, by container, as far as they came from a registry.
    public Map<String, String> digests() {
        return containers.stream()
                .filter(c -> c.image() != null && !c.image().digest().isEmpty())
                .collect(Collectors.toMap(TaskContainer::name, c -> c.image().digest()));
    }

    /// The role that its containers act as, as its overrides or its definition name it; empty if it has none.
    public Optional<String> roleArn() {
        return Optional.ofNullable(spec.overrides().taskRoleArn())
                .or(() -> Optional.ofNullable(spec.definition().taskRoleArn()));
    }

    /// Its addresses, and the ids by which it is found from inside; none once it has stopped.
    public Set<String> endpoints() {
        if (isStopped()) {
            return Set.of();
        }
        var own = Stream.of(infrastructure.credentialsId(), address().orElse(""));
        var ofContainers = containers.stream()
                .flatMap(c -> Stream.of(c.endpointId(), c.life().address()));
        return Stream.concat(own, ofContainers).filter(e -> !e.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    /// The ids of the attachments of its network interface and of its EBS volume, some of which there may never be.
    public Set<String> attachmentIds() {
        var ebs = spec.ebs();
        return ebs == null
                ? Set.of(infrastructure.attachmentId())
                : Set.of(infrastructure.attachmentId(), ebs.attachmentId());
    }

    /// The container that routes the logs of those that log through FireLens.
    public Optional<TaskContainer> router() {
        return containers.stream().filter(TaskContainer::isRouter).findFirst();
    }

    public Arn arnOf(TaskContainer container) {
        return key.scope().arn("ecs", "container/" + key.cluster() + "/" + key.id() + "/" + container.uuid());
    }

    public Optional<TaskContainer> container(String name) {
        return containers.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    public Optional<TaskContainer> container(ContainerId id) {
        return containers.stream().filter(c -> id.equals(c.runtime())).findFirst();
    }

    public LiveTask with(Progress next) {
        return new LiveTask(key, spec, next, infrastructure, containers, draining);
    }

    public LiveTask with(Infrastructure next) {
        return new LiveTask(key, spec, progress, next, containers, draining);
    }

    public LiveTask with(Draining next) {
        return new LiveTask(key, spec, progress, infrastructure, containers, next);
    }

    public LiveTask with(TaskSpec next) {
        return new LiveTask(key, next, progress, infrastructure, containers, draining);
    }

    public LiveTask with(String container, UnaryOperator<TaskContainer> change) {
        var next = containers.stream()
                .map(c -> c.name().equals(container) ? change.apply(c) : c)
                .toList();
        return new LiveTask(key, spec, progress, infrastructure, next, draining);
    }
}

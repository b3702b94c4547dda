package dev.hakoniwa.ecs.task;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.ecs.task.state.EbsVolume;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.Milestone;
import dev.hakoniwa.ecs.task.state.NetworkBindings;
import dev.hakoniwa.ecs.task.state.Progress;
import dev.hakoniwa.ecs.task.state.RuntimeId;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.ecs.task.state.TaskSpec;
import dev.hakoniwa.runtime.Health;
import dev.hakoniwa.vpc.Networking;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.CPUArchitecture;
import software.amazon.awssdk.services.ecs.model.Connectivity;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EphemeralStorage;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.ManagedAgent;
import software.amazon.awssdk.services.ecs.model.ManagedAgentName;
import software.amazon.awssdk.services.ecs.model.NetworkInterface;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskEphemeralStorage;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// A task as DescribeTasks shows it (ecs-tasks.md §17).
final class TaskView {
    private static final int DEFAULT_EPHEMERAL_GIB = 20;

    private TaskView() {}

    static Task of(LiveTask task, boolean withTags) {
        var spec = task.spec();
        var progress = task.progress();
        var builder = Task.builder()
                .taskArn(task.key().arn().toString())
                .clusterArn(clusterArn(task).toString())
                .taskDefinitionArn(spec.definition().taskDefinitionArn())
                .lastStatus(progress.status().name())
                .desiredStatus(task.wanted() ? "RUNNING" : "STOPPED")
                .launchType(spec.compute().launchType())
                .capacityProviderName(spec.compute().capacityProvider())
                .availabilityZone(spec.compute().availabilityZone())
                .group(spec.origin().group())
                .overrides(spec.overrides())
                .cpu(orElse(spec.overrides().cpu(), spec.definition().cpu()))
                .memory(orElse(spec.overrides().memory(), spec.definition().memory()))
                .enableExecuteCommand(spec.executeCommand())
                .containers(
                        task.containers().stream().map(c -> container(task, c)).toList())
                .attachments(Stream.concat(attachment(task).stream(), volume(task).stream())
                        .toList())
                .attributes(architecture(spec))
                .healthStatus(health(task.health()))
                .tags(withTags ? spec.tags() : List.of())
                .inferenceAccelerators(List.of())
                .version(progress.version());
        times(builder, progress);
        stop(builder, task);
        if (!spec.origin().startedBy().isEmpty()) {
            builder.startedBy(spec.origin().startedBy());
        }
        if (spec.isFargate()) {
            fargate(builder, spec);
        }
        task.instance()
                .ifPresent(
                        instance -> builder.containerInstanceArn(instance.arn().toString()));
        return builder.build();
    }

    private static Attribute architecture(TaskSpec spec) {
        var platform = spec.definition().runtimePlatform();
        var arm = platform != null && platform.cpuArchitecture() == CPUArchitecture.ARM64;
        return Attribute.builder()
                .name("ecs.cpu-architecture")
                .value(arm ? "arm64" : "x86_64")
                .build();
    }

    private static Arn clusterArn(LiveTask task) {
        return task.key().scope().arn("ecs", "cluster/" + task.key().cluster());
    }

    private static void times(Task.Builder builder, Progress progress) {
        builder.createdAt(progress.createdAt());
        progress.at(Milestone.CONNECTED)
                .ifPresent(at -> builder.connectivity(Connectivity.CONNECTED).connectivityAt(at));
        progress.at(Milestone.PULL_STARTED).ifPresent(builder::pullStartedAt);
        progress.at(Milestone.PULL_STOPPED).ifPresent(builder::pullStoppedAt);
        progress.at(Milestone.STARTED).ifPresent(builder::startedAt);
        progress.at(Milestone.EXECUTION_STOPPED).ifPresent(builder::executionStoppedAt);
        progress.at(Milestone.STOPPING).ifPresent(builder::stoppingAt);
        progress.at(Milestone.STOPPED).ifPresent(builder::stoppedAt);
    }

    /// An interruption is a notice until the task has stopped.
    private static void stop(Task.Builder builder, LiveTask task) {
        task.stopCause().ifPresent(stop -> {
            var isNotice = stop.isSpotInterruption() && !task.isStopped();
            builder.stopCode(isNotice ? TaskStopCode.TERMINATION_NOTICE : stop.code())
                    .stoppedReason(stop.reason());
        });
    }

    private static void fargate(Task.Builder builder, TaskSpec spec) {
        var asked = Optional.ofNullable(spec.overrides().ephemeralStorage())
                .or(() -> Optional.ofNullable(spec.definition().ephemeralStorage()))
                .map(EphemeralStorage::sizeInGiB);
        int size = asked.orElse(DEFAULT_EPHEMERAL_GIB);
        builder.platformVersion(spec.compute().platformVersion())
                .platformFamily("Linux")
                .ephemeralStorage(EphemeralStorage.builder().sizeInGiB(size).build())
                .fargateEphemeralStorage(
                        TaskEphemeralStorage.builder().sizeInGiB(size).build());
    }

    private static Container container(LiveTask task, TaskContainer container) {
        var key = task.key();
        var definition = container.definition();
        var image = container.image();
        var runtime = container.runtime();
        return Container.builder()
                .containerArn(task.arnOf(container).toString())
                .taskArn(key.arn().toString())
                .name(container.name())
                .image(definition.image())
                .imageDigest(image == null || image.digest().isEmpty() ? null : image.digest())
                .runtimeId(runtime == null ? null : RuntimeId.of(task, runtime))
                .lastStatus(status(container))
                .exitCode(container.exitCode())
                .reason(container.reason().isEmpty() ? null : container.reason())
                .healthStatus(health(container.health()))
                .networkBindings(NetworkBindings.of(task, container))
                .networkInterfaces(interfaces(task))
                .managedAgents(task.spec().executeCommand() ? List.of(execAgent(container)) : null)
                .cpu(String.valueOf(Objects.requireNonNullElse(definition.cpu(), 0)))
                .memory(text(definition.memory()))
                .memoryReservation(text(definition.memoryReservation()))
                .gpuIds(gpus(task, definition))
                .build();
    }

    private static @Nullable List<String> gpus(LiveTask task, ContainerDefinition container) {
        var gpus = task.spec().gpusOf(container);
        return gpus.isEmpty() ? null : gpus;
    }

    private static String status(TaskContainer container) {
        return switch (container.phase()) {
            case WAITING, PULLING, PULLED, STARTING -> "PENDING";
            case RUNNING, RESTARTING, STOPPING -> "RUNNING";
            case STOPPED -> "STOPPED";
        };
    }

    /// ECS Exec's agent lives and dies with its container.
    private static ManagedAgent execAgent(TaskContainer container) {
        return ManagedAgent.builder()
                .name(ManagedAgentName.EXECUTE_COMMAND_AGENT)
                .lastStatus(status(container))
                .lastStartedAt(container.startedAt())
                .build();
    }

    private static List<NetworkInterface> interfaces(LiveTask task) {
        var made = task.infrastructure().networkInterface();
        if (made == null) {
            return List.of();
        }
        return List.of(NetworkInterface.builder()
                .attachmentId(task.infrastructure().attachmentId())
                .privateIpv4Address(made.privateAddress())
                .build());
    }

    private static Optional<Attachment> attachment(LiveTask task) {
        var network = task.spec().network();
        if (network == null) {
            return Optional.empty();
        }
        var details = new ArrayList<KeyValuePair>();
        details.add(pair("subnetId", network.subnetId()));
        var made = task.infrastructure().networkInterface();
        if (made != null) {
            details(made).forEach(details::add);
        }
        return Optional.of(Attachment.builder()
                .id(task.infrastructure().attachmentId())
                .type("ElasticNetworkInterface")
                .status(attachmentStatus(task, made))
                .details(details)
                .build());
    }

    private static Optional<Attachment> volume(LiveTask task) {
        return Optional.ofNullable(task.spec().ebs())
                .map(ebs -> Attachment.builder()
                        .id(ebs.attachmentId())
                        .type("AmazonElasticBlockStorage")
                        .status(volumeStatus(task, ebs))
                        .details(
                                pair("roleArn", ebs.roleArn()),
                                pair("volumeName", ebs.name()),
                                pair("deleteOnTermination", String.valueOf(ebs.goesWithTask())),
                                pair("volumeId", ebs.volumeId()))
                        .build());
    }

    private static String volumeStatus(LiveTask task, EbsVolume ebs) {
        return switch (task.infrastructure().state()) {
            case ABSENT -> "PRECREATED";
            case PREPARING -> "ATTACHING";
            case READY -> "ATTACHED";
            case RELEASING -> "DETACHING";
            case RELEASED -> ebs.goesWithTask() ? "DELETED" : "DETACHED";
        };
    }

    private static List<KeyValuePair> details(Networking.Interface made) {
        return List.of(
                pair("networkInterfaceId", made.interfaceId()),
                pair("macAddress", made.macAddress()),
                pair("privateDnsName", made.privateDnsName()),
                pair("privateIPv4Address", made.privateAddress()));
    }

    private static String attachmentStatus(LiveTask task, Networking.@Nullable Interface made) {
        return switch (task.infrastructure().state()) {
            case ABSENT -> "PRECREATED";
            case PREPARING -> made == null ? "PRECREATED" : "ATTACHING";
            case READY -> made == null ? "PRECREATED" : "ATTACHED";
            case RELEASING -> made == null ? "PRECREATED" : "DETACHING";
            case RELEASED -> "DELETED";
        };
    }

    private static HealthStatus health(Health health) {
        return switch (health) {
            case UNKNOWN -> HealthStatus.UNKNOWN;
            case HEALTHY -> HealthStatus.HEALTHY;
            case UNHEALTHY -> HealthStatus.UNHEALTHY;
        };
    }

    private static KeyValuePair pair(String name, String value) {
        return KeyValuePair.builder().name(name).value(value).build();
    }

    private static @Nullable String text(@Nullable Integer number) {
        return number == null ? null : number.toString();
    }

    private static @Nullable String orElse(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }
}

package dev.hakoniwa.tmds;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hakoniwa.ecs.Agent;
import dev.hakoniwa.ecs.ContainerMetadata;
import dev.hakoniwa.ecs.ContainerMetadata.Network;
import dev.hakoniwa.ecs.TaskMetadata;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes metadata as its versions have it (task-endpoints.md §3).
final class Metadata {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// What a platform of Fargate keeps for itself of a task's storage.
    private static final long OVERHEAD_MIB = 16;

    private static final double CLOCK_ERROR_MILLISECONDS = 0.5;

    private static final long MIB = 1024 * 1024;

    private final InstantSource clock;
    private final Agent agent;

    Metadata(InstantSource clock, Agent agent) {
        this.clock = clock;
        this.agent = agent;
    }

    /// May block, as what a task of Fargate has stored only the engine knows.
    ObjectNode task(TaskMetadata task, Version version, boolean withTags) {
        var node = JSON.objectNode()
                .put("Cluster", task.isFargate() ? task.clusterArn() : task.cluster())
                .put("TaskARN", task.arn())
                .put("Family", task.family())
                .put("Revision", String.valueOf(task.revision()))
                .put("DesiredStatus", task.desiredStatus())
                .put("KnownStatus", task.knownStatus());
        limits(node, task.size());
        putTime(node, "PullStartedAt", task.times().pullStarted());
        putTime(node, "PullStoppedAt", task.times().pullStopped());
        putTime(node, "ExecutionStoppedAt", task.times().executionStopped());
        putText(node, "AvailabilityZone", task.availabilityZone());
        if (version == Version.V4) {
            putNewer(node, task);
        }
        var containers = JSON.arrayNode();
        task.containers().stream()
                .filter(container -> !container.engineId().isEmpty() || version == Version.V4)
                .forEach(container -> containers.add(container(task, container, version)));
        if (!containers.isEmpty()) {
            node.set("Containers", containers);
        }
        if (withTags && !task.tags().isEmpty()) {
            node.set("TaskTags", object(task.tags()));
        }
        return node;
    }

    private void putNewer(ObjectNode node, TaskMetadata task) {
        node.put("LaunchType", task.launchType()).put("FaultInjectionEnabled", task.faultInjection());
        if (task.isFargate()) {
            node.set(
                    "ClockDrift",
                    JSON.objectNode()
                            .put("ClockErrorBound", CLOCK_ERROR_MILLISECONDS)
                            .put("ReferenceTimestamp", clock.instant().toString())
                            .put("ClockSynchronizationStatus", "SYNCHRONIZED"));
            node.set("EphemeralStorageMetrics", storage(task));
            return;
        }
        putText(node, "ServiceName", task.service());
        putText(node, "VPCID", task.vpcId());
    }

    /// In MiB. What can't be measured isn't told.
    private ObjectNode storage(TaskMetadata task) {
        var metrics = JSON.objectNode();
        agent.stored(task).ifPresent(bytes -> metrics.put("Utilized", Math.ceilDiv(bytes, MIB)));
        var reserved = Objects.requireNonNullElse(task.ephemeralGib(), 0) * 1024 + OVERHEAD_MIB;
        return metrics.put("Reserved", reserved);
    }

    private static void limits(ObjectNode node, TaskMetadata.@Nullable Size size) {
        if (size == null) {
            return;
        }
        var limits = JSON.objectNode();
        if (size.vcpus() != null) {
            limits.put("CPU", size.vcpus());
        }
        if (size.memory() != null) {
            limits.put("Memory", size.memory());
        }
        node.set("Limits", limits);
    }

    ObjectNode container(TaskMetadata task, ContainerMetadata container, Version version) {
        var node = JSON.objectNode()
                .put("DockerId", container.id())
                .put("Name", container.name())
                .put("DockerName", task.isFargate() ? container.name() : container.engineName())
                .put("Image", container.image())
                .put("ImageID", container.imageId());
        ports(node, container);
        if (!container.labels().isEmpty()) {
            node.set("Labels", object(container.labels()));
        }
        node.put("DesiredStatus", container.desiredStatus()).put("KnownStatus", container.knownStatus());
        if (container.exitCode() != null) {
            node.put("ExitCode", container.exitCode());
        }
        node.set("Limits", containerLimits(task, container.limits()));
        putTime(node, "CreatedAt", container.times().created());
        putTime(node, "StartedAt", container.times().started());
        putTime(node, "FinishedAt", container.times().finished());
        node.put("Type", container.type());
        if (!container.health().isEmpty()) {
            node.set("Health", JSON.objectNode().put("status", container.health()));
        }
        volumes(node, container);
        if (version == Version.V4) {
            putNewer(node, task, container);
        }
        networks(node, container, version);
        return node;
    }

    /// A container as the agent tells it to all the tasks of its instance.
    static ObjectNode introspected(ContainerMetadata container) {
        var node = JSON.objectNode()
                .put("DockerId", container.engineId())
                .put("DockerName", container.engineName())
                .put("Name", container.name())
                .put("Image", container.image())
                .put("ImageID", container.imageId());
        putTime(node, "CreatedAt", container.times().created());
        putTime(node, "StartedAt", container.times().started());
        ports(node, container);
        networks(node, container, Version.V3);
        volumes(node, container);
        return node;
    }

    private static void putNewer(ObjectNode node, TaskMetadata task, ContainerMetadata container) {
        var log = container.log();
        if (log != null) {
            node.put("LogDriver", log.driver());
            if (!log.options().isEmpty()) {
                node.set("LogOptions", object(log.options()));
            }
        }
        putText(node, "ContainerARN", container.arn());
        if (container.restarts() != null) {
            node.put("RestartCount", container.restarts());
        }
        if (task.isFargate()) {
            node.put("Snapshotter", "overlayfs");
        }
    }

    /// On Fargate a container without a memory limit of its own shows none.
    private static ObjectNode containerLimits(TaskMetadata task, ContainerMetadata.Limits limits) {
        var node = JSON.objectNode().put("CPU", limits.cpu());
        if (limits.memory() != null || !task.isFargate()) {
            node.put("Memory", Objects.requireNonNullElse(limits.memory(), 0));
        }
        return node;
    }

    private static void ports(ObjectNode node, ContainerMetadata container) {
        if (container.ports().isEmpty()) {
            return;
        }
        var ports = node.putArray("Ports");
        for (var port : container.ports()) {
            var written =
                    ports.addObject().put("ContainerPort", port.containerPort()).put("Protocol", port.protocol());
            if (port.hostPort() != 0) {
                written.put("HostPort", port.hostPort());
            }
        }
    }

    private static void volumes(ObjectNode node, ContainerMetadata container) {
        if (container.volumes().isEmpty()) {
            return;
        }
        var volumes = node.putArray("Volumes");
        for (var volume : container.volumes()) {
            var written = volumes.addObject();
            putText(written, "DockerName", volume.engineName());
            written.put("Source", volume.source()).put("Destination", volume.destination());
        }
    }

    private static void networks(ObjectNode node, ContainerMetadata container, Version version) {
        if (container.networks().isEmpty()) {
            return;
        }
        var networks = node.putArray("Networks");
        for (var network : container.networks()) {
            var written = networks.addObject().put("NetworkMode", network.mode());
            var addresses = written.putArray("IPv4Addresses");
            network.addresses().forEach(addresses::add);
            if (version == Version.V4) {
                networkInterface(written, network);
            }
        }
    }

    private static void networkInterface(ObjectNode node, Network network) {
        var made = network.networkInterface();
        if (made == null) {
            return;
        }
        node.put("AttachmentIndex", 0)
                .put("MACAddress", made.macAddress())
                .put("IPv4SubnetCIDRBlock", made.subnetCidr());
        node.putArray("DomainNameServers").add(made.nameServer());
        var domain = made.privateDnsName().substring(made.privateDnsName().indexOf('.') + 1);
        node.putArray("DomainNameSearchList").add(domain);
        node.put("PrivateDNSName", made.privateDnsName()).put("SubnetGatewayIpv4Address", made.gateway());
    }

    private static ObjectNode object(Map<String, String> texts) {
        var node = JSON.objectNode();
        texts.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(e -> node.put(e.getKey(), e.getValue()));
        return node;
    }

    private static void putText(ObjectNode node, String name, String text) {
        if (!text.isEmpty()) {
            node.put(name, text);
        }
    }

    private static void putTime(ObjectNode node, String name, @Nullable Instant time) {
        if (time != null) {
            node.put(name, time.toString());
        }
    }
}

package dev.hakoniwa.ecs.instance;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.VersionInfo;

/// A container instance: what it is, and whether it takes tasks.
///
/// @param attributes those of the agent and of the platform
/// @param custom those that somebody has put on it, which win
public record ContainerInstance(
        InstanceKey key,
        Origin origin,
        Status status,
        Capacity capacity,
        Map<String, String> attributes,
        Map<String, String> custom,
        List<Tag> tags,
        long version) {
    static final String ZONE = "ecs.availability-zone";

    public ContainerInstance {
        attributes = Map.copyOf(attributes);
        custom = Map.copyOf(custom);
        tags = List.copyOf(tags);
    }

    /// ACTIVE instances take tasks, DRAINING ones don't any more, INACTIVE ones are only remembered.
    public enum Status {
        ACTIVE,
        DRAINING,
        INACTIVE
    }

    /// @param builtIn whether it is there by itself, and not because somebody has registered it
    /// @param everywhere whether it stands for instances in every zone, as it is the only one there is
    /// @param taskInterfaces how many tasks may have a network interface of their own
    record Origin(
            String ec2InstanceId,
            boolean builtIn,
            boolean everywhere,
            int taskInterfaces,
            VersionInfo versionInfo,
            Instant registeredAt) {
        /// Where network interfaces aren't counted.
        static final int UNCOUNTED = Integer.MAX_VALUE;
    }

    public String ec2InstanceId() {
        return origin.ec2InstanceId;
    }

    /// The agent's version, as it tells it itself; who registers an instance need not say the hash.
    public String agentVersion() {
        var version = origin.versionInfo;
        var hash = version.agentHash() == null ? "" : " (" + version.agentHash() + ")";
        return "Amazon ECS Agent - v" + version.agentVersion() + hash;
    }

    public String zone() {
        return attributes.getOrDefault(ZONE, "");
    }

    /// Whether it stands for instances in every zone.
    public boolean isEverywhere() {
        return origin.everywhere;
    }

    public boolean isActive() {
        return status == Status.ACTIVE;
    }

    Optional<String> attribute(String name) {
        return Optional.ofNullable(custom.get(name)).or(() -> Optional.ofNullable(attributes.get(name)));
    }

    ContainerInstance with(Status next) {
        return new ContainerInstance(key, origin, next, capacity, attributes, custom, tags, version + 1);
    }

    ContainerInstance with(Map<String, String> nextCustom) {
        return new ContainerInstance(key, origin, status, capacity, attributes, nextCustom, tags, version + 1);
    }

    ContainerInstance with(List<Tag> nextTags) {
        return new ContainerInstance(key, origin, status, capacity, attributes, custom, nextTags, version);
    }
}

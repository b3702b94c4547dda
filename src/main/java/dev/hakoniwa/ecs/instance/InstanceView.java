package dev.hakoniwa.ecs.instance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceHealthStatus;
import software.amazon.awssdk.services.ecs.model.InstanceHealthCheckState;
import software.amazon.awssdk.services.ecs.model.Resource;

/// A container instance as DescribeContainerInstances shows it (ecs-capacity.md §3).
final class InstanceView {
    private InstanceView() {}

    static software.amazon.awssdk.services.ecs.model.ContainerInstance of(
            ContainerInstance instance, ContainerInstances instances, boolean withTags, boolean withHealth) {
        var load = instances.load(instance);
        var ports = instances.portsOn(instance);
        var capacity = instance.capacity();
        var view = software.amazon.awssdk.services.ecs.model.ContainerInstance.builder()
                .containerInstanceArn(instance.key().arn().toString())
                .ec2InstanceId(instance.ec2InstanceId())
                .version(instance.version())
                .versionInfo(instance.origin().versionInfo())
                .registeredResources(resources(
                        capacity.cpu(),
                        capacity.memory(),
                        capacity.gpus(),
                        List.of(capacity.tcpPorts(), capacity.udpPorts())))
                .remainingResources(resources(
                        capacity.cpu() - load.cpu(),
                        capacity.memory() - load.memory(),
                        instances.freeGpus(instance),
                        List.of(taken(capacity.tcpPorts(), "tcp/", ports), taken(capacity.udpPorts(), "udp/", ports))))
                .status(instance.status().name())
                .agentConnected(instance.status() != ContainerInstance.Status.INACTIVE)
                .runningTasksCount(load.running())
                .pendingTasksCount(load.pending())
                .attributes(attributes(instance))
                .registeredAt(instance.origin().registeredAt())
                .attachments(List.of())
                .tags(withTags ? instance.tags() : List.of());
        if (withHealth) {
            view.healthStatus(ContainerInstanceHealthStatus.builder()
                    .overallStatus(InstanceHealthCheckState.OK)
                    .details(List.of())
                    .build());
        }
        return view.build();
    }

    /// Attributes, those that were put on the instance included, in the order of their names.
    static List<Attribute> attributes(ContainerInstance instance) {
        Map<String, String> all = new TreeMap<>(instance.attributes());
        all.putAll(instance.custom());
        return all.entrySet().stream()
                .map(row -> Attribute.builder()
                        .name(row.getKey())
                        .value(row.getValue().isEmpty() ? null : row.getValue())
                        .build())
                .toList();
    }

    private static List<String> taken(List<String> kept, String transport, List<String> ports) {
        var ofTasks = ports.stream()
                .filter(port -> port.startsWith(transport))
                .map(port -> port.substring(transport.length()));
        return Stream.concat(kept.stream(), ofTasks).toList();
    }

    /// @param ports those of TCP and those of UDP that are taken
    private static List<Resource> resources(long cpu, long memory, List<String> gpus, List<List<String>> ports) {
        var resources = Stream.of(
                number("CPU", cpu),
                number("MEMORY", memory),
                set("PORTS", ports.getFirst()),
                set("PORTS_UDP", ports.getLast()));
        return gpus.isEmpty()
                ? resources.toList()
                : Stream.concat(resources, Stream.of(set("GPU", gpus))).toList();
    }

    private static Resource number(String name, long value) {
        return resource(name, "INTEGER").integerValue((int) value).build();
    }

    private static Resource set(String name, List<String> values) {
        return resource(name, "STRINGSET")
                .integerValue(0)
                .stringSetValue(values)
                .build();
    }

    private static Resource.Builder resource(String name, String type) {
        return Resource.builder().name(name).type(type).doubleValue(0.0).longValue(0L);
    }
}

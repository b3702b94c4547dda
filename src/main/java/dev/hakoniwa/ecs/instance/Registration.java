package dev.hakoniwa.ecs.instance;

import dev.hakoniwa.ecs.instance.ContainerInstance.Origin;
import dev.hakoniwa.ecs.instance.ContainerInstance.Status;
import dev.hakoniwa.vpc.InstanceType;
import dev.hakoniwa.vpc.Networking.Adopted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.RegisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.Resource;
import software.amazon.awssdk.services.ecs.model.Tag;

/// A container instance out of what an agent, or somebody who plays one, says of it (ecs-capacity.md §3).
record Registration(RegisterContainerInstanceRequest request, Adopted machine, IdentityDocument document) {
    private static final int UNITS_OF_VCPU = 1024;
    private static final InstanceType USUAL = new InstanceType("m5.large", 2, 8192);

    /// @param zone where the instance is if it doesn't say so
    static Registration of(RegisterContainerInstanceRequest request, IdentityDocument document, String zone) {
        var machine = new Adopted(
                document.member("instanceId", ""),
                document.member("imageId", "ami-00000000000000000"),
                document.member("instanceType", USUAL.name()),
                document.member("availabilityZone", zone));
        return new Registration(request, machine, document);
    }

    /// @param trunking whether the account has its tasks share network interfaces
    ContainerInstance instance(InstanceKey key, Instant now, List<Tag> tags, boolean trunking) {
        var version = Objects.requireNonNullElse(request.versionInfo(), AgentAttributes.VERSION);
        var agent = version.agentVersion() == null ? AgentAttributes.VERSION : version;
        var interfaces = InstanceType.of(machine.type())
                .map(type -> type.taskInterfaces(trunking))
                .orElse(Origin.UNCOUNTED);
        var origin = new Origin(machine.instanceId(), false, false, interfaces, agent, now);
        return new ContainerInstance(key, origin, Status.ACTIVE, capacity(), attributes(), Map.of(), tags, 1);
    }

    /// What is not said is what instances of the type have.
    Capacity capacity() {
        var type = InstanceType.of(machine.type()).orElse(USUAL);
        return new Capacity(
                number("CPU", (long) type.vcpus() * UNITS_OF_VCPU),
                number("MEMORY", type.mebibytes()),
                set("GPU", List.of()),
                set("PORTS", Capacity.AGENTS_PORTS),
                set("PORTS_UDP", List.of()));
    }

    /// An instance of which nothing is said can do what the emulator's own agent can: its tasks run on the same engine.
    Map<String, String> attributes() {
        var given = request.attributes();
        var knowsItself = given.stream().map(Attribute::name).anyMatch(AgentAttributes::isCapability);
        var all = knowsItself ? new TreeMap<String, String>() : AgentAttributes.all();
        all.put("ecs.ami-id", machine.imageId());
        all.put("ecs.cpu-architecture", document.member("architecture", "x86_64"));
        all.put("ecs.instance-type", machine.type());
        all.put("ecs.os-family", "LINUX");
        all.put("ecs.os-type", "linux");
        all.put(ContainerInstance.ZONE, machine.availabilityZone());
        given.forEach(a -> all.put(a.name(), Objects.requireNonNullElse(a.value(), "")));
        return all;
    }

    private long number(String name, long otherwise) {
        return request.totalResources().stream()
                .filter(resource -> name.equals(resource.name()))
                .findFirst()
                .map(Registration::value)
                .orElse(otherwise);
    }

    private static long value(Resource resource) {
        long whole = Objects.requireNonNullElse(resource.integerValue(), 0);
        long large = Objects.requireNonNullElse(resource.longValue(), 0L);
        return Math.clamp(Math.max(whole, large), 0, Integer.MAX_VALUE);
    }

    private List<String> set(String name, List<String> otherwise) {
        return request.totalResources().stream()
                .filter(resource -> name.equals(resource.name()))
                .findFirst()
                .map(Resource::stringSetValue)
                .orElse(otherwise);
    }
}

package dev.hakoniwa.ecs.instance;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.ecs.AccountSettings;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Taggable;
import dev.hakoniwa.ecs.cluster.ClusterCounts;
import dev.hakoniwa.ecs.cluster.ClusterUse;
import dev.hakoniwa.ecs.instance.ContainerInstance.Origin;
import dev.hakoniwa.ecs.instance.ContainerInstance.Status;
import dev.hakoniwa.ecs.placement.Host;
import dev.hakoniwa.vpc.Networking;
import dev.hakoniwa.vpc.Networking.FleetInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Tag;

/// The container instances there are. Each ACTIVE cluster has the instances that this machine plays from the moment
/// that somebody looks, and those that are registered. Belongs inside a step of the writer.
public final class ContainerInstances implements ClusterUse, Taggable {
    /// ECS describes a deregistered instance as INACTIVE for a while, then forgets it.
    private static final Duration DEREGISTERED_LIFE = Duration.ofHours(1);

    private static final int UNITS_OF_VCPU = 1024;

    private final Foundation foundation;
    private final Networking networking;
    private final Loads loads;
    private final AccountSettings settings;
    private final Table<ContainerInstance> instances;
    private final Table<String> given;

    public ContainerInstances(Foundation foundation, Networking networking, Loads loads, AccountSettings settings) {
        this.settings = settings;
        this.foundation = foundation;
        this.networking = networking;
        this.loads = loads;
        instances = foundation.tables().table("container instance");
        given = foundation.tables().table("cluster with container instances");
    }

    /// The cluster's instances, deregistered ones included, in the order of their ids.
    public List<ContainerInstance> all(Scope scope, String cluster) {
        give(scope, cluster);
        return instances.startingWith(scope, cluster + "/");
    }

    public Optional<ContainerInstance> find(InstanceKey key) {
        give(key.scope(), key.cluster());
        return instances.find(key.scope(), key.row());
    }

    /// The instance, unless it is deregistered.
    public Optional<ContainerInstance> registered(InstanceKey key) {
        return find(key).filter(instance -> instance.status() != Status.INACTIVE);
    }

    /// The instances that take tasks, as placement sees them.
    public List<Host> hosts(Scope scope, String cluster) {
        return all(scope, cluster).stream()
                .filter(ContainerInstance::isActive)
                .map(this::host)
                .toList();
    }

    public Host host(ContainerInstance instance) {
        return new InstanceHost(instance, loads);
    }

    /// The ids of the GPUs that no task has, in the order in which the instance has them.
    public List<String> freeGpus(ContainerInstance instance) {
        var taken = loads.gpusOn(instance.key());
        return instance.capacity().gpus().stream()
                .filter(gpu -> !taken.contains(gpu))
                .toList();
    }

    Load load(ContainerInstance instance) {
        return loads.of(instance.key());
    }

    List<String> portsOn(ContainerInstance instance) {
        return loads.portsOn(instance.key());
    }

    ContainerInstance put(ContainerInstance instance) {
        var key = instance.key();
        foundation.tables().afterwards(() -> foundation.events().tell(new InstanceChanged(key.scope(), key.cluster())));
        return instances.put(key.scope(), key.row(), instance);
    }

    ContainerInstance register(Scope scope, String cluster, Registration registration, List<Tag> tags) {
        var key = new InstanceKey(scope, cluster, foundation.ids().hex(32));
        var trunking = settings.ofAccount(scope, "awsvpcTrunking").equals("enabled");
        return put(registration.instance(key, foundation.clock().instant(), tags, trunking));
    }

    /// Takes the instance out of its cluster; it is remembered for a while.
    ContainerInstance deregister(ContainerInstance instance) {
        var key = instance.key();
        foundation
                .tables()
                .afterwards(() -> foundation
                        .timers()
                        .after(
                                DEREGISTERED_LIFE,
                                () -> foundation.tables().write(() -> instances.remove(key.scope(), key.row()))));
        return put(instance.with(Status.INACTIVE));
    }

    @Override
    public ClusterCounts in(Scope scope, String cluster) {
        var there = all(scope, cluster).stream()
                .filter(instance -> instance.status() != Status.INACTIVE)
                .toList();
        var builtIn = (int)
                there.stream().filter(instance -> instance.origin().builtIn()).count();
        return ClusterCounts.ofInstances(there.size() - builtIn, builtIn);
    }

    @Override
    public boolean uses(Scope scope, String cluster, String capacityProvider) {
        return false;
    }

    /// A cluster that comes again has new instances.
    @Override
    public void deleted(Scope scope, String cluster) {
        instances
                .startingWith(scope, cluster + "/")
                .forEach(instance -> instances.remove(scope, instance.key().row()));
        given.remove(scope, cluster);
    }

    @Override
    public String type() {
        return "container-instance";
    }

    @Override
    public List<Tag> tags(Scope scope, Arn arn) {
        return tagged(scope, arn).tags();
    }

    @Override
    public void replaceTags(Scope scope, Arn arn, List<Tag> tags) {
        var instance = tagged(scope, arn);
        instances.put(scope, instance.key().row(), instance.with(tags));
    }

    private ContainerInstance tagged(Scope scope, Arn arn) {
        return instances
                .find(scope, arn.resourceId())
                .filter(instance -> instance.status() != Status.INACTIVE)
                .orElseThrow(() -> Errors.invalidParameter("The specified container instance does not exist. "
                        + "Specify a valid container instance and try again."));
    }

    private void give(Scope scope, String cluster) {
        if (given.contains(scope, cluster)) {
            return;
        }
        given.put(scope, cluster, cluster);
        var fleet = networking.fleet(scope);
        for (var machine : fleet) {
            var key = new InstanceKey(scope, cluster, foundation.ids().hex(32));
            instances.put(scope, key.row(), builtIn(key, machine, fleet.size() == 1));
        }
    }

    private ContainerInstance builtIn(InstanceKey key, FleetInstance machine, boolean alone) {
        var type = machine.type();
        var capacity = new Capacity(
                (long) type.vcpus() * UNITS_OF_VCPU, type.mebibytes(), List.of(), Capacity.AGENTS_PORTS, List.of());
        var attributes = AgentAttributes.all();
        attributes.put("ecs.ami-id", machine.imageId());
        attributes.put("ecs.cpu-architecture", machine.architecture());
        attributes.put("ecs.instance-type", type.name());
        attributes.put("ecs.os-family", "LINUX");
        attributes.put("ecs.os-type", "linux");
        attributes.put("ecs.subnet-id", machine.subnet().subnetId());
        attributes.put("ecs.vpc-id", machine.subnet().vpcId());
        attributes.put(ContainerInstance.ZONE, machine.subnet().availabilityZone());
        var origin = new Origin(
                machine.instanceId(),
                true,
                alone,
                Origin.UNCOUNTED,
                AgentAttributes.VERSION,
                foundation.clock().instant());
        return new ContainerInstance(key, origin, Status.ACTIVE, capacity, attributes, Map.of(), List.of(), 1);
    }
}

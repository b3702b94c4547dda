package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.vpc.Networking.Adopted;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.ArchitectureValues;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.HypervisorType;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.MonitoringState;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tenancy;
import software.amazon.awssdk.services.ec2.model.VirtualizationType;

/// Instances: those that this machine's engine plays in each scope, and those that somebody has registered as container
/// instances.
///
/// Their private and public address is the one at which this machine's ports are reached. An address of the subnet
/// would look better and lead nowhere.
final class Instances {
    private static final String GIVEN = "instance/";
    private static final int RUNNING = 16;

    private final Inventory inventory;
    private final Ids ids;
    private final InstantSource clock;
    private final String address;
    private final Fleet fleet;

    Instances(Inventory inventory, Ids ids, InstantSource clock, Machine machine) {
        this.inventory = inventory;
        this.ids = ids;
        this.clock = clock;
        this.address = machine.address();
        this.fleet = machine.fleet();
    }

    /// Puts the fleet into the subnets, one instance after the other.
    void addFleet(Scope scope, List<Subnet> subnets) {
        for (var number = 0; number < fleet.size(); number++) {
            var subnet = subnets.get(number % subnets.size());
            var instance = put(
                    scope,
                    instance("i-" + ids.hex(17), fleet.type().name(), "ami-" + ids.hex(17), subnet.availabilityZone())
                            .applyMutation(i -> place(scope, i, subnet)));
            inventory.givenIds.put(scope, GIVEN + "%05d".formatted(number), instance.instanceId());
        }
    }

    /// The fleet, as far as it is there.
    List<Instance> fleet(Scope scope) {
        return inventory.givenIds.startingWith(scope, GIVEN).stream()
                .map(id -> inventory.instances.get(scope, id))
                .toList();
    }

    InstanceType type() {
        return fleet.type();
    }

    /// Puts an instance where others see it that somebody says this machine is.
    void adopt(Scope scope, Adopted adopted, Optional<Subnet> subnet) {
        if (!inventory.instances.contains(scope, adopted.instanceId())) {
            put(
                    scope,
                    instance(adopted.instanceId(), adopted.type(), adopted.imageId(), adopted.availabilityZone())
                            .applyMutation(i -> subnet.ifPresent(s -> place(scope, i, s))));
        }
    }

    private Instance put(Scope scope, Instance.Builder instance) {
        var whole = instance.privateDnsName(DomainNames.ofAddress(scope.region(), address))
                .build();
        return inventory.instances.put(scope, whole.instanceId(), whole);
    }

    private void place(Scope scope, Instance.Builder instance, Subnet subnet) {
        var groupId = inventory.vpcEssentials.get(scope, subnet.vpcId()).securityGroupId();
        instance.subnetId(subnet.subnetId())
                .vpcId(subnet.vpcId())
                .securityGroups(GroupIdentifier.builder()
                        .groupId(groupId)
                        .groupName(SecurityGroups.DEFAULT)
                        .build());
    }

    private Instance.Builder instance(String id, String type, String imageId, String zone) {
        return Instance.builder()
                .instanceId(id)
                .imageId(imageId)
                .instanceType(type)
                .state(s -> s.name(InstanceStateName.RUNNING).code(RUNNING))
                .launchTime(clock.instant())
                .amiLaunchIndex(0)
                .placement(p -> p.availabilityZone(zone).groupName("").tenancy(Tenancy.DEFAULT))
                .monitoring(m -> m.state(MonitoringState.DISABLED))
                .privateIpAddress(address)
                .publicIpAddress(address)
                .publicDnsName("")
                .stateTransitionReason("")
                .architecture(architecture())
                .rootDeviceType(DeviceType.EBS)
                .rootDeviceName("/dev/xvda")
                .virtualizationType(VirtualizationType.HVM)
                .hypervisor(HypervisorType.XEN)
                .sourceDestCheck(true);
    }

    static ArchitectureValues architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? ArchitectureValues.ARM64 : ArchitectureValues.X86_64;
    }
}

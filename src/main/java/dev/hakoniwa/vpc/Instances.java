package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import java.time.InstantSource;
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

/// Instances: only the one that this machine's engine plays in each scope.
///
/// Its private and public address are the one at which this machine's ports are reached. An address of the subnet
/// would look better and lead nowhere.
final class Instances {
    private static final String GIVEN = "instance";
    private static final String TYPE = "m5.large";
    private static final int RUNNING = 16;

    private final Inventory inventory;
    private final Ids ids;
    private final InstantSource clock;
    private final String address;

    Instances(Inventory inventory, Ids ids, InstantSource clock, String address) {
        this.inventory = inventory;
        this.ids = ids;
        this.clock = clock;
        this.address = address;
    }

    /// Puts this machine into a subnet.
    void addLocal(Scope scope, Subnet subnet) {
        var instanceId = "i-" + ids.hex(17);
        var groupId = inventory.vpcEssentials.get(scope, subnet.vpcId()).securityGroupId();
        var instance = Instance.builder()
                .instanceId(instanceId)
                .imageId("ami-" + ids.hex(17))
                .instanceType(TYPE)
                .state(s -> s.name(InstanceStateName.RUNNING).code(RUNNING))
                .launchTime(clock.instant())
                .amiLaunchIndex(0)
                .placement(p -> p.availabilityZone(subnet.availabilityZone())
                        .groupName("")
                        .tenancy(Tenancy.DEFAULT))
                .monitoring(m -> m.state(MonitoringState.DISABLED))
                .subnetId(subnet.subnetId())
                .vpcId(subnet.vpcId())
                .privateIpAddress(address)
                .publicIpAddress(address)
                .privateDnsName(DomainNames.ofAddress(scope.region(), address))
                .publicDnsName("")
                .stateTransitionReason("")
                .architecture(architecture())
                .rootDeviceType(DeviceType.EBS)
                .rootDeviceName("/dev/xvda")
                .virtualizationType(VirtualizationType.HVM)
                .hypervisor(HypervisorType.XEN)
                .sourceDestCheck(true)
                .securityGroups(GroupIdentifier.builder()
                        .groupId(groupId)
                        .groupName(SecurityGroups.DEFAULT)
                        .build())
                .build();
        inventory.instances.put(scope, instanceId, instance);
        inventory.givenIds.put(scope, GIVEN, instanceId);
    }

    Instance local(Scope scope) {
        return inventory.instances.get(scope, inventory.givenIds.get(scope, GIVEN));
    }

    private static ArchitectureValues architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? ArchitectureValues.ARM64 : ArchitectureValues.X86_64;
    }
}

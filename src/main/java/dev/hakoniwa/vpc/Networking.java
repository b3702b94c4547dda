package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.runtime.PublishedPort;
import java.util.List;
import java.util.Optional;

/// What ECS and ELB ask of the VPC. All but [#ensureNetwork] belong inside a step of the writer.
public interface Networking {
    Optional<SubnetPlace> subnet(Scope scope, String subnetId);

    /// The subnets of the default VPC, one a zone, in the order of the zones.
    List<SubnetPlace> defaultSubnets(Scope scope);

    /// The VPC that a security group is in.
    Optional<String> vpcOfSecurityGroup(Scope scope, String securityGroupId);

    Optional<String> defaultSecurityGroup(Scope scope, String vpcId);

    boolean vpcExists(Scope scope, String vpcId);

    /// Whether the address lies in one of the VPC's ranges.
    boolean isInVpc(Scope scope, String vpcId, String address);

    /// The availability zone of the VPC's subnet that holds the address.
    Optional<String> zoneOf(Scope scope, String vpcId, String address);

    /// Makes sure that the engine has the VPC's network and gives it back. Blocks; call it outside of any step.
    /// A range that the engine can't give is replaced by a free one, subnets included, before any interface is there.
    EngineNetwork ensureNetwork(Scope scope, String vpcId);

    /// Makes a network interface with a free private address of the subnet. [#ensureNetwork] comes first.
    Interface createInterface(Scope scope, InterfaceRequest request);

    /// The ports at which the engine's machine stands in for an interface that can't be reached itself.
    void publish(Scope scope, String interfaceId, List<PublishedPort> ports);

    /// Where a port of an address in the VPC is really reached.
    Reached reached(Scope scope, String vpcId, String address, int port);

    void deleteInterface(Scope scope, String interfaceId);

    /// The EC2 instances that this machine's engine plays in the scope: what tasks of launch type EC2 run on.
    List<FleetInstance> fleet(Scope scope);

    /// Lets another instance be known that runs on this machine's engine, unless it is known already.
    void adopt(Scope scope, Adopted instance);

    /// The address at which ports of an instance are reached.
    Optional<Instance> instance(Scope scope, String instanceId);

    /// A subnet, and where it is.
    record SubnetPlace(String subnetId, String vpcId, String availabilityZone, String cidr) {}

    /// What a task wants its network interface to be.
    ///
    /// @param attachmentId of the task that wants it; shows in the description, as ECS writes it
    record InterfaceRequest(
            String subnetId, List<String> securityGroups, String attachmentId, boolean assignPublicIp) {}

    /// The network interface of a task.
    ///
    /// @param privateAddress the container's address on the VPC's network
    record Interface(
            String interfaceId,
            String subnetId,
            String vpcId,
            String availabilityZone,
            String macAddress,
            String privateAddress,
            String privateDnsName) {}

    /// The engine's network that carries a VPC.
    ///
    /// @param isRoutable whether interfaces are reached at their own addresses
    record EngineNetwork(String name, boolean isRoutable) {}

    record Reached(String address, int port) {}

    /// An instance of the fleet, and where it is.
    record FleetInstance(
            String instanceId, String imageId, InstanceType type, String architecture, SubnetPlace subnet) {}

    /// An instance that this machine stands for besides the fleet.
    record Adopted(String instanceId, String imageId, String type, String availabilityZone) {}

    /// A container instance, as the VPC sees it.
    ///
    /// @param address where its host ports are reached
    record Instance(String instanceId, String availabilityZone, String address) {}
}

package dev.hakoniwa.elb;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.runtime.PublishedPort;
import dev.hakoniwa.vpc.Networking;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// In every scope a VPC that holds all loopback addresses, with a subnet in each of three zones and two security
/// groups, another VPC with two subnets and a security group, and one instance.
final class FakeNetworking implements Networking {
    static final String VPC = "vpc-1";
    static final String OTHER_VPC = "vpc-2";
    static final String INSTANCE = "i-0123456789abcdef0";

    private static final List<SubnetPlace> SUBNETS = List.of(
            new SubnetPlace("subnet-a", VPC, "us-east-1a", "127.0.0.0/10"),
            new SubnetPlace("subnet-b", VPC, "us-east-1b", "127.64.0.0/10"),
            new SubnetPlace("subnet-c", VPC, "us-east-1c", "127.128.0.0/10"),
            new SubnetPlace("subnet-c2", VPC, "us-east-1c", "127.192.0.0/10"),
            new SubnetPlace("subnet-x", OTHER_VPC, "us-east-1a", "10.9.0.0/24"),
            new SubnetPlace("subnet-y", OTHER_VPC, "us-east-1b", "10.9.1.0/24"));

    private static final Map<String, String> GROUPS = Map.of("sg-default", VPC, "sg-web", VPC, "sg-x", OTHER_VPC);

    @Override
    public Optional<SubnetPlace> subnet(Scope scope, String subnetId) {
        return SUBNETS.stream()
                .filter(subnet -> subnet.subnetId().equals(subnetId))
                .findFirst();
    }

    @Override
    public List<SubnetPlace> defaultSubnets(Scope scope) {
        return SUBNETS.subList(0, 3);
    }

    @Override
    public Optional<String> vpcOfSecurityGroup(Scope scope, String securityGroupId) {
        return Optional.ofNullable(GROUPS.get(securityGroupId));
    }

    @Override
    public Optional<String> defaultSecurityGroup(Scope scope, String vpcId) {
        return Optional.of(vpcId.equals(VPC) ? "sg-default" : "sg-x");
    }

    @Override
    public boolean vpcExists(Scope scope, String vpcId) {
        return vpcId.equals(VPC) || vpcId.equals(OTHER_VPC);
    }

    @Override
    public boolean isInVpc(Scope scope, String vpcId, String address) {
        return address.startsWith(vpcId.equals(VPC) ? "127." : "10.9.");
    }

    @Override
    public Optional<String> zoneOf(Scope scope, String vpcId, String address) {
        if (!isInVpc(scope, vpcId, address)) {
            return Optional.empty();
        }
        return Optional.of(address.startsWith("127.128.") ? "us-east-1c" : "us-east-1a");
    }

    @Override
    public Optional<Instance> instance(Scope scope, String instanceId) {
        return Optional.of(new Instance(INSTANCE, "us-east-1a", "127.0.0.1"))
                .filter(instance -> instance.instanceId().equals(instanceId));
    }

    @Override
    public EngineNetwork ensureNetwork(Scope scope, String vpcId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interface createInterface(Scope scope, InterfaceRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void publish(Scope scope, String interfaceId, List<PublishedPort> ports) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Reached reached(Scope scope, String vpcId, String address, int port) {
        return new Reached(address, port);
    }

    @Override
    public void deleteInterface(Scope scope, String interfaceId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<FleetInstance> fleet(Scope scope) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void adopt(Scope scope, Adopted instance) {
        throw new UnsupportedOperationException();
    }
}

package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Background;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.runtime.PublishedPort;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Subnet;

/// Our part of EC2, put together: what other services ask of it, and the operations of its API.
public final class Ec2 implements Networking {
    private final Inventory inventory;
    private final Defaults defaults;
    private final Vpcs vpcs;
    private final Subnets subnets;
    private final SecurityGroups securityGroups;
    private final RouteTables routeTables;
    private final InternetGateways internetGateways;
    private final Interfaces interfaces;
    private final Instances instances;
    private final EngineNetworks engineNetworks;
    private final Tables tables;
    private final String machineAddress;

    public Ec2(Tables tables, Ids ids, InstantSource clock, Background background, Machine machine) {
        this.tables = tables;
        machineAddress = machine.address();
        inventory = new Inventory(tables);
        engineNetworks = new EngineNetworks(tables, inventory, background, machine);
        routeTables = new RouteTables(inventory, ids);
        var networkAcls = new NetworkAcls(inventory, ids);
        securityGroups = new SecurityGroups(inventory, ids);
        var parts = new Vpcs.Parts(securityGroups, routeTables, networkAcls, new DhcpOptionsSets(inventory, ids));
        vpcs = new Vpcs(inventory, parts, engineNetworks, ids);
        subnets = new Subnets(inventory, networkAcls, ids);
        internetGateways = new InternetGateways(inventory, routeTables, ids);
        instances = new Instances(inventory, ids, clock, machine);
        interfaces = new Interfaces(inventory, ids, clock);
        defaults = new Defaults(inventory, vpcs, subnets, internetGateways, instances);
    }

    /// The operations of the API, by what they are about.
    Ec2Operations operations() {
        var tagging = new Tagging(inventory, defaults);
        var groupOperations = new SecurityGroupOperations(inventory, securityGroups, defaults, tagging);
        return new Ec2Operations(
                new Describing(inventory, defaults),
                new Surroundings(inventory, defaults),
                tagging,
                groupOperations,
                new RuleOperations(inventory, securityGroups, groupOperations, tagging),
                new RuleChanges(securityGroups, groupOperations),
                new VpcOperations(inventory, defaults, vpcs, tagging),
                new SubnetOperations(inventory, defaults, subnets, routeTables, tagging),
                new GatewayOperations(inventory, defaults, internetGateways, tagging),
                new RouteTableOperations(inventory, defaults, routeTables, tagging),
                new RouteOperations(inventory, defaults, routeTables));
    }

    @Override
    public Optional<SubnetPlace> subnet(Scope scope, String subnetId) {
        defaults.touch(scope);
        return inventory.subnets.find(scope, subnetId).map(Ec2::place);
    }

    @Override
    public List<SubnetPlace> defaultSubnets(Scope scope) {
        defaults.touch(scope);
        return defaults.subnets(scope).stream().map(Ec2::place).toList();
    }

    @Override
    public Optional<String> vpcOfSecurityGroup(Scope scope, String securityGroupId) {
        defaults.touch(scope);
        return inventory.securityGroups.find(scope, securityGroupId).map(group -> group.vpcId());
    }

    @Override
    public Optional<String> defaultSecurityGroup(Scope scope, String vpcId) {
        defaults.touch(scope);
        return inventory.vpcEssentials.find(scope, vpcId).map(Inventory.VpcEssentials::securityGroupId);
    }

    @Override
    public boolean vpcExists(Scope scope, String vpcId) {
        defaults.touch(scope);
        return inventory.vpcs.contains(scope, vpcId);
    }

    @Override
    public boolean isInVpc(Scope scope, String vpcId, String address) {
        defaults.touch(scope);
        var range = inventory.vpcs.find(scope, vpcId).map(vpc -> Cidr.of(vpc.cidrBlock()));
        return range.isPresent()
                && Cidr.address(address).filter(range.get()::contains).isPresent();
    }

    @Override
    public Optional<String> zoneOf(Scope scope, String vpcId, String address) {
        defaults.touch(scope);
        return Cidr.address(address)
                .flatMap(number -> inventory.subnets.all(scope).stream()
                        .filter(subnet -> subnet.vpcId().equals(vpcId))
                        .filter(subnet -> Cidr.of(subnet.cidrBlock()).contains(number))
                        .map(Subnet::availabilityZone)
                        .findFirst());
    }

    @Override
    public EngineNetwork ensureNetwork(Scope scope, String vpcId) {
        tables.write(() -> defaults.touch(scope));
        return engineNetworks.ensure(scope, vpcId);
    }

    @Override
    public Interface createInterface(Scope scope, InterfaceRequest request) {
        defaults.touch(scope);
        return view(interfaces.add(scope, request));
    }

    @Override
    public void publish(Scope scope, String interfaceId, List<PublishedPort> ports) {
        interfaces.publish(scope, interfaceId, ports);
    }

    @Override
    public Reached reached(Scope scope, String vpcId, String address, int port) {
        return interfaces
                .published(scope, vpcId, address, port)
                .map(published -> new Reached(machineAddress, published))
                .orElseGet(() -> new Reached(address, port));
    }

    @Override
    public void deleteInterface(Scope scope, String interfaceId) {
        interfaces.remove(scope, interfaceId);
    }

    @Override
    public List<FleetInstance> fleet(Scope scope) {
        defaults.touch(scope);
        return instances.fleet(scope).stream()
                .map(instance -> new FleetInstance(
                        instance.instanceId(),
                        instance.imageId(),
                        instances.type(),
                        instance.architectureAsString(),
                        new SubnetPlace(
                                instance.subnetId(),
                                instance.vpcId(),
                                instance.placement().availabilityZone(),
                                "")))
                .toList();
    }

    @Override
    public void adopt(Scope scope, Adopted instance) {
        defaults.touch(scope);
        var subnet = defaults.subnets(scope).stream()
                .filter(s -> s.availabilityZone().equals(instance.availabilityZone()))
                .findFirst();
        instances.adopt(scope, instance, subnet);
    }

    @Override
    public Optional<Instance> instance(Scope scope, String instanceId) {
        defaults.touch(scope);
        return inventory.instances.find(scope, instanceId).map(Ec2::view);
    }

    private static SubnetPlace place(Subnet subnet) {
        return new SubnetPlace(subnet.subnetId(), subnet.vpcId(), subnet.availabilityZone(), subnet.cidrBlock());
    }

    private static Instance view(software.amazon.awssdk.services.ec2.model.Instance instance) {
        return new Instance(
                instance.instanceId(), instance.placement().availabilityZone(), instance.privateIpAddress());
    }

    private static Interface view(NetworkInterface row) {
        return new Interface(
                row.networkInterfaceId(),
                row.subnetId(),
                row.vpcId(),
                row.availabilityZone(),
                row.macAddress(),
                row.privateIpAddress(),
                row.privateDnsName());
    }
}

package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Scope;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DhcpConfiguration;
import software.amazon.awssdk.services.ec2.model.DhcpOptions;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Region;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.Vpc;

/// The kinds of resources that can be described, with EC2's names of their filters.
final class Kinds {
    private Kinds() {}

    static Kind<Vpc> vpcs(Inventory inventory) {
        return Kind.of("vpcs", inventory.vpcs, Vpc::vpcId, Errors::vpcNotFound)
                .with("vpc-id", Vpc::vpcId)
                .with("is-default", Vpc::isDefault)
                .with("isDefault", Vpc::isDefault)
                .with("cidr", Vpc::cidrBlock)
                .with("cidr-block-association.cidr-block", Vpc::cidrBlock)
                .with("dhcp-options-id", Vpc::dhcpOptionsId)
                .with("owner-id", Vpc::ownerId)
                .with("state", Vpc::stateAsString);
    }

    static Kind<Subnet> subnets(Inventory inventory) {
        return Kind.of("subnets", inventory.subnets, Subnet::subnetId, Errors::subnetNotFound)
                .with("subnet-id", Subnet::subnetId)
                .with("vpc-id", Subnet::vpcId)
                .with("availability-zone", Subnet::availabilityZone)
                .with("availabilityZone", Subnet::availabilityZone)
                .with("availability-zone-id", Subnet::availabilityZoneId)
                .with("cidr-block", Subnet::cidrBlock)
                .with("cidr", Subnet::cidrBlock)
                .with("default-for-az", Subnet::defaultForAz)
                .with("defaultForAz", Subnet::defaultForAz)
                .with("map-public-ip-on-launch", Subnet::mapPublicIpOnLaunch)
                .with("owner-id", Subnet::ownerId)
                .with("state", Subnet::stateAsString);
    }

    static Kind<SecurityGroup> securityGroups(Inventory inventory, Scope scope) {
        return Kind.of("security groups", inventory.securityGroups, SecurityGroup::groupId, Errors::groupNotFound)
                .with("group-id", SecurityGroup::groupId)
                .with("group-name", SecurityGroup::groupName)
                .with("description", SecurityGroup::description)
                .with("vpc-id", SecurityGroup::vpcId)
                .with("owner-id", SecurityGroup::ownerId)
                .withAll("ip-permission.protocol", of(inventory, scope, false, SecurityGroupRule::ipProtocol))
                .withAll("ip-permission.from-port", of(inventory, scope, false, SecurityGroupRule::fromPort))
                .withAll("ip-permission.to-port", of(inventory, scope, false, SecurityGroupRule::toPort))
                .withAll("ip-permission.cidr", of(inventory, scope, false, SecurityGroupRule::cidrIpv4))
                .withAll("ip-permission.ipv6-cidr", of(inventory, scope, false, SecurityGroupRule::cidrIpv6))
                .withAll("ip-permission.group-id", of(inventory, scope, false, Kinds::referencedGroup))
                .withAll("egress.ip-permission.protocol", of(inventory, scope, true, SecurityGroupRule::ipProtocol))
                .withAll("egress.ip-permission.from-port", of(inventory, scope, true, SecurityGroupRule::fromPort))
                .withAll("egress.ip-permission.to-port", of(inventory, scope, true, SecurityGroupRule::toPort))
                .withAll("egress.ip-permission.cidr", of(inventory, scope, true, SecurityGroupRule::cidrIpv4))
                .withAll("egress.ip-permission.ipv6-cidr", of(inventory, scope, true, SecurityGroupRule::cidrIpv6))
                .withAll("egress.ip-permission.group-id", of(inventory, scope, true, Kinds::referencedGroup));
    }

    static Kind<SecurityGroupRule> securityGroupRules(Inventory inventory) {
        return Kind.of(
                        "security group rules",
                        inventory.securityGroupRules,
                        SecurityGroupRule::securityGroupRuleId,
                        Errors::ruleNotFound)
                .with("group-id", SecurityGroupRule::groupId)
                .with("security-group-rule-id", SecurityGroupRule::securityGroupRuleId);
    }

    static Kind<NetworkInterface> interfaces(Inventory inventory) {
        return Kind.of(
                        "interfaces",
                        inventory.interfaces,
                        NetworkInterface::networkInterfaceId,
                        Errors::interfaceNotFound)
                .with("network-interface-id", NetworkInterface::networkInterfaceId)
                .with("subnet-id", NetworkInterface::subnetId)
                .with("vpc-id", NetworkInterface::vpcId)
                .with("availability-zone", NetworkInterface::availabilityZone)
                .with("description", NetworkInterface::description)
                .with("interface-type", NetworkInterface::interfaceTypeAsString)
                .with("mac-address", NetworkInterface::macAddress)
                .with("owner-id", NetworkInterface::ownerId)
                .with("private-ip-address", NetworkInterface::privateIpAddress)
                .with("addresses.private-ip-address", NetworkInterface::privateIpAddress)
                .with("private-dns-name", NetworkInterface::privateDnsName)
                .with("requester-id", NetworkInterface::requesterId)
                .with("requester-managed", NetworkInterface::requesterManaged)
                .with("status", NetworkInterface::statusAsString)
                .with("attachment.instance-id", row -> row.attachment().instanceId())
                .with("attachment.instance-owner-id", row -> row.attachment().instanceOwnerId())
                .with("attachment.status", row -> row.attachment().statusAsString())
                .with("attachment.attachment-id", row -> row.attachment().attachmentId())
                .withAll(
                        "group-id",
                        row -> row.groups().stream()
                                .map(GroupIdentifier::groupId)
                                .toList())
                .withAll(
                        "group-name",
                        row -> row.groups().stream()
                                .map(GroupIdentifier::groupName)
                                .toList());
    }

    static Kind<Instance> instances(Inventory inventory) {
        return Kind.of("instances", inventory.instances, Instance::instanceId, Errors::instanceNotFound)
                .with("instance-id", Instance::instanceId)
                .with("vpc-id", Instance::vpcId)
                .with("subnet-id", Instance::subnetId)
                .with("instance-type", Instance::instanceTypeAsString)
                .with("availability-zone", row -> row.placement().availabilityZone())
                .with("private-ip-address", Instance::privateIpAddress)
                .with("instance-state-name", row -> row.state().nameAsString());
    }

    static Kind<RouteTable> routeTables(Inventory inventory) {
        return Kind.of("route tables", inventory.routeTables, RouteTable::routeTableId, Errors::routeTableNotFound)
                .with("route-table-id", RouteTable::routeTableId)
                .with("vpc-id", RouteTable::vpcId)
                .with("owner-id", RouteTable::ownerId)
                .withAll(
                        "route.destination-cidr-block",
                        row -> row.routes().stream()
                                .map(Route::destinationCidrBlock)
                                .filter(Objects::nonNull)
                                .toList())
                .withAll(
                        "route.gateway-id",
                        row -> row.routes().stream()
                                .map(Route::gatewayId)
                                .filter(Objects::nonNull)
                                .toList())
                .withAll(
                        "association.main",
                        row -> row.associations().stream()
                                .map(association -> String.valueOf(Boolean.TRUE.equals(association.main())))
                                .toList())
                .withAll(
                        "association.subnet-id",
                        row -> row.associations().stream()
                                .map(RouteTableAssociation::subnetId)
                                .filter(Objects::nonNull)
                                .toList())
                .withAll(
                        "association.route-table-association-id",
                        row -> row.associations().stream()
                                .map(RouteTableAssociation::routeTableAssociationId)
                                .toList());
    }

    static Kind<InternetGateway> internetGateways(Inventory inventory) {
        return Kind.of(
                        "internet gateways",
                        inventory.internetGateways,
                        InternetGateway::internetGatewayId,
                        Errors::internetGatewayNotFound)
                .with("internet-gateway-id", InternetGateway::internetGatewayId)
                .with("owner-id", InternetGateway::ownerId)
                .withAll(
                        "attachment.vpc-id",
                        row -> row.attachments().stream()
                                .map(InternetGatewayAttachment::vpcId)
                                .toList())
                .withAll(
                        "attachment.state",
                        row -> row.attachments().stream()
                                .map(InternetGatewayAttachment::stateAsString)
                                .toList());
    }

    static Kind<NetworkAcl> networkAcls(Inventory inventory) {
        return Kind.of("network ACLs", inventory.networkAcls, NetworkAcl::networkAclId, Errors::networkAclNotFound)
                .with("network-acl-id", NetworkAcl::networkAclId)
                .with("vpc-id", NetworkAcl::vpcId)
                .with("default", NetworkAcl::isDefault)
                .with("owner-id", NetworkAcl::ownerId)
                .withAll(
                        "association.subnet-id",
                        row -> row.associations().stream()
                                .map(NetworkAclAssociation::subnetId)
                                .toList());
    }

    static Kind<DhcpOptions> dhcpOptions(Inventory inventory) {
        return Kind.of("DHCP options", inventory.dhcpOptions, DhcpOptions::dhcpOptionsId, Errors::dhcpOptionsNotFound)
                .with("dhcp-options-id", DhcpOptions::dhcpOptionsId)
                .with("owner-id", DhcpOptions::ownerId)
                .withAll(
                        "key",
                        row -> row.dhcpConfigurations().stream()
                                .map(DhcpConfiguration::key)
                                .toList())
                .withAll(
                        "value",
                        row -> row.dhcpConfigurations().stream()
                                .flatMap(option -> option.values().stream())
                                .map(AttributeValue::value)
                                .toList());
    }

    static Kind<TagDescription> tags(Inventory inventory) {
        return Kind.<TagDescription>made(
                        "tags",
                        scope -> Tagging.descriptions(inventory, scope),
                        tag -> tag.resourceId() + "/" + tag.key(),
                        Errors::idNotFound)
                .with("resource-id", TagDescription::resourceId)
                .with("resource-type", TagDescription::resourceTypeAsString)
                .with("key", TagDescription::key)
                .with("value", TagDescription::value);
    }

    static Kind<AvailabilityZone> zones() {
        return Kind.made(
                        "availability zones",
                        scope -> Zones.all(scope.region()),
                        AvailabilityZone::zoneName,
                        Errors::zoneNotFound)
                .with("zone-name", AvailabilityZone::zoneName)
                .with("zone-id", AvailabilityZone::zoneId)
                .with("zone-type", AvailabilityZone::zoneType)
                .with("region-name", AvailabilityZone::regionName)
                .with("group-name", AvailabilityZone::groupName)
                .with("opt-in-status", AvailabilityZone::optInStatusAsString)
                .with("state", AvailabilityZone::stateAsString);
    }

    static Kind<Region> regions() {
        return Kind.made("regions", scope -> Regions.all(scope.region()), Region::regionName, Errors::regionNotFound)
                .with("region-name", Region::regionName)
                .with("endpoint", Region::endpoint)
                .with("opt-in-status", Region::optInStatus);
    }

    private static Function<SecurityGroup, List<String>> of(
            Inventory inventory, Scope scope, boolean isEgress, Function<SecurityGroupRule, @Nullable Object> value) {
        return group -> inventory.securityGroupRules.startingWith(scope, group.groupId() + "/").stream()
                .filter(rule -> rule.isEgress() == isEgress)
                .map(value)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .toList();
    }

    private static @Nullable Object referencedGroup(SecurityGroupRule rule) {
        var group = rule.referencedGroupInfo();
        return group == null ? null : group.groupId();
    }
}

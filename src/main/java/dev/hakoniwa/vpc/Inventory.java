package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.DhcpOptions;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Vpc;

/// Everything that the scopes hold, by its id. Rows carry no tags: those of all resources are in one table.
final class Inventory {
    /// The ids of what a scope was given when it was first touched, by what it is; they stay when that is deleted.
    final Table<String> givenIds;

    final Table<Vpc> vpcs;
    final Table<VpcAttributes> vpcAttributes;
    final Table<VpcEssentials> vpcEssentials;
    final Table<Subnet> subnets;
    final Table<Addresses> addresses;
    final Table<SecurityGroup> securityGroups;

    /// By the group's id and the rule's id behind it, parted by `/`.
    final Table<SecurityGroupRule> securityGroupRules;

    final Table<NetworkInterface> interfaces;

    /// By the VPC's id and the interface's address behind it, parted by `/`.
    final Table<PublishedPorts> publishedPorts;

    final Table<Instance> instances;
    final Table<RouteTable> routeTables;
    final Table<InternetGateway> internetGateways;
    final Table<NetworkAcl> networkAcls;
    final Table<DhcpOptions> dhcpOptions;

    /// By the id of what is tagged.
    final Table<Tags> tags;

    Inventory(Tables tables) {
        givenIds = tables.table("given id");
        vpcs = tables.table("VPC");
        vpcAttributes = tables.table("VPC's attributes");
        vpcEssentials = tables.table("VPC's essentials");
        subnets = tables.table("subnet");
        addresses = tables.table("subnet's addresses");
        securityGroups = tables.table("security group");
        securityGroupRules = tables.table("security group rule");
        interfaces = tables.table("network interface");
        publishedPorts = tables.table("published ports");
        instances = tables.table("instance");
        routeTables = tables.table("route table");
        internetGateways = tables.table("internet gateway");
        networkAcls = tables.table("network ACL");
        dhcpOptions = tables.table("DHCP options");
        tags = tables.table("tags");
    }

    /// What can be switched on and off for a VPC.
    record VpcAttributes(boolean dnsSupport, boolean dnsHostnames, boolean networkAddressUsageMetrics) {}

    /// What every VPC is born with and keeps until it goes.
    record VpcEssentials(String securityGroupId, String routeTableId, String networkAclId) {}

    /// The ports of the engine's machine that stand in for those of an interface.
    record PublishedPorts(Map<Integer, Integer> hostPorts) {}

    /// The tags of one resource, in the order of their keys.
    record Tags(String id, List<Tag> of) {}
}

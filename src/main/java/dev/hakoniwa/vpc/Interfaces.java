package dev.hakoniwa.vpc;

import static java.util.stream.Collectors.toMap;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.runtime.PublishedPort;
import dev.hakoniwa.runtime.Transport;
import dev.hakoniwa.vpc.Inventory.PublishedPorts;
import dev.hakoniwa.vpc.Networking.InterfaceRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttachment;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceType;
import software.amazon.awssdk.services.ec2.model.Subnet;

/// Network interfaces: those of tasks.
final class Interfaces {
    private static final int GROUPS_AT_MOST = 5;

    /// The account that acts for Fargate; DescribeNetworkInterfaces names it as the requester of a task's interface.
    private static final String REQUESTER = "578734482556";

    private final Inventory inventory;
    private final Ids ids;
    private final InstantSource clock;

    Interfaces(Inventory inventory, Ids ids, InstantSource clock) {
        this.inventory = inventory;
        this.ids = ids;
        this.clock = clock;
    }

    /// Makes an interface at the subnet's lowest free address, attached to the task that wants it.
    NetworkInterface add(Scope scope, InterfaceRequest request) {
        var subnet = inventory
                .subnets
                .find(scope, request.subnetId())
                .orElseThrow(() -> Errors.subnetNotFound(request.subnetId()));
        var groups = groups(scope, subnet, request.securityGroups());
        var address = takeAddress(scope, subnet);
        var interfaceId = "eni-" + ids.hex(17);
        var row = described(scope, subnet, address, request)
                .networkInterfaceId(interfaceId)
                .groups(groups)
                .build();
        return inventory.interfaces.put(scope, interfaceId, row);
    }

    void remove(Scope scope, String interfaceId) {
        inventory.tags.remove(scope, interfaceId);
        inventory.interfaces.remove(scope, interfaceId).ifPresent(row -> {
            inventory.publishedPorts.remove(scope, place(row.vpcId(), row.privateIpAddress()));
            var first = Cidr.of(inventory.subnets.get(scope, row.subnetId()).cidrBlock())
                    .first();
            var address = Cidr.address(row.privateIpAddress()).orElseThrow();
            inventory.addresses.update(scope, row.subnetId(), taken -> taken.release((int) (address - first)));
        });
    }

    /// Notes where the ports of an interface are reached; those of one that is gone are of no use.
    void publish(Scope scope, String interfaceId, List<PublishedPort> ports) {
        var hostPorts = ports.stream()
                .filter(port -> port.transport() == Transport.TCP)
                .collect(toMap(PublishedPort::containerPort, PublishedPort::hostPort, (_, last) -> last));
        inventory
                .interfaces
                .find(scope, interfaceId)
                .ifPresent(row -> inventory.publishedPorts.put(
                        scope, place(row.vpcId(), row.privateIpAddress()), new PublishedPorts(hostPorts)));
    }

    Optional<Integer> published(Scope scope, String vpcId, String address, int port) {
        return inventory
                .publishedPorts
                .find(scope, place(vpcId, address))
                .flatMap(ports -> Optional.ofNullable(ports.hostPorts().get(port)));
    }

    private static String place(String vpcId, String address) {
        return vpcId + "/" + address;
    }

    private String takeAddress(Scope scope, Subnet subnet) {
        var addresses = inventory.addresses.get(scope, subnet.subnetId());
        var place = addresses.free().orElseThrow(() -> Errors.noFreeAddress(subnet.subnetId()));
        inventory.addresses.put(scope, subnet.subnetId(), addresses.take(place));
        return Cidr.of(subnet.cidrBlock()).address(place);
    }

    private List<GroupIdentifier> groups(Scope scope, Subnet subnet, List<String> asked) {
        if (asked.size() > GROUPS_AT_MOST) {
            throw Errors.tooManyGroups();
        }
        var groupIds = asked.isEmpty()
                ? List.of(inventory.vpcEssentials.get(scope, subnet.vpcId()).securityGroupId())
                : asked;
        return groupIds.stream().map(id -> group(scope, subnet, id)).toList();
    }

    private GroupIdentifier group(Scope scope, Subnet subnet, String groupId) {
        var group = inventory.securityGroups.find(scope, groupId).orElseThrow(() -> Errors.groupNotFound(groupId));
        if (!group.vpcId().equals(subnet.vpcId())) {
            throw Errors.groupOfAnotherVpc(groupId, subnet.subnetId());
        }
        return GroupIdentifier.builder()
                .groupId(groupId)
                .groupName(group.groupName())
                .build();
    }

    private NetworkInterface.Builder described(Scope scope, Subnet subnet, String address, InterfaceRequest request) {
        var name = DomainNames.ofAddress(scope.region(), address);
        var primary = NetworkInterfacePrivateIpAddress.builder()
                .primary(true)
                .privateIpAddress(address)
                .privateDnsName(name);
        var row = NetworkInterface.builder();
        if (request.assignPublicIp()) {
            var association = publicAddress(address);
            row.association(association);
            primary.association(association);
        }
        return row.subnetId(subnet.subnetId())
                .vpcId(subnet.vpcId())
                .availabilityZone(subnet.availabilityZone())
                .availabilityZoneId(subnet.availabilityZoneId())
                .ownerId(scope.account().value())
                .description(
                        scope.arn("ecs", "attachment/" + request.attachmentId()).toString())
                .interfaceType(NetworkInterfaceType.INTERFACE)
                .status(NetworkInterfaceStatus.IN_USE)
                .requesterId(REQUESTER)
                .requesterManaged(true)
                .sourceDestCheck(true)
                .macAddress(macAddress())
                .privateIpAddress(address)
                .privateDnsName(name)
                .privateIpAddresses(primary.build())
                .ipv6Addresses(List.of())
                .attachment(attachment(scope));
    }

    /// A public address is for reaching the task from outside, and what reaches it from this machine is its address on
    /// the engine's network. An address out of AWS's ranges would look better and lead nowhere.
    private static NetworkInterfaceAssociation publicAddress(String privateAddress) {
        return NetworkInterfaceAssociation.builder()
                .publicIp(privateAddress)
                .publicDnsName("")
                .ipOwnerId("amazon")
                .build();
    }

    private NetworkInterfaceAttachment attachment(Scope scope) {
        return NetworkInterfaceAttachment.builder()
                .attachmentId("eni-attach-" + ids.hex(17))
                .attachTime(clock.instant())
                .status(AttachmentStatus.ATTACHED)
                .deviceIndex(1)
                .networkCardIndex(0)
                .deleteOnTermination(false)
                .instanceOwnerId(scope.account().value())
                .build();
    }

    /// `0a` is the first byte of many an AWS interface: a unicast address that no manufacturer gives out.
    private String macAddress() {
        return "0a:" + ids.hex(10).replaceAll("(..)(?=.)", "$1:");
    }
}

package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetResponse;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;

/// The operations on subnets.
final class SubnetOperations {
    private static final int LARGEST = 16;
    private static final int SMALLEST = 28;

    private final Inventory inventory;
    private final Defaults defaults;
    private final Subnets subnets;
    private final RouteTables routeTables;
    private final Tagging tagging;

    SubnetOperations(
            Inventory inventory, Defaults defaults, Subnets subnets, RouteTables routeTables, Tagging tagging) {
        this.inventory = inventory;
        this.defaults = defaults;
        this.subnets = subnets;
        this.routeTables = routeTables;
        this.tagging = tagging;
    }

    CreateSubnetResponse create(Call call, CreateSubnetRequest request) {
        var scope = call.scope();
        defaults.touch(scope);
        var vpcId = Errors.present(request.vpcId(), "vpcId");
        var vpc = inventory.vpcs.find(scope, vpcId).orElseThrow(() -> Errors.vpcNotFound(vpcId));
        var cidr = range(scope, vpc, Errors.present(request.cidrBlock(), "cidrBlock"));
        var zone = zone(scope, request.availabilityZone(), request.availabilityZoneId());

        var made = subnets.add(scope, vpcId, cidr, zone, false);
        var tags = tagging.addAll(scope, made.subnetId(), ResourceType.SUBNET, request.tagSpecifications());
        var available = inventory.addresses.get(scope, made.subnetId()).available();
        return CreateSubnetResponse.builder()
                .subnet(made.copy(s -> s.tags(tags).availableIpAddressCount(available)))
                .build();
    }

    DeleteSubnetResponse delete(Call call, DeleteSubnetRequest request) {
        var scope = call.scope();
        defaults.touch(scope);
        var subnetId = Errors.present(request.subnetId(), "subnetId");
        subnets.find(scope, subnetId);
        if (!inventory.addresses.get(scope, subnetId).isUnused()) {
            throw Errors.inUse("subnet", subnetId);
        }
        routeTables.ofSubnet(scope, subnetId).ifPresent(association -> routeTables.disassociate(scope, association));
        subnets.remove(scope, subnetId);
        return DeleteSubnetResponse.builder().build();
    }

    ModifySubnetAttributeResponse modifyAttribute(Call call, ModifySubnetAttributeRequest request) {
        defaults.touch(call.scope());
        var subnetId = Errors.present(request.subnetId(), "subnetId");
        var before = subnets.find(call.scope(), subnetId);
        inventory.subnets.put(call.scope(), subnetId, modified(before, request));
        return ModifySubnetAttributeResponse.builder().build();
    }

    private static Subnet modified(Subnet before, ModifySubnetAttributeRequest request) {
        var names = before.privateDnsNameOptionsOnLaunch();
        return before.copy(s -> s.mapPublicIpOnLaunch(
                        changed(request.mapPublicIpOnLaunch(), before.mapPublicIpOnLaunch()))
                .assignIpv6AddressOnCreation(
                        changed(request.assignIpv6AddressOnCreation(), before.assignIpv6AddressOnCreation()))
                .enableDns64(changed(request.enableDns64(), before.enableDns64()))
                .mapCustomerOwnedIpOnLaunch(
                        changed(request.mapCustomerOwnedIpOnLaunch(), before.mapCustomerOwnedIpOnLaunch()))
                .privateDnsNameOptionsOnLaunch(names.copy(n -> n.hostnameType(Objects.requireNonNullElse(
                                request.privateDnsHostnameTypeOnLaunchAsString(), names.hostnameTypeAsString()))
                        .enableResourceNameDnsARecord(changed(
                                request.enableResourceNameDnsARecordOnLaunch(), names.enableResourceNameDnsARecord()))
                        .enableResourceNameDnsAAAARecord(changed(
                                request.enableResourceNameDnsAAAARecordOnLaunch(),
                                names.enableResourceNameDnsAAAARecord())))));
    }

    private static Boolean changed(@Nullable AttributeBooleanValue sent, Boolean before) {
        return (sent == null || sent.value() == null) ? before : sent.value();
    }

    private Cidr range(Scope scope, Vpc vpc, String text) {
        var cidr = Cidr.parseLoosely(text).orElseThrow(() -> Errors.notACidr(text));
        var isInside = Cidr.of(vpc.cidrBlock()).contains(cidr);
        if (!isInside || cidr.prefix() < LARGEST || cidr.prefix() > SMALLEST) {
            throw Errors.subnetRange(text);
        }
        var conflicts = inventory.subnets.where(
                scope,
                other -> vpc.vpcId().equals(other.vpcId())
                        && Cidr.of(other.cidrBlock()).overlaps(cidr));
        if (!conflicts.isEmpty()) {
            throw Errors.subnetConflict(text);
        }
        return cidr;
    }

    /// The zone that is asked for; else EC2 picks one, here always the first.
    private static String zone(Scope scope, @Nullable String name, @Nullable String zoneId) {
        var zones = Zones.all(scope.region());
        if (name == null && zoneId == null) {
            return zones.getFirst().zoneName();
        }
        return zones.stream()
                .filter(zone -> zone.zoneName().equals(name) || zone.zoneId().equals(zoneId))
                .findFirst()
                .orElseThrow(() -> Errors.noSuchZone(String.valueOf(name == null ? zoneId : name)))
                .zoneName();
    }
}

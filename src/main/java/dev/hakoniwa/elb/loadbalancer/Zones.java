package dev.hakoniwa.elb.loadbalancer;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.vpc.Networking;
import dev.hakoniwa.vpc.Networking.SubnetPlace;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetMapping;

/// The subnets that an Application Load Balancer is in: of one VPC, one a zone, in two zones at least.
record Zones(List<SubnetPlace> subnets) {
    Zones {
        subnets = List.copyOf(subnets);
    }

    static Zones of(Networking networking, Scope scope, List<String> subnets, List<SubnetMapping> mappings) {
        if (!subnets.isEmpty() && !mappings.isEmpty()) {
            throw Errors.validation("You must specify either subnets or subnet mappings, but not both");
        }
        refuseAddresses(mappings);
        var ids = mappings.isEmpty()
                ? subnets
                : mappings.stream().map(SubnetMapping::subnetId).toList();
        if (ids.isEmpty()) {
            throw twoZonesNeeded();
        }
        var places = ids.stream()
                .map(id -> networking.subnet(scope, id).orElseThrow(() -> Errors.subnetNotFound(id)))
                .sorted(Comparator.comparing(SubnetPlace::availabilityZone))
                .toList();
        check(places);
        return new Zones(places);
    }

    String vpcId() {
        return subnets.getFirst().vpcId();
    }

    List<AvailabilityZone> view() {
        return subnets.stream()
                .map(subnet -> AvailabilityZone.builder()
                        .zoneName(subnet.availabilityZone())
                        .subnetId(subnet.subnetId())
                        .loadBalancerAddresses(List.of())
                        .build())
                .toList();
    }

    private static void check(List<SubnetPlace> places) {
        if (places.stream().map(SubnetPlace::vpcId).distinct().count() > 1) {
            throw Errors.invalidSubnet("All subnets must belong to the same VPC");
        }
        var zones = new HashSet<String>();
        for (var place : places) {
            if (!zones.add(place.availabilityZone())) {
                throw Errors.invalidConfiguration(
                        "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
            }
        }
        if (zones.size() < 2) {
            throw twoZonesNeeded();
        }
    }

    private static void refuseAddresses(List<SubnetMapping> mappings) {
        for (var mapping : mappings) {
            if (mapping.allocationId() != null) {
                throw Errors.invalidConfiguration(
                        "You cannot specify elastic IP addresses for an application load balancer");
            }
            if (mapping.privateIPv4Address() != null || mapping.iPv6Address() != null) {
                throw Errors.invalidConfiguration(
                        "You cannot specify private IP addresses for an application load balancer");
            }
        }
    }

    private static RuntimeException twoZonesNeeded() {
        return Errors.validation("At least two subnets in two different Availability Zones must be specified");
    }
}

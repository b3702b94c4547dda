package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.vpc.Selection.Wish;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.AccountAttribute;
import software.amazon.awssdk.services.ec2.model.AccountAttributeValue;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;

/// The operations that tell where the caller is: zones, regions, and what the account may have.
final class Surroundings {
    private final Defaults defaults;
    private final Selection selection;

    Surroundings(Inventory inventory, Defaults defaults) {
        this.defaults = defaults;
        this.selection = new Selection(inventory);
    }

    DescribeAvailabilityZonesResponse zones(Call call, DescribeAvailabilityZonesRequest request) {
        var zones =
                selection.of(call.scope(), Kinds.zones(), new Wish(request.zoneNames(), request.filters(), null, null));
        for (var zoneId : request.zoneIds()) {
            if (zones.items().stream().map(AvailabilityZone::zoneId).noneMatch(zoneId::equals)) {
                throw Errors.zoneNotFound(zoneId);
            }
        }
        return DescribeAvailabilityZonesResponse.builder()
                .availabilityZones(zones.items().stream()
                        .filter(zone ->
                                !request.hasZoneIds() || request.zoneIds().contains(zone.zoneId()))
                        .toList())
                .build();
    }

    DescribeRegionsResponse regions(Call call, DescribeRegionsRequest request) {
        var wish = new Wish(request.regionNames(), request.filters(), null, null);
        return DescribeRegionsResponse.builder()
                .regions(selection.of(call.scope(), Kinds.regions(), wish).items())
                .build();
    }

    DescribeAccountAttributesResponse accountAttributes(Call call, DescribeAccountAttributesRequest request) {
        defaults.touch(call.scope());
        var attributes = new LinkedHashMap<>(Map.of(
                "supported-platforms", "VPC",
                "vpc-max-security-groups-per-interface", "5",
                "max-elastic-ips", "5",
                "vpc-max-elastic-ips", "5",
                "max-instances", "20"));
        attributes.put("default-vpc", defaults.vpcId(call.scope()).orElse("none"));
        for (var name : request.attributeNamesAsStrings()) {
            if (!attributes.containsKey(name)) {
                throw Errors.invalidValue(
                        "Value ( %s ) for parameter attributeName is invalid. Unknown attribute.".formatted(name));
            }
        }
        return DescribeAccountAttributesResponse.builder()
                .accountAttributes(attributes.entrySet().stream()
                        .filter(row -> !request.hasAttributeNames()
                                || request.attributeNamesAsStrings().contains(row.getKey()))
                        .map(row -> attribute(row.getKey(), row.getValue()))
                        .toList())
                .build();
    }

    private static AccountAttribute attribute(String name, String value) {
        return AccountAttribute.builder()
                .attributeName(name)
                .attributeValues(List.of(
                        AccountAttributeValue.builder().attributeValue(value).build()))
                .build();
    }
}

package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Region;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneOptInStatus;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneState;

/// The availability zones of a region: three of them, whatever the region.
final class Zones {
    private static final List<String> LETTERS = List.of("a", "b", "c");

    /// How AWS shortens the parts of a region's name in the ids of its zones: `us-east-1` is `use1`.
    private static final Map<String, String> SHORT = Map.of(
            "north",
            "n",
            "south",
            "s",
            "east",
            "e",
            "west",
            "w",
            "central",
            "c",
            "northeast",
            "ne",
            "southeast",
            "se",
            "northwest",
            "nw",
            "southwest",
            "sw",
            "gov",
            "g");

    private Zones() {}

    static List<String> names(Region region) {
        return LETTERS.stream().map(letter -> region.name() + letter).toList();
    }

    static List<AvailabilityZone> all(Region region) {
        return names(region).stream().map(name -> zone(region, name)).toList();
    }

    /// The zone's id, such as `use1-az1`.
    static String id(Region region, String zone) {
        var place = names(region).indexOf(zone) + 1;
        return abbreviation(region) + "-az" + place;
    }

    /// What the ids of the region's zones begin with.
    static String abbreviation(Region region) {
        var parts = region.name().split("-");
        var rest = Arrays.stream(parts)
                .skip(1)
                .map(part -> SHORT.getOrDefault(part, part))
                .toList();
        return parts[0] + String.join("", rest);
    }

    private static AvailabilityZone zone(Region region, String name) {
        return AvailabilityZone.builder()
                .zoneName(name)
                .zoneId(id(region, name))
                .zoneType("availability-zone")
                .state(AvailabilityZoneState.AVAILABLE)
                .optInStatus(AvailabilityZoneOptInStatus.OPT_IN_NOT_REQUIRED)
                .messages(List.of())
                .regionName(region.name())
                .networkBorderGroup(region.name())
                .groupName(region.name() + "-zg-1")
                .build();
    }
}

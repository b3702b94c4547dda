package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Region;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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
}

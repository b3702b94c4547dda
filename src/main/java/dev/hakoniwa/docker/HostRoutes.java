package dev.hakoniwa.docker;

import dev.hakoniwa.runtime.AddressRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The routes of a Linux machine. Docker makes a network over another machine's range without a word, and cuts it off.
final class HostRoutes {
    private static final Path TABLE = Path.of("/proc/net/route");

    /// Bridges of Docker's own; it refuses what overlaps their networks by itself.
    private static final Pattern DOCKERS = Pattern.compile("docker0|br-[0-9a-f]{12}");

    /// A shorter prefix is a default route, or half of one, as tunnels set them.
    private static final int SHORTEST_PREFIX = 8;

    private HostRoutes() {}

    /// The route that a network of this range would take over, in words.
    static Optional<String> overlapping(AddressRange range) {
        try (var lines = Files.lines(TABLE)) {
            return overlapping(range, lines.skip(1).toList());
        } catch (IOException _) {
            return Optional.empty(); // another system, or one that keeps its routes to itself
        }
    }

    static Optional<String> overlapping(AddressRange range, List<String> table) {
        return table.stream()
                .map(line -> line.split("\\s+"))
                .filter(fields ->
                        fields.length > 7 && !DOCKERS.matcher(fields[0]).matches())
                .flatMap(fields -> route(fields).stream())
                .filter(route -> route.range.prefix() >= SHORTEST_PREFIX && route.range.overlaps(range))
                .findFirst()
                .map(route -> route.range + " of " + route.device);
    }

    private static Optional<Route> route(String[] fields) {
        var prefix = Long.bitCount(number(fields[7]));
        return Stream.of(number(fields[1]))
                .filter(base -> base % (1L << (32 - prefix)) == 0)
                .map(base -> new Route(fields[0], new AddressRange(base, prefix)))
                .findFirst();
    }

    /// The kernel writes an address as the hexadecimal digits of a little-endian number.
    private static long number(String hex) {
        return Integer.toUnsignedLong(Integer.reverseBytes(Integer.parseUnsignedInt(hex, 16)));
    }

    private record Route(String device, AddressRange range) {}
}

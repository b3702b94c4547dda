package dev.hakoniwa.docker;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The network of the container that this process runs in, where it runs in one that has a network of its own. There
/// the machine is not at 127.0.0.1 but at the network's gateway.
public final class OwnNetwork {
    private static final List<Path> MARKS = List.of(Path.of("/.dockerenv"), Path.of("/run/.containerenv"));
    private static final Path DEVICES = Path.of("/sys/class/net");
    private static final Path ROUTES = Path.of("/proc/net/route");
    private static final int DISCARD = 9;
    private static final String EVERYWHERE = "00000000";

    private OwnNetwork() {}

    /// The machine's address in it; none for a process that shares the machine's network.
    public static Optional<String> gateway() {
        if (MARKS.stream().noneMatch(Files::exists)) {
            return Optional.empty();
        }
        try (Stream<Path> devices = Files.list(DEVICES)) {
            // A container in the machine's own network sees the engine's bridges.
            return devices.anyMatch(device -> Files.isDirectory(device.resolve("bridge")))
                    ? Optional.empty()
                    : gateway(Files.readAllLines(ROUTES));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Where the machine and this process are in it; none for a process that shares the machine's network.
    public static Optional<Place> place() {
        return gateway().flatMap(gateway -> ownAddress(gateway).map(address -> new Place(gateway, address)));
    }

    /// Addresses in it.
    ///
    /// @param gateway the machine's
    /// @param address our own
    public record Place(String gateway, String address) {}

    /// The address that a packet to the gateway would have as its source; none is sent.
    private static Optional<String> ownAddress(String gateway) {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(gateway, DISCARD));
            return Optional.of(socket.getLocalAddress().getHostAddress());
        } catch (SocketException _) {
            return Optional.empty();
        }
    }

    /// The gateway of the route to everywhere, in what the kernel tells of its routes.
    static Optional<String> gateway(List<String> routes) {
        return routes.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 2 && fields[1].equals(EVERYWHERE) && !fields[2].equals(EVERYWHERE))
                .map(fields -> address(Integer.parseUnsignedInt(fields[2], 16)))
                .findFirst();
    }

    /// The kernel writes an address as a number in the order of this machine's bytes, lowest first.
    private static String address(int number) {
        return "%d.%d.%d.%d".formatted(number & 0xff, number >>> 8 & 0xff, number >>> 16 & 0xff, number >>> 24);
    }
}

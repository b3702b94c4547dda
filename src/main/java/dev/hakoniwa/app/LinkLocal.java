package dev.hakoniwa.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// An address of this machine that the engine's containers reach, and who is at it.
final class LinkLocal {
    private static final Path SOCKETS = Path.of("/proc/net/tcp");
    private static final String LISTENING = "0A";

    private LinkLocal() {}

    /// Whether the machine has the address.
    static boolean isHere(String address) {
        try {
            return NetworkInterface.getByInetAddress(InetAddress.getByName(address)) != null;
        } catch (SocketException | UnknownHostException _) {
            return false;
        }
    }

    /// Whether a caller is this machine itself or in a network of containers: on a bridge, or on the network that
    /// carries the address. A machine that answers for an address on one of its networks does so on all of them.
    static boolean isNear(String caller, String address) {
        if (isHere(caller)) {
            return true;
        }
        try {
            var source = InetAddress.getByName(caller).getAddress();
            var carrier = InetAddress.getByName(address);
            return NetworkInterface.networkInterfaces()
                    .filter(device -> isBridge(device) || device.inetAddresses().anyMatch(carrier::equals))
                    .flatMap(device -> device.getInterfaceAddresses().stream())
                    .anyMatch(own -> isInRange(source, own));
        } catch (SocketException | UnknownHostException _) {
            return false;
        }
    }

    /// Whether anybody listens at the address, on whatever port.
    static boolean isListenedAt(String address) {
        try {
            var bytes = InetAddress.getByName(address).getAddress();
            var reversed = new byte[] {bytes[3], bytes[2], bytes[1], bytes[0]};
            var wanted = HexFormat.of().withUpperCase().formatHex(reversed) + ":";
            return listening(Files.readAllLines(SOCKETS), wanted);
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean listening(List<String> sockets, String address) {
        return sockets.stream()
                .map(line -> line.strip().toUpperCase(Locale.ROOT).split("\\s+"))
                .anyMatch(fields -> fields.length > 3 && fields[1].startsWith(address) && fields[3].equals(LISTENING));
    }

    private static boolean isBridge(NetworkInterface device) {
        return Files.isDirectory(Path.of("/sys/class/net", device.getName(), "bridge"));
    }

    private static boolean isInRange(byte[] source, InterfaceAddress own) {
        var range = own.getAddress().getAddress();
        if (range.length != source.length) {
            return false;
        }
        for (var bit = 0; bit < own.getNetworkPrefixLength(); bit++) {
            var mask = 0x80 >> bit % 8;
            if ((range[bit / 8] & mask) != (source[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}

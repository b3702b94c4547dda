package dev.hakoniwa.proxy.route;

import java.net.InetAddress;

/// A block of IPv4 or IPv6 addresses.
final class Cidr {
    private final byte[] network;
    private final int bits;

    private Cidr(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    static Cidr parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a block of addresses: " + text);
        }
        var network = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
        var bits = Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > network.length * 8) {
            throw new IllegalArgumentException("not a block of addresses: " + text);
        }
        return new Cidr(network, bits);
    }

    boolean contains(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        var whole = bits / 8;
        for (var i = 0; i < whole; i++) {
            if (bytes[i] != network[i]) {
                return false;
            }
        }
        var rest = bits % 8;
        return rest == 0 || (bytes[whole] ^ network[whole]) >> (8 - rest) == 0;
    }
}

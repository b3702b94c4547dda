package dev.hakoniwa.elb;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;
import java.util.regex.Pattern;

/// IP addresses and blocks of them, as text.
public final class Addresses {
    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");

    /// RFC 1918 and RFC 6598: what an `ip` target may be besides an address of its VPC.
    private static final List<String> PRIVATE =
            List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10");

    private Addresses() {}

    public static boolean isV4(String text) {
        return V4.matcher(text).matches() && isLiteral(() -> Inet4Address.ofLiteral(text));
    }

    public static boolean isV6(String text) {
        return text.indexOf('%') < 0 && isLiteral(() -> Inet6Address.ofLiteral(text));
    }

    /// An address, a slash and a number of bits.
    public static boolean isBlock(String text) {
        var slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return false;
        }
        var address = text.substring(0, slash);
        var bits = Integer.parseInt(text.substring(slash + 1));
        return (isV4(address) && bits <= 32) || (isV6(address) && bits <= 128);
    }

    public static boolean isPrivate(String v4) {
        return PRIVATE.stream().anyMatch(block -> holds(block, v4));
    }

    private static boolean holds(String block, String v4) {
        var slash = block.indexOf('/');
        var shift = 32 - Integer.parseInt(block.substring(slash + 1));
        return number(block.substring(0, slash)) >>> shift == number(v4) >>> shift;
    }

    private static long number(String v4) {
        var number = 0L;
        for (var part : Inet4Address.ofLiteral(v4).getAddress()) {
            number = (number << 8) | (part & 0xff);
        }
        return number;
    }

    private static boolean isLiteral(Runnable parse) {
        try {
            parse.run();
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}

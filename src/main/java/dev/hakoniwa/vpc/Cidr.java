package dev.hakoniwa.vpc;

import java.util.Optional;
import java.util.regex.Pattern;

/// A range of IPv4 addresses.
///
/// @param first its first address, as a number
/// @param prefix how many leading bits its addresses share, from 0 to 32
record Cidr(long first, int prefix) {
    private static final Pattern ADDRESS = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final long ALL = 0xFFFF_FFFFL;

    Cidr {
        if (prefix < 0 || prefix > 32 || first < 0 || first > ALL || (first & (size(prefix) - 1)) != 0) {
            throw new IllegalArgumentException("not a range: " + first + "/" + prefix);
        }
    }

    /// The range that a text such as `172.31.0.0/16` names; none where its address is not the range's first.
    static Optional<Cidr> parse(String text) {
        return parseLoosely(text).filter(cidr -> text.startsWith(text(cidr.first) + "/"));
    }

    /// The range that a text names, with an address anywhere in it.
    static Optional<Cidr> parseLoosely(String text) {
        var slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,2}")) {
            return Optional.empty();
        }
        var prefix = Integer.parseInt(text.substring(slash + 1));
        if (prefix > 32) {
            return Optional.empty();
        }
        return address(text.substring(0, slash)).map(address -> new Cidr(address & -size(prefix) & ALL, prefix));
    }

    /// An IPv4 address as a number.
    static Optional<Long> address(String text) {
        var parts = ADDRESS.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var address = 0L;
        for (var i = 1; i <= 4; i++) {
            var part = Integer.parseInt(parts.group(i));
            if (part > 255) {
                return Optional.empty();
            }
            address = address << 8 | part;
        }
        return Optional.of(address);
    }

    /// The range that a row of ours names.
    static Cidr of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a range: " + text));
    }

    static String text(long address) {
        return "%d.%d.%d.%d".formatted(address >> 24 & 255, address >> 16 & 255, address >> 8 & 255, address & 255);
    }

    int size() {
        return (int) Math.min(Integer.MAX_VALUE, size(prefix));
    }

    String address(int offset) {
        return text(first + offset);
    }

    boolean contains(long address) {
        return address >= first && address < first + size(prefix);
    }

    boolean contains(Cidr other) {
        return prefix <= other.prefix && contains(other.first);
    }

    boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    /// This part of `from` at the same place of `to`, which is as large.
    Cidr moved(Cidr from, Cidr to) {
        return new Cidr(first - from.first + to.first, prefix);
    }

    @Override
    public String toString() {
        return text(first) + "/" + prefix;
    }

    private static long size(int prefix) {
        return 1L << (32 - prefix);
    }
}

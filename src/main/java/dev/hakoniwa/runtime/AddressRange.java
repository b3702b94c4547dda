package dev.hakoniwa.runtime;

import java.util.regex.Pattern;

/// A range of IPv4 addresses, such as `172.31.0.0/16`.
///
/// @param base its lowest address, as a number
/// @param prefix how many of its first bits all its addresses share
public record AddressRange(long base, int prefix) {
    private static final Pattern ADDRESS = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final long ALL = 1L << 32;

    public AddressRange {
        if (prefix < 0 || prefix > 32 || base < 0 || base >= ALL || base % (ALL >> prefix) != 0) {
            throw new IllegalArgumentException("not a range: " + base + "/" + prefix);
        }
    }

    /// The range that an address with the length of its prefix lies in.
    public static AddressRange of(String cidr) {
        var slash = cidr.indexOf('/');
        if (slash < 0 || !cidr.substring(slash + 1).matches("\\d{1,2}")) {
            throw new IllegalArgumentException("invalid CIDR address: " + cidr);
        }
        var prefix = Integer.parseInt(cidr.substring(slash + 1));
        if (prefix > 32) {
            throw new IllegalArgumentException("invalid CIDR address: " + cidr);
        }
        var address = number(cidr.substring(0, slash));
        return new AddressRange(address - address % (ALL >> prefix), prefix);
    }

    public long size() {
        return ALL >> prefix;
    }

    /// The address at this place of the range; 0 is its lowest.
    public String address(long place) {
        var address = base + place;
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    public boolean contains(String address) {
        var number = number(address);
        return number >= base && number < base + size();
    }

    public boolean overlaps(AddressRange other) {
        return base < other.base + other.size() && other.base < base + size();
    }

    @Override
    public String toString() {
        return address(0) + "/" + prefix;
    }

    private static long number(String address) {
        var parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException("invalid address: " + address);
        }
        var number = 0L;
        for (var part = 1; part <= 4; part++) {
            var value = Integer.parseInt(parts.group(part));
            if (value > 255) {
                throw new IllegalArgumentException("invalid address: " + address);
            }
            number = number << 8 | value;
        }
        return number;
    }
}

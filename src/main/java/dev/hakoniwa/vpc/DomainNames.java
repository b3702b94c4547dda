package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Region;

/// The names that AWS gives to private addresses.
final class DomainNames {
    private DomainNames() {}

    /// `ec2.internal` in us-east-1, `REGION.compute.internal` elsewhere.
    static String domain(Region region) {
        return region.name().equals("us-east-1") ? "ec2.internal" : region.name() + ".compute.internal";
    }

    /// Such as `ip-10-0-1-163.ec2.internal`.
    static String ofAddress(Region region, String address) {
        return "ip-" + address.replace('.', '-') + "." + domain(region);
    }
}

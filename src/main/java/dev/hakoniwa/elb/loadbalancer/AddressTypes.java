package dev.hakoniwa.elb.loadbalancer;

import dev.hakoniwa.elb.Constraints;
import dev.hakoniwa.elb.Errors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The kinds of addresses that a load balancer may have.
final class AddressTypes {
    static final List<String> ALL = List.of("ipv4", "dualstack", "dualstack-without-public-ipv4");

    private AddressTypes() {}

    /// No subnet of ours has an IPv6 range, so that every other type gets AWS's error for such subnets.
    static String checked(@Nullable String wanted) {
        new Constraints().oneOf("ipAddressType", wanted, ALL).check();
        if (wanted == null || wanted.equals("ipv4")) {
            return "ipv4";
        }
        throw Errors.invalidSubnet("You must specify subnets with an associated IPv6 CIDR block");
    }
}

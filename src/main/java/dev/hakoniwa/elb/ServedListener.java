package dev.hakoniwa.elb;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.proxy.Address;
import dev.hakoniwa.proxy.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A listener, and where it is really served.
///
/// @param port the port it was created with
/// @param addresses where it listens; empty if nowhere
/// @param problem why it is not served just as it was asked for; absent if it is
public record ServedListener(
        String loadBalancerName,
        String loadBalancerArn,
        String dnsName,
        int port,
        List<String> addresses,
        @Nullable String problem) {
    public ServedListener {
        addresses = List.copyOf(addresses);
    }

    static ServedListener of(Endpoint endpoint) {
        var arn = endpoint.loadBalancerId();
        var name = Arn.parse(arn).orElseThrow().resource().split("/", -1)[2];
        var addresses = endpoint.addresses().stream().map(Address::toString).toList();
        return new ServedListener(name, arn, endpoint.dnsName(), endpoint.port(), addresses, endpoint.problem());
    }
}

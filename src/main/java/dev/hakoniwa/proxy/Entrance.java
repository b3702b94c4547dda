package dev.hakoniwa.proxy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A way in: a listening socket with the sites that share it.
///
/// @param byName the sites by the DNS names of their load balancers
/// @param oldest gets what names none of them; absent while there is no site at all
record Entrance(Map<String, Site> byName, @Nullable Site oldest) {
    static final Entrance CLOSED = new Entrance(Map.of(), null);

    /// @param sites the oldest load balancer's first
    static Entrance of(List<Site> sites) {
        var byName = new HashMap<String, Site>();
        for (var site : sites) {
            byName.putIfAbsent(site.loadBalancer().dnsName().toLowerCase(Locale.ROOT), site);
        }
        return new Entrance(Map.copyOf(byName), sites.isEmpty() ? null : sites.getFirst());
    }

    /// @param host in lower case and without port
    @Nullable
    Site site(@Nullable String host) {
        if (byName.size() <= 1 || host == null) {
            return oldest;
        }
        var named = byName.get(host);
        return named == null ? oldest : named;
    }

    /// The host of a `Host` header: in lower case, without its port and without a final dot.
    static String name(String host) {
        var end = host.length();
        var colon = host.lastIndexOf(':');
        if (colon >= 0 && colon > host.lastIndexOf(']')) {
            end = colon;
        }
        if (end > 0 && host.charAt(end - 1) == '.') {
            end--;
        }
        return host.substring(0, end).toLowerCase(Locale.ROOT);
    }
}

package dev.hakoniwa.runtime.simulated;

import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;

/// What a container that joins another's network may not have of its own, as Docker says it.
final class JoinedRules {
    private JoinedRules() {}

    static void check(ContainerSpec spec) {
        var options = spec.options();
        refuse(options.hostname() != null, "conflicting options: hostname and the network mode");
        refuse(
                !options.links().isEmpty(),
                "conflicting options: container type network can't be used with links. "
                        + "This would result in undefined behavior");
        refuse(!options.dnsServers().isEmpty(), "conflicting options: dns and the network mode");
        refuse(!options.extraHosts().isEmpty(), "conflicting options: custom host-to-IP mapping and the network mode");
        refuse(!spec.ports().isEmpty(), "conflicting options: port publishing and the container type network mode");
    }

    private static void refuse(boolean wrong, String text) {
        if (wrong) {
            throw new EngineException(Kind.REFUSED, text);
        }
    }
}

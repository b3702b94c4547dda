package dev.hakoniwa.tmds.fault;

import java.util.List;
import java.util.Locale;

/// What is to go wrong in a task's network.
sealed interface Fault {
    /// Packets to a port go nowhere.
    ///
    /// @param allowed addresses whose packets still arrive
    record BlackholePort(int port, String protocol, Traffic traffic, List<String> allowed) implements Fault {
        public BlackholePort {
            allowed = List.copyOf(allowed);
        }

        /// The chain of rules that this fault is made of, as the ECS agent calls it.
        String chain() {
            return traffic.name().toLowerCase(Locale.ROOT) + "-" + protocol + "-" + port;
        }
    }

    /// Which way packets go.
    enum Traffic {
        INGRESS,
        EGRESS
    }

    /// Packets take longer.
    record Latency(int milliseconds, int jitter, Flows flows) implements Fault {}

    /// Packets get lost.
    record PacketLoss(int percent, Flows flows) implements Fault {}

    /// Which packets that leave the task are concerned.
    ///
    /// @param destinations the addresses and ranges they go to
    /// @param allowed those that are left alone
    /// @param percent of the connections there
    record Flows(List<String> destinations, List<String> allowed, int percent) {
        public Flows {
            destinations = List.copyOf(destinations);
            allowed = List.copyOf(allowed);
        }
    }
}

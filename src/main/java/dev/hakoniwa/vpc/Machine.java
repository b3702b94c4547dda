package dev.hakoniwa.vpc;

import dev.hakoniwa.runtime.Networks;
import java.util.Map;

/// What the VPCs of all scopes stand on.
///
/// @param networks the engine's
/// @param labels what every network carries that is made: the emulator's, as [dev.hakoniwa.runtime.Labels] names them
/// @param address where the machine's ports are reached
/// @param fleet the instances that the machine plays
public record Machine(Networks networks, Map<String, String> labels, String address, Fleet fleet) {
    public Machine {
        labels = Map.copyOf(labels);
    }
}

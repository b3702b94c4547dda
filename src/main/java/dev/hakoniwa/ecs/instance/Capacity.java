package dev.hakoniwa.ecs.instance;

import java.util.List;

/// What an instance has for tasks: CPU units, MiB of memory, the ids of its GPUs; and the ports it keeps for itself.
record Capacity(long cpu, long memory, List<String> gpus, List<String> tcpPorts, List<String> udpPorts) {
    /// SSH, the engine's API, and the ECS agent's.
    static final List<String> AGENTS_PORTS = List.of("22", "2375", "2376", "51678", "51679", "51680");

    Capacity {
        gpus = List.copyOf(gpus);
        tcpPorts = List.copyOf(tcpPorts);
        udpPorts = List.copyOf(udpPorts);
    }

    /// Whether the instance keeps the port, spelled `tcp/22`, for itself.
    boolean keeps(String port) {
        var slash = port.indexOf('/');
        var ports = port.startsWith("tcp/") ? tcpPorts : udpPorts;
        return ports.contains(port.substring(slash + 1));
    }
}

package dev.hakoniwa.tmds.fault;

import dev.hakoniwa.tmds.fault.Fault.BlackholePort;
import dev.hakoniwa.tmds.fault.Fault.Flows;
import dev.hakoniwa.tmds.fault.Fault.Latency;
import dev.hakoniwa.tmds.fault.Fault.PacketLoss;
import dev.hakoniwa.tmds.fault.Fault.Traffic;
import java.util.ArrayList;
import java.util.List;

/// The commands that bring a fault upon a network namespace, and end it. What a task asks of the agent always arrives.
final class Commands {
    private static final String AGENT = "169.254.170.2/32";
    private static final int WEB = 80;

    /// Connections are told apart by seven bits of their source ports, from the second: the kernel prefers even ports.
    private static final int PATTERNS = 128;

    private Commands() {}

    static List<List<String>> start(Fault fault) {
        return switch (fault) {
            case BlackholePort blackhole -> startBlackhole(blackhole);
            case Latency(var milliseconds, var jitter, var flows) ->
                startDisturbance("delay %dms %dms".formatted(milliseconds, jitter), flows);
            case PacketLoss(var percent, var flows) -> startDisturbance("loss %d%%".formatted(percent), flows);
        };
    }

    static List<List<String>> stop(Fault fault) {
        return switch (fault) {
            case BlackholePort blackhole ->
                List.of(
                        iptables("-D %s -j %s", hook(blackhole), blackhole.chain()),
                        iptables("-F %s", blackhole.chain()),
                        iptables("-X %s", blackhole.chain()));
            case Latency _, PacketLoss _ -> List.of(endDisturbance());
        };
    }

    /// Succeeds while the fault is there.
    static List<String> find(BlackholePort fault) {
        return iptables("-C %s -p %s --dport %d -j DROP", fault.chain(), fault.protocol(), fault.port());
    }

    /// Tells of latency and packet loss.
    static List<String> show() {
        return words("tc qdisc show dev eth0");
    }

    static List<String> endDisturbance() {
        return words("tc qdisc del dev eth0 root");
    }

    private static List<List<String>> startBlackhole(BlackholePort fault) {
        var commands = new ArrayList<List<String>>();
        commands.add(iptables("-N %s", fault.chain()));
        var allowed = new ArrayList<>(fault.allowed());
        if (fault.port() == WEB && fault.traffic() == Traffic.EGRESS) {
            allowed.add(AGENT);
        }
        var end = fault.traffic() == Traffic.INGRESS ? "-s" : "-d";
        for (var address : allowed) {
            commands.add(iptables(
                    "-A %s -p %s %s %s --dport %d -j ACCEPT",
                    fault.chain(), fault.protocol(), end, address, fault.port()));
        }
        commands.add(iptables("-A %s -p %s --dport %d -j DROP", fault.chain(), fault.protocol(), fault.port()));
        commands.add(iptables("-I %s -j %s", hook(fault), fault.chain()));
        return commands;
    }

    private static String hook(BlackholePort fault) {
        return switch (fault.traffic()) {
            case INGRESS -> "INPUT";
            case EGRESS -> "OUTPUT";
        };
    }

    /// Three bands: filters send what is concerned to the first, which is disturbed; all else goes to the third.
    private static List<List<String>> startDisturbance(String disturbance, Flows flows) {
        var commands = new ArrayList<List<String>>();
        commands.add(words("tc qdisc add dev eth0 root handle 1: prio priomap" + " 2".repeat(16)));
        commands.add(words("tc qdisc add dev eth0 parent 1:1 handle 10: netem " + disturbance));
        commands.add(filter(1, AGENT, "", 3));
        flows.allowed().forEach(address -> commands.add(filter(1, address, "", 3)));
        for (var address : flows.destinations()) {
            portsOf(flows.percent()).forEach(ports -> commands.add(filter(2, address, ports, 1)));
        }
        return commands;
    }

    private static List<String> filter(int priority, String address, String ports, int band) {
        return words("tc filter add dev eth0 protocol ip parent 1:0 prio %d u32 match ip dst %s%s flowid 1:%d"
                .formatted(priority, address, ports, band));
    }

    /// As many patterns of source ports as make up the share, each for half as many ports as the one before at least.
    private static List<String> portsOf(int percent) {
        var share = Math.ceilDiv(percent * PATTERNS, 100);
        if (share == PATTERNS) {
            return List.of("");
        }
        var patterns = new ArrayList<String>();
        for (var size = PATTERNS / 2; size > 0; size /= 2) {
            if ((share & size) != 0) {
                var value = share & -(size * 2);
                var mask = PATTERNS - size;
                patterns.add(" match ip sport 0x%x 0x%x".formatted(value << 1, mask << 1));
            }
        }
        return patterns;
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of its own
    private static List<String> iptables(String format, Object... values) {
        return words("iptables -w 5 " + format.formatted(values));
    }

    private static List<String> words(String command) {
        return List.of(command.split(" "));
    }
}

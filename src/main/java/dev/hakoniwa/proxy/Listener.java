package dev.hakoniwa.proxy;

import java.util.Comparator;
import java.util.List;

/// An HTTP listener: its rules in the order of their priority, then the action for what none of them matches.
public record Listener(int port, List<Rule> rules, Action defaultAction) {
    public Listener {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port);
        }
        rules = rules.stream().sorted(Comparator.comparingInt(Rule::priority)).toList();
    }
}

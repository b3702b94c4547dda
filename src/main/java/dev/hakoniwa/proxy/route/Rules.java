package dev.hakoniwa.proxy.route;

import dev.hakoniwa.proxy.Rule;
import java.util.List;

/// The rules of a listener, made ready to be asked often.
public final class Rules {
    private final Matcher[][] rules;

    public Rules(List<Rule> rules) {
        this.rules = rules.stream()
                .map(rule -> rule.conditions().stream().map(Matcher::of).toArray(Matcher[]::new))
                .toArray(Matcher[][]::new);
    }

    /// The index of the first rule whose conditions are all met; the number of rules if there is none.
    public int first(Subject subject) {
        for (var i = 0; i < rules.length; i++) {
            if (allMatch(rules[i], subject)) {
                return i;
            }
        }
        return rules.length;
    }

    private static boolean allMatch(Matcher[] conditions, Subject subject) {
        for (var condition : conditions) {
            if (!condition.matches(subject)) {
                return false;
            }
        }
        return true;
    }
}

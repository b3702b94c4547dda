package dev.hakoniwa.runtime.simulated;

import java.util.Map;

/// Finds things by their labels.
final class LabelFilter {
    private LabelFilter() {}

    /// Whether something with the labels `has` carries all of `wanted`; an empty value stands for any.
    static boolean matches(Map<String, String> has, Map<String, String> wanted) {
        return wanted.entrySet().stream()
                .allMatch(label -> label.getValue().isEmpty()
                        ? has.containsKey(label.getKey())
                        : label.getValue().equals(has.get(label.getKey())));
    }
}

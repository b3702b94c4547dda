package dev.hakoniwa.docker;

import java.util.List;
import java.util.Map;

/// Labels as the daemon's filters want them.
final class LabelFilter {
    private LabelFilter() {}

    /// An empty value stands for any.
    static List<String> of(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getValue().isEmpty() ? label.getKey() : label.getKey() + "=" + label.getValue())
                .toList();
    }
}

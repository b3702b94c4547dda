package dev.hakoniwa.runtime;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The emulator that something on the engine belongs to, running or not.
///
/// @param host the address that its API port is bound at
/// @param container that it runs in; null for a process of a machine
public record Owner(
        String instance, String host, int port, @Nullable ContainerId container) {
    private static final String USUAL_HOST = "127.0.0.1";

    /// Reads what [#labels] wrote.
    static Owner of(Map<String, String> labels) {
        var container = labels.get(Labels.CONTAINER);
        return new Owner(
                labels.getOrDefault(Labels.INSTANCE, ""),
                labels.getOrDefault(Labels.HOST, USUAL_HOST),
                port(labels.getOrDefault(Labels.PORT, "")),
                container == null ? null : new ContainerId(container));
    }

    /// What everything that this emulator makes carries.
    public Map<String, String> labels() {
        var labels = new TreeMap<>(
                Map.of(Labels.INSTANCE, instance, Labels.HOST, host, Labels.PORT, Integer.toString(port)));
        if (container != null) {
            labels.put(Labels.CONTAINER, container.value());
        }
        return labels;
    }

    /// 0 for what is no port: nobody answers there.
    private static int port(String text) {
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }
}

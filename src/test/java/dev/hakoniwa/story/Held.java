package dev.hakoniwa.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.docker.DockerEngine;
import dev.hakoniwa.runtime.Labels;
import dev.hakoniwa.runtime.Leftovers;
import java.util.Map;

/// How much the engine holds of an emulator.
record Held(int containers, int networks, int volumes) {
    static final Held NOTHING = new Held(0, 0, 0);

    static Held by(String instance) {
        var own = Map.of(Labels.INSTANCE, instance);
        try (var engine = DockerEngine.usual()) {
            return new Held(
                    engine.containers().list(own).size(),
                    engine.networks().list(own).size(),
                    engine.volumes().list(own).size());
        }
    }

    /// Removes what an emulator could not.
    static void remove(String instance) {
        try (var engine = DockerEngine.usual()) {
            assertThat(new Leftovers(engine).remove(instance).problems()).isEmpty();
        }
    }
}

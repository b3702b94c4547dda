package dev.hakoniwa.runtime;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Images of the engine. Every call blocks and may throw [EngineException].
public interface Images {
    /// Pulls an image by tag or digest; `progress` hears a line now and then.
    Image pull(String reference, @Nullable Login login, Consumer<String> progress);

    /// The image by reference or id, if the engine has it.
    Optional<Image> find(String reference);

    /// The id of the image that holds a task's network namespace. It is built into the emulator: nothing is pulled.
    String pause();

    /// An image that the engine holds.
    ///
    /// @param id the engine's own id of the image, which names it exactly
    /// @param digest of its manifest in the registry it came from; empty for an image that was built here
    record Image(String id, String digest) {}

    /// What a registry wants to see.
    record Login(String username, String password) {}
}

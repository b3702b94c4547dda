package dev.hakoniwa.runtime;

import java.util.Optional;
import java.util.function.Consumer;

/// A container engine: Docker, or the simulated one.
public interface Engine extends AutoCloseable {
    Containers containers();

    Images images();

    Networks networks();

    Volumes volumes();

    Groups groups();

    /// Where this machine reaches the ports that containers publish.
    String address();

    /// The container that this process runs in, if it is one of this engine's.
    Optional<ContainerId> home();

    /// What is known of the engine without asking it: cheap, never blocks.
    EngineStatus status();

    /// Tells `listener` of everything that happens from now on, to containers of anybody. The first that it hears is
    /// [EngineEvent.Connected] or [EngineEvent.Disconnected], as soon as that is known. Called on a thread of the
    /// engine's, one event at a time; events of one container arrive in order. A listener must not block. An event may
    /// be lost while the engine is away: after [EngineEvent.Connected] look at what there is.
    void listen(Consumer<EngineEvent> listener);

    @Override
    void close();
}

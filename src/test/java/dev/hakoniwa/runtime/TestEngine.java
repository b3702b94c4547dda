package dev.hakoniwa.runtime;

import java.util.List;
import java.util.Map;

/// An engine under a contract, and containers that behave as their names say, whichever engine runs them.
public interface TestEngine extends AutoCloseable {
    Engine engine();

    /// A reference of an image that is there.
    String image();

    /// A container that runs until it gets its stop signal, and then ends with 143.
    ContainerSpec endless(String name, Map<String, String> labels);

    /// A container that runs for ever and hears no stop signal.
    ContainerSpec deaf(String name, Map<String, String> labels);

    /// A container that soon ends by itself.
    ContainerSpec ending(String name, int exitCode, Map<String, String> labels);

    /// A container that runs for ever, with a health check that always finds the same.
    ContainerSpec checked(String name, Health found, Map<String, String> labels);

    /// A container that writes these lines, and then soon ends.
    ContainerSpec writing(String name, List<String> lines, Map<String, String> labels);

    /// Called when such a container has been started.
    void started(ContainerId id, String name);

    /// Tries the assertion until it holds, for a while, letting the engine's time pass.
    void eventually(Runnable assertion);

    @Override
    void close();
}

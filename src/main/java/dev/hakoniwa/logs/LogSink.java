package dev.hakoniwa.logs;

import dev.hakoniwa.core.Scope;
import java.time.Instant;

/// Takes what containers write. Each call is a step of its own, or part of the caller's.
public interface LogSink {
    boolean groupExists(Scope scope, String group);

    /// Makes the group; one that is there is left as it is.
    void createGroup(Scope scope, String group);

    /// Makes the stream; one that is there is left as it is.
    void createStream(Scope scope, String group, String stream);

    /// Adds an event; dropped if the group or stream has gone meanwhile.
    void put(Scope scope, String group, String stream, Instant at, String message);
}

package dev.hakoniwa.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Groups of containers that share what they may use, as the containers of a task do. Every call blocks and may throw
/// [EngineException].
public interface Groups {
    /// Makes a group; one that is there already is left as it is. Gives back the id that containers join it by, or
    /// nothing if this engine holds no limits but those of single containers.
    ///
    /// @param name of letters and digits
    /// @param labels its [Labels#INSTANCE] and [Labels#PORT]; it keeps no others
    Optional<String> create(String name, Share share, Map<String, String> labels);

    /// Removes the group; removing one that is not there is no error, and one with containers is a CONFLICT.
    void remove(String id);

    /// The ids of the groups that carry all these labels; an empty value stands for any.
    List<String> list(Map<String, String> labels);

    /// What the containers of a group may use together; 0 is no limit.
    ///
    /// @param cpus in cores
    /// @param memory in bytes
    record Share(double cpus, long memory) {}
}

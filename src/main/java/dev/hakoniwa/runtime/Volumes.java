package dev.hakoniwa.runtime;

import java.util.List;
import java.util.Map;

/// Named volumes of the engine. Every call blocks and may throw [EngineException].
public interface Volumes {
    /// Makes the volume; one that is there already is left as it is.
    void create(String name, String driver, Map<String, String> options, Map<String, String> labels);

    boolean exists(String name);

    /// Where the volume's files are on the engine's machine, which need not be this one.
    String path(String name);

    /// Puts a file into the volume, in the place of one that is there.
    ///
    /// @param file its path in the volume
    void write(String name, String file, String content);

    /// Removes the volume; removing one that is not there is no error.
    void remove(String name);

    /// The names of the volumes that carry all these labels; an empty value stands for any.
    List<String> list(Map<String, String> labels);

    /// All the labels of each volume that carries these; an empty value stands for any.
    List<Map<String, String>> labelled(Map<String, String> labels);
}

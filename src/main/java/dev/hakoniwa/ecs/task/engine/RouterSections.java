package dev.hakoniwa.ecs.task.engine;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// The sections of a log router's configuration, in the order of their file.
///
/// @param fields added to every record
/// @param included a file with more sections, by its path in the router; empty for none
record RouterSections(
        List<Pipe> inputs, List<Filter> filters, Map<String, String> fields, String included, List<Pipe> outputs) {
    /// Where records come from, or go to.
    ///
    /// @param tag that they get, or have
    record Pipe(String plugin, String tag, SortedMap<String, String> options) {}

    /// Keeps the records whose text is like a pattern, or drops them.
    record Filter(String tag, String pattern, boolean drops) {}
}

package dev.hakoniwa.app;

import dev.hakoniwa.core.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `--name value` and `--name=value`.
final class Flags {
    private Flags() {}

    /// The properties that the flags set, by [Settings.Option#property()].
    static Map<String, String> read(List<String> args, Problems problems) {
        var properties = new LinkedHashMap<String, String>();
        for (var i = 0; i < args.size(); i++) {
            var arg = args.get(i);
            var name = arg.startsWith("--") ? arg.substring(2).split("=", 2)[0] : "";
            var option =
                    Settings.OPTIONS.stream().filter(o -> o.name().equals(name)).findFirst();
            if (option.isEmpty()) {
                problems.add(arg, "no such setting; --help lists them");
            } else if (arg.contains("=")) {
                properties.put(option.get().property(), arg.substring(arg.indexOf('=') + 1));
            } else if (i + 1 < args.size()) {
                i++;
                properties.put(option.get().property(), args.get(i));
            } else {
                problems.add(name, "no value is given");
            }
        }
        return properties;
    }
}

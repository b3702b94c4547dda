package dev.hakoniwa.app;

import dev.hakoniwa.core.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was asked for: a command, and settings as `--name value` or `--name=value`.
///
/// @param properties what the flags set, by [Settings.Option#property()]
record CommandLine(Command command, Map<String, String> properties) {
    static CommandLine read(List<String> args, Problems problems) {
        var words = new ArrayList<String>();
        var properties = new LinkedHashMap<String, String>();
        for (var i = 0; i < args.size(); i++) {
            var arg = args.get(i);
            var option = Settings.OPTIONS.stream()
                    .filter(o -> ("--" + o.name()).equals(arg.split("=", 2)[0]))
                    .findFirst();
            if (!arg.startsWith("-")) {
                words.add(arg);
            } else if (option.isEmpty()) {
                problems.add(arg, "no such setting; --help lists them");
            } else if (arg.contains("=")) {
                properties.put(option.get().property(), arg.substring(arg.indexOf('=') + 1));
            } else if (i + 1 < args.size()) {
                i++;
                properties.put(option.get().property(), args.get(i));
            } else {
                problems.add(arg, "no value is given");
            }
        }
        return new CommandLine(command(words, problems), properties);
    }

    private static Command command(List<String> words, Problems problems) {
        if (words.isEmpty()) {
            return Command.SERVE;
        }
        words.stream().skip(1).forEach(word -> problems.add(word, "one command is enough"));
        var word = words.getFirst();
        return Command.of(word).orElseGet(() -> {
            problems.add(word, "no such command; --help lists them");
            return Command.SERVE;
        });
    }
}

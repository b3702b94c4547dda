package dev.hakoniwa.app;

import dev.hakoniwa.core.Problems;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.common.net.HostName;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Reads the command line, checks every setting, and does what the command says: it serves until it is told to end, or
/// answers at once.
///
/// It ends with 0 when all went well, 1 when the command could not be carried out, 2 when it was not understood, and
/// 128 and the signal's number when a signal has ended it.
@QuarkusMain
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String... args) {
        var words = List.of(args);
        if (words.contains("--help")) {
            System.out.println(help());
        } else if (words.contains("--version")) {
            System.out.println("hakoniwa " + Version.TEXT);
        } else {
            run(words);
        }
    }

    private static void run(List<String> words) {
        HostName.getHostName(); // the first line of a log needs it, and the executable can't ask on a virtual thread
        var problems = new Problems();
        var line = CommandLine.read(words, problems);
        line.properties().forEach(System::setProperty);
        var settings = Settings.read(Settings::given, problems);
        if (!problems.found().isEmpty() && line.command() != Command.RELAY) { // which no setting concerns
            problems.found().forEach(Main::complain);
            System.exit(USAGE);
        }
        switch (line.command()) {
            case SERVE -> serve(settings);
            case ENV -> System.out.println(Exports.of(settings));
            case HEALTH -> System.exit(HealthCommand.run(settings));
            case CLEAN -> System.exit(CleanCommand.run(settings));
            case RELAY -> System.exit(Relay.run(System.getenv()));
        }
    }

    private static void serve(Settings settings) {
        Signals.heed();
        System.setProperty("quarkus.http.port", String.valueOf(settings.port()));
        System.setProperty("quarkus.http.host", settings.host());
        System.setProperty("quarkus.log.level", settings.logLevel());
        Quarkus.run(Serving.class, Serving::ended);
    }

    /// Tells why a command can't be carried out, in one line.
    static void complain(String why) {
        System.err.println("hakoniwa: " + why);
    }

    private static String help() {
        return """
                usage: hakoniwa [COMMAND] [--SETTING VALUE]...
                       hakoniwa --help | --version

                %s

                %s""".formatted(
                        Arrays.stream(Command.values())
                                .map(command -> "  %-14s %s".formatted(command.word(), command.meaning()))
                                .collect(Collectors.joining("\n")),
                        Settings.help());
    }
}

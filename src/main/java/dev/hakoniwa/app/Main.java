package dev.hakoniwa.app;

import dev.hakoniwa.core.Problems;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/// Starts the emulator: reads the flags, checks every setting, and serves until it is told to stop.
@QuarkusMain
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String... args) {
        if (List.of(args).contains("--help")) {
            System.out.println("usage: hakoniwa [--SETTING VALUE]...\n\n" + Settings.help());
            return;
        }
        var problems = new Problems();
        Flags.read(List.of(args), problems).forEach(System::setProperty);
        var settings = Settings.read(Settings::given, problems);
        if (!problems.found().isEmpty()) {
            problems.found().forEach(problem -> System.err.println("hakoniwa: " + problem));
            System.exit(USAGE);
        }
        System.setProperty("quarkus.http.port", String.valueOf(settings.port()));
        System.setProperty("quarkus.http.host", settings.host());
        System.setProperty("quarkus.log.level", settings.logLevel());
        Quarkus.run();
    }
}

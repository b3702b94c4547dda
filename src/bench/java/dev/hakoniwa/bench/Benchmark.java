package dev.hakoniwa.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Measures the emulator side by side with what its users would have otherwise, on this machine and over loopback
/// alone, and prints a table a section:
///
///     java src/bench/java/dev/hakoniwa/bench/Benchmark.java [--native FILE] [--jar FILE] [--rounds N] [SECTION]...
final class Benchmark {
    private static final Path TARGET = Path.of("target");
    private static final String NONE = "none";

    private Benchmark() {}

    /// A part of the benchmark, which fills a table of its own.
    interface Section {
        void measure(Setup setup, Table table) throws Exception;
    }

    private static SequencedMap<String, Section> sections() {
        var sections = new LinkedHashMap<String, Section>();
        sections.put("start", new StartUp());
        sections.put("api", new Api());
        sections.put("tasks", new TaskStart());
        sections.put("busy", new BusyApi());
        sections.put("service", new ServiceScaling());
        sections.put("balancer", new LoadBalancing());
        sections.put("websockets", new WebSockets());
        sections.put("registry", new RegistryTransfers());
        sections.put("many-services", new ManyServices());
        sections.put("many-tasks", new ManyTasks());
        sections.put("placement", new Placement());
        return sections;
    }

    public static void main(String... arguments) throws Exception {
        var options = new LinkedHashMap<>(Map.of("native", "", "jar", "", "rounds", "3"));
        var wanted = new ArrayList<String>();
        for (var i = 0; i < arguments.length; i++) {
            var name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (options.containsKey(name) && i + 1 < arguments.length) {
                options.put(name, arguments[++i]);
            } else if (sections().containsKey(arguments[i])) {
                wanted.add(arguments[i]);
            } else {
                System.err.println("usage: Benchmark [--native FILE|none] [--jar FILE|none] [--rounds N] [SECTION]...\n"
                        + "sections: " + String.join(" ", sections().keySet()));
                System.exit(2);
            }
        }
        var flavours = flavours(options.get("native"), options.get("jar"));
        if (flavours.isEmpty()) {
            System.err.println("There is nothing to measure: build the emulator first (mvn package).");
            System.exit(1);
        }
        run(flavours, Integer.parseInt(options.get("rounds")), wanted);
    }

    private static void run(List<Flavour> flavours, int rounds, List<String> wanted) throws IOException {
        System.out.println(Machine.describe());
        flavours.forEach(flavour -> System.out.println("- " + flavour));
        endWhenAskedTo(Thread.currentThread());
        try (var setup = Setup.of(flavours, rounds)) {
            sections().forEach((name, section) -> {
                if ((wanted.isEmpty() || wanted.contains(name))
                        && !Thread.currentThread().isInterrupted()) {
                    measure(setup, name, section);
                }
            });
            var _ = Thread.interrupted(); // so that what is left to do is done
        }
    }

    /// Ctrl-C ends the section under way, which takes down what it has made.
    private static void endWhenAskedTo(Thread measuring) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            measuring.interrupt();
            try {
                measuring.join();
            } catch (InterruptedException _) {
                // nobody does
            }
        }));
    }

    private static void measure(Setup setup, String name, Section section) {
        var table = new Table(setup.flavours().stream().map(Flavour::name).toList());
        try {
            section.measure(setup, table);
        } catch (InterruptedException _) {
            table.note("broken off");
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            table.note("broken off: " + e);
            e.printStackTrace();
        }
        System.out.println("\n**" + name + "**\n\n" + table);
    }

    private static List<Flavour> flavours(String executable, String jar) throws IOException {
        var flavours = new ArrayList<Flavour>();
        var program = executable.isEmpty() ? TARGET.resolve("hakoniwa") : Path.of(executable);
        if (!executable.equals(NONE) && Files.exists(program)) {
            flavours.add(new Flavour("native", List.of(program.toString()), program));
        }
        var runnable = jar.isEmpty() ? TARGET.resolve("quarkus-app/quarkus-run.jar") : Path.of(jar);
        if (!jar.equals(NONE) && Files.exists(runnable)) {
            var java = System.getProperty("java.home") + "/bin/java";
            var cache = "-XX:AOTCache=" + runnable.resolveSibling("hakoniwa.aot");
            flavours.add(new Flavour("jar", List.of(java, cache, "-jar", runnable.toString()), runnable.getParent()));
        }
        return flavours;
    }
}

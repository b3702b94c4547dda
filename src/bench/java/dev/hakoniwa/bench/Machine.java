package dev.hakoniwa.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What the figures were measured on.
final class Machine {
    private static final Path PROC = Path.of("/proc");
    private static final int TICKS_PER_SECOND = 100;

    private Machine() {}

    static String describe() throws IOException {
        var processor = find("model name\\s*: (.*)", PROC.resolve("cpuinfo"));
        var memory = Long.parseLong(find("MemTotal:\\s*(\\d+)", PROC.resolve("meminfo"))) / (1024 * 1024);
        var load = Files.readString(PROC.resolve("loadavg")).split(" ")[0];
        return "%d processors (%s), %d GiB, Linux %s, load before: %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor,
                        memory,
                        System.getProperty("os.version"),
                        load);
    }

    /// The memory of a process that is in RAM, in bytes.
    static double residentBytes(long pid) throws IOException {
        return 1024.0 * Long.parseLong(find("VmRSS:\\s*(\\d+)", PROC.resolve(pid + "/status")));
    }

    /// The processor time that a process has used, in seconds.
    static double processorSeconds(long pid) throws IOException {
        var stat = Files.readString(PROC.resolve(pid + "/stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / TICKS_PER_SECOND;
    }

    private static String find(String pattern, Path file) throws IOException {
        var found = Pattern.compile(pattern).matcher(Files.readString(file));
        return found.find() ? found.group(1) : "0";
    }
}

package dev.hakoniwa.runtime.simulated;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a simulated terminal shows: it repeats what is typed, and at the end of a line runs `echo`, `stty size` or
/// `exit`. It knows no quotes and no other command.
final class SimulatedShell {
    private static final String PROMPT = "/ # ";
    private static final char ETX = 3; // ctrl-c
    private static final char EOT = 4; // ctrl-d
    private static final int MISSING = 127;
    private static final int LONGEST_CHUNK = 1024;

    private final Consumer<byte[]> output;
    private final StringBuilder line = new StringBuilder();
    private int columns = 80;
    private int rows = 24;
    private int lastCode;
    private @Nullable Integer exitCode;

    SimulatedShell(Consumer<byte[]> output) {
        this.output = output;
    }

    /// Starts with the arguments of `sh`: with `-c` and a line it runs that, without it asks for lines.
    void begin(List<String> arguments) {
        if (arguments.size() >= 2 && arguments.getFirst().equals("-c")) {
            run(arguments.get(1));
            exit(lastCode);
            return;
        }
        write(PROMPT);
    }

    /// How it ended; null while it runs.
    @Nullable
    Integer exitCode() {
        return exitCode;
    }

    void resize(int newColumns, int newRows) {
        columns = newColumns;
        rows = newRows;
    }

    void type(byte[] input) {
        for (var next : new String(input, StandardCharsets.UTF_8).toCharArray()) {
            if (exitCode == null) {
                type(next);
            }
        }
    }

    private void type(char next) {
        switch (next) {
            case '\r', '\n' -> {
                write("\r\n");
                run(line.toString());
                line.setLength(0);
                if (exitCode == null) {
                    write(PROMPT);
                }
            }
            case ETX -> {
                line.setLength(0);
                write("^C\r\n" + PROMPT);
            }
            case EOT -> exit(lastCode);
            default -> {
                line.append(next);
                write(String.valueOf(next));
            }
        }
    }

    private void run(String text) {
        var words = List.of(text.strip().split("\\s+"));
        lastCode = 0;
        switch (words.getFirst()) {
            case "" -> {}
            case "echo" -> write(String.join(" ", words.subList(1, words.size())) + "\r\n");
            case "stty" -> write(rows + " " + columns + "\r\n");
            case "exit" ->
                exit(words.size() > 1 && words.get(1).matches("\\d{1,3}") ? Integer.parseInt(words.get(1)) : 0);
            default -> {
                lastCode = MISSING;
                write("sh: " + words.getFirst() + ": not found\r\n");
            }
        }
    }

    private void exit(int code) {
        exitCode = exitCode == null ? code : exitCode;
    }

    private void write(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        for (var from = 0; from < bytes.length; from += LONGEST_CHUNK) {
            output.accept(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + LONGEST_CHUNK)));
        }
    }
}

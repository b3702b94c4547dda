package dev.hakoniwa.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds the README's tables to what they are made from. `-Dreadme.write=true` writes them.
final class ReadmeTest {
    private static final Path README = Path.of("README.md");

    @Test
    void theSettingsAreThoseThatAreRead() throws IOException {
        var table = Settings.OPTIONS.stream()
                .map(option -> "| `--%s` | `%s` | %s | %s |"
                        .formatted(option.name(), option.variable(), shown(option.usual()), option.meaning()))
                .collect(Collectors.joining(
                        "\n", "| flag | variable | default | meaning |\n| --- | --- | --- | --- |\n", ""));

        assertThatReadmeHas("settings", table);
    }

    @Test
    void theCommandsAreThoseThatAreCarriedOut() throws IOException {
        var table = Arrays.stream(Command.values())
                .map(command -> "| `%s` | %s |".formatted(command.word(), command.meaning()))
                .collect(Collectors.joining("\n", "| command | what it does |\n| --- | --- |\n", ""));

        assertThatReadmeHas("commands", table);
    }

    @Test
    void theOperationsAreThoseThatAreAnswered() throws IOException {
        try (var aws = new TestEmulator()) {
            var table = aws.router().coverage().entrySet().stream()
                    .map(service -> "| %s | %d | %s |"
                            .formatted(
                                    service.getKey(), service.getValue().size(), String.join(", ", service.getValue())))
                    .collect(Collectors.joining("\n", "| service | | operations |\n| --- | --- | --- |\n", ""));

            assertThatReadmeHas("coverage", table);
        }
    }

    private static String shown(String usual) {
        return usual.isEmpty() ? "" : "`" + usual + "`";
    }

    private static void assertThatReadmeHas(String section, String table) throws IOException {
        var begin = "<!-- " + section + " -->\n";
        var end = "<!-- /" + section + " -->";
        var text = Files.readString(README);
        var from = text.indexOf(begin) + begin.length();
        var to = text.indexOf(end);
        if (Boolean.getBoolean("readme.write")) {
            Files.writeString(README, text.substring(0, from) + table + "\n" + text.substring(to));
            return;
        }

        assertThat(text.substring(from, to).strip()).isEqualTo(table.strip());
    }
}

package dev.hakoniwa.ecs.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class CommandLineTest {
    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("/bin/sh", List.of("/bin/sh")),
                Arguments.of("  ls   -l\t/tmp\n", List.of("ls", "-l", "/tmp")),
                Arguments.of("sh -c \"echo 'a b' \\\"c\\\" $X\"", List.of("sh", "-c", "echo 'a b' \"c\" $X")),
                Arguments.of("sh -c 'echo \"\\n\"'", List.of("sh", "-c", "echo \"\\n\"")),
                Arguments.of("a\\ b c''d \"\"", List.of("a b", "cd", "")),
                Arguments.of("a#b #c d", List.of("a#b")),
                Arguments.of("# nothing\nls", List.of("ls")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandIsSplitWithoutAShell(String text, List<String> words) throws Exception {
        assertThat(CommandLine.split(text)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    sh -c "echo  | EOF found when expecting closing quote
                    sh -c 'echo\\ | EOF found when expecting closing quote
                    ls \\         | EOF found after escape character
                    """, delimiter = '|')
    void anUnfinishedCommandSaysWhatItLacks(String text, String problem) {
        assertThatThrownBy(() -> CommandLine.split(text)).hasMessage(problem);
    }
}

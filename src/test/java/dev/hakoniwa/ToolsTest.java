package dev.hakoniwa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The programs that are run from their sources, which no build compiles.
final class ToolsTest {
    @TempDir
    private Path classes;

    @ParameterizedTest
    @ValueSource(strings = {"src/aot/java", "src/bench/java"})
    void theyCompile(String folder) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var sources = Files.walk(Path.of(folder));
                var files = compiler.getStandardFileManager(null, null, null)) {
            var units = files.getJavaFileObjectsFromPaths(
                    sources.filter(file -> file.toString().endsWith(".java")).toList());

            var done = compiler.getTask(said, files, null, List.of("-d", classes.toString(), "-proc:none"), null, units)
                    .call();

            assertThat(done).as(said.toString()).isTrue();
        }
    }
}

package dev.hakoniwa.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The real terraform with the real AWS provider, over one configuration.
final class Terraform {
    private static final Path PROVIDER = Path.of("registry.terraform.io", "hashicorp", "aws");
    private static final int MINUTES_A_RUN = 10;

    private final Path folder;
    private final RunningEmulator emulator;

    /// How a run has ended.
    record Outcome(int exitCode, String output) {
        /// Fails with what terraform said, if the run has not ended as it should.
        void mustBe(int wanted) {
            if (exitCode != wanted) {
                throw new AssertionError("terraform ended with %d:%n%s".formatted(exitCode, output));
            }
        }
    }

    private Terraform(Path folder, RunningEmulator emulator) {
        this.folder = folder;
        this.emulator = emulator;
    }

    /// Prepares a folder in which a configuration can be applied to an emulator.
    static Terraform in(Path folder, Path configuration, RunningEmulator emulator) {
        var settings = """
            provider_installation {
              filesystem_mirror {
                path = "%s"
              }
            }
            """.formatted(mirror().orElseThrow());
        try {
            Files.writeString(folder.resolve("terraform.rc"), settings);
            Files.copy(configuration, folder.resolve("main.tf"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var terraform = new Terraform(folder, emulator);
        terraform.run(Map.of(), "init").mustBe(0);
        return terraform;
    }

    /// Why terraform can't run here; empty where it can.
    static Optional<String> absence() {
        if (executable().isEmpty()) {
            return Optional.of("terraform is not on the PATH");
        }
        return mirror().isPresent()
                ? Optional.empty()
                : Optional.of("no provider mirror has " + PROVIDER + "; -Dhakoniwa.terraform.mirror names one");
    }

    void apply(Map<String, String> variables) {
        run(variables, "apply", "-auto-approve").mustBe(0);
    }

    /// Fails if what there is differs from the configuration.
    void mustNotDrift(Map<String, String> variables) {
        run(variables, "plan", "-detailed-exitcode").mustBe(0);
    }

    void destroy(Map<String, String> variables) {
        run(variables, "destroy", "-auto-approve").mustBe(0);
    }

    String output(String name) {
        var outcome = run(Map.of(), "output", "-raw", name);
        outcome.mustBe(0);
        return outcome.output();
    }

    private Outcome run(Map<String, String> variables, String... arguments) {
        var command = new ArrayList<>(List.of(executable().orElseThrow().toString()));
        command.addAll(List.of(arguments));
        if (!arguments[0].equals("output")) {
            command.addAll(List.of("-no-color", "-input=false"));
        }
        var output = folder.resolve("output.txt");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .put("TF_CLI_CONFIG_FILE", folder.resolve("terraform.rc").toString());
        builder.environment().put("TF_VAR_endpoint", emulator.endpoint().toString());
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        variables.forEach((name, value) -> builder.environment().put("TF_VAR_" + name, value));
        try {
            var process = builder.start();
            if (!process.waitFor(MINUTES_A_RUN, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("terraform did not end:\n" + Files.readString(output));
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Path> executable() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, "terraform"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// The folder that the property names, or one of those where providers are put.
    private static Optional<Path> mirror() {
        var named = Stream.of(System.getProperty("hakoniwa.terraform.mirror", ""))
                .filter(name -> !name.isEmpty())
                .map(Path::of);
        var usual = Stream.of(
                Path.of(System.getProperty("user.home"), ".terraform.d", "plugins"),
                Path.of("/usr/local/share/terraform/plugins"),
                Path.of("/usr/share/terraform/plugins"));
        return Stream.of(named, usual, optional())
                .flatMap(folders -> folders)
                .filter(folder -> Files.isDirectory(folder.resolve(PROVIDER)))
                .findFirst();
    }

    private static Stream<Path> optional() {
        try (var folders = Files.list(Path.of("/opt"))) {
            return folders.sorted().toList().stream();
        } catch (IOException _) {
            return Stream.empty();
        }
    }
}

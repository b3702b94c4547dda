package dev.hakoniwa.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.docker.TestImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.ecr.EcrClient;

/// Docker's own command line, with logins to registries that are not this user's.
///
/// @param config the folder that holds them
record DockerCommands(Path config) {
    /// Runs a command; gives back what it says.
    String run(String... command) {
        try {
            var output = Files.createTempFile(config, "output", "");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("DOCKER_CONFIG", config.toString());
            var process = builder.start();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            var text = Files.readString(output).strip();
            assertThat(process.exitValue())
                    .as(Arrays.toString(command) + ": " + text)
                    .isZero();
            return text;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Pushes the test image to the emulator's registry, and takes it from the engine; gives back its reference there.
    String push(RunningEmulator emulator) {
        try (var ecr = emulator.client(EcrClient.builder())) {
            var reference = ecr.createRepository(r -> r.repositoryName("tools"))
                            .repository()
                            .repositoryUri()
                    + ":v1";
            run("docker", "login", "--username", "AWS", "--password", password(ecr), "localhost:" + emulator.port());
            run("docker", "tag", TestImage.reference(), reference);
            run("docker", "push", "--quiet", reference);
            run("docker", "rmi", reference);
            return reference;
        }
    }

    /// The password with which the user `AWS` logs in to the emulator's registry.
    static String password(EcrClient ecr) {
        var token = ecr.getAuthorizationToken().authorizationData().getFirst().authorizationToken();
        return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8).substring("AWS:".length());
    }
}

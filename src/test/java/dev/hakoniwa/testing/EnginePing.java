package dev.hakoniwa.testing;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Asks the engine that DOCKER_HOST or the default socket leads to for a sign of life, once.
final class EnginePing {
    private static final Optional<String> SILENCE = ping();

    private EnginePing() {}

    /// Why no engine answers; empty where one does.
    static Optional<String> silence() {
        return SILENCE;
    }

    private static Optional<String> ping() {
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        var transport = new ApacheDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .connectionTimeout(Duration.ofSeconds(5))
                .responseTimeout(Duration.ofSeconds(10))
                .build();
        try (var client = DockerClientImpl.getInstance(config, transport)) {
            client.pingCmd().exec();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(config.getDockerHost() + ": " + e.getMessage());
        }
    }
}

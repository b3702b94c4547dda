package dev.hakoniwa.testing;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/// Asks the engine that DOCKER_HOST or the default socket leads to for a sign of life, once.
final class EnginePing {
    private static final System.Logger LOG = System.getLogger(EnginePing.class.getName());
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
            var reason = config.getDockerHost() + ": " + e.getMessage();
            LOG.log(Level.WARNING, "no container engine answers, so no Docker test runs: {0}", reason);
            return Optional.of(reason);
        }
    }
}

package dev.hakoniwa.story;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// What an emulator has on the usual Docker engine.
final class OnEngine {
    private OnEngine() {}

    /// The names of its containers, those included that have stopped.
    static List<String> containers(RunningEmulator emulator) {
        return ask(
                client -> client.listContainersCmd().withShowAll(true).withLabelFilter(label(emulator)).exec().stream()
                        .map(container -> String.join(" ", container.getNames()))
                        .toList());
    }

    /// The names of its networks, and of its volumes.
    static List<String> networksAndVolumes(RunningEmulator emulator) {
        return ask(client -> {
            var filter = label(emulator).entrySet().iterator().next();
            var text = filter.getKey() + "=" + filter.getValue();
            var networks = client.listNetworksCmd().withFilter("label", List.of(text)).exec().stream()
                    .map(network -> network.getName());
            var volumes = client.listVolumesCmd().withFilter("label", List.of(text)).exec().getVolumes().stream()
                    .map(volume -> volume.getName());
            return Stream.concat(networks, volumes).toList();
        });
    }

    /// The container's log driver, and its options.
    static Map.Entry<String, Map<String, String>> logging(ContainerId id) {
        var log = ask(client -> client.inspectContainerCmd(id.value()).exec())
                .getHostConfig()
                .getLogConfig();
        return Map.entry(log.getType().getType(), log.getConfig());
    }

    private static Map<String, String> label(RunningEmulator emulator) {
        return Map.of(Labels.PORT, String.valueOf(emulator.port()));
    }

    private static <T> T ask(Function<DockerClient, T> question) {
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        var transport = new ApacheDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .build();
        try (var client = DockerClientImpl.getInstance(config, transport)) {
            return question.apply(client);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.hakoniwa.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.hakoniwa.runtime.EngineException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The Docker daemon: docker-java's commands for what is asked and answered, and the bare HTTP below them for what
/// streams, so that a stream lives on a virtual thread of ours. Whatever goes wrong comes out as an [EngineException].
///
/// The transport is docker-java's over Apache HttpClient 5: it speaks to unix sockets with the JDK's own channels
/// (it needs JNA for Windows' named pipes alone), so it parks virtual threads, and it brings tcp and TLS.
final class Daemon implements AutoCloseable {
    /// Every call has a connection of its own; this only bounds a mistake.
    private static final int CONNECTIONS = 10_000;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final DefaultDockerClientConfig config;
    private final Failures failures;
    private final ReentrantLock making = new ReentrantLock();
    private @Nullable Clients clients;

    Daemon(DefaultDockerClientConfig config) {
        this.config = config;
        this.failures = new Failures(address());
    }

    /// What speaks to the daemon.
    private record Clients(DockerHttpClient http, DockerClient commands) {
        static Clients of(DefaultDockerClientConfig config) {
            var http = new FreshConnections(new ApacheDockerHttpClient.Builder()
                    .dockerHost(config.getDockerHost())
                    .sslConfig(config.getSSLConfig())
                    .maxConnections(CONNECTIONS)
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .build());
            return new Clients(http, DockerClientImpl.getInstance(config, http));
        }
    }

    /// Makes them when they are first needed: it takes as long as all the rest of the emulator's start.
    private Clients clients() {
        making.lock();
        try {
            if (clients == null) {
                clients = Clients.of(config);
            }
            return clients;
        } finally {
            making.unlock();
        }
    }

    DefaultDockerClientConfig config() {
        return config;
    }

    /// Where the daemon is, as DOCKER_HOST says it.
    String address() {
        return config.getDockerHost().toString();
    }

    /// Whether the daemon's machine is this one, as far as its address tells.
    boolean isLocal() {
        var host = config.getDockerHost().getHost();
        return host == null || host.equals("localhost") || host.startsWith("127.");
    }

    /// The address of the daemon's machine.
    String machine() {
        return isLocal()
                ? OwnNetwork.gateway().orElse("127.0.0.1")
                : config.getDockerHost().getHost();
    }

    <T> T ask(Function<DockerClient, T> question) {
        try {
            return question.apply(clients().commands());
        } catch (RuntimeException e) {
            throw failures.of(e);
        }
    }

    Response get(String path, Map<String, String> parameters) {
        return send(Request.builder().method(Request.Method.GET).path(path + query(parameters)));
    }

    Response post(String path, Map<String, String> parameters) {
        return send(Request.builder().method(Request.Method.POST).path(path + query(parameters)));
    }

    /// Sends a request whose answer is read as it comes; whoever reads it closes it.
    Response send(Request.Builder request) {
        try {
            var response = clients().http().execute(request.build());
            if (response.getStatusCode() < 400) {
                return response;
            }
            try (response) {
                var body = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
                throw Failures.refusal(response.getStatusCode(), body);
            }
        } catch (EngineException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw failures.of(e);
        }
    }

    EngineException failure(Exception e) {
        return failures.of(e);
    }

    static String query(Map<String, String> parameters) {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(parameter -> parameter.getKey() + "="
                                + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
    }

    @Override
    public void close() {
        making.lock();
        try {
            if (clients != null) {
                clients.http().close();
            }
        } catch (IOException e) {
            throw failures.of(e);
        } finally {
            making.unlock();
        }
    }
}

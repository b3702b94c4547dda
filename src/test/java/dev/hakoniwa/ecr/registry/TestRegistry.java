package dev.hakoniwa.ecr.registry;

import dev.hakoniwa.ecr.TestEcr;
import dev.hakoniwa.ecr.TestImage;
import dev.hakoniwa.testing.InJvm;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// A registry on a port of the loopback interface, and a client that has logged in.
@InJvm("a registry of its own")
final class TestRegistry implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private final TestEcr aws;
    private String authorization;

    TestRegistry(Path folder) {
        var registry = new AtomicReference<Handler<HttpServerRequest>>();
        server = await(vertx.createHttpServer()
                .requestHandler(request -> registry.get().handle(request))
                .listen(0, "127.0.0.1"));
        aws = new TestEcr(folder, server.actualPort());
        registry.set(new Registry(aws.ecr()));
        authorization = login(TestEcr.ACCOUNT, TestEcr.REGION);
    }

    /// The value of a header with a fresh token.
    String login(String account, String region) {
        return "Basic " + token(account, region);
    }

    String token(String account, String region) {
        var answer = aws.client(account, region).getAuthorizationToken();
        return answer.authorizationData().getFirst().authorizationToken();
    }

    /// Sends what follows with another `Authorization`; with none if it's empty.
    void authorize(String header) {
        authorization = header;
    }

    TestEcr aws() {
        return aws;
    }

    int port() {
        return server.actualPort();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    HttpResponse<String> send(String method, String path) {
        return send(method, path, BodyPublishers.noBody());
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        return send(method, path, BodyPublishers.ofString(body), headers);
    }

    HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port()).resolve(path))
                .method(method, body);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Begins an upload and tells where it goes on.
    String begin(String repository) {
        return location(send("POST", "/v2/" + repository + "/blobs/uploads/"));
    }

    /// Uploads a layer in one request.
    HttpResponse<String> upload(String repository, String content) {
        return send(
                "POST", "/v2/%s/blobs/uploads/?digest=%s".formatted(repository, TestImage.digest(content)), content);
    }

    static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        await(server.close());
        aws.close();
        await(vertx.close());
    }
}

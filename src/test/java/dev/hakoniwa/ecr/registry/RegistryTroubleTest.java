package dev.hakoniwa.ecr.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecr.TestEcr;
import dev.hakoniwa.ecr.TestImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistryTroubleTest {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "X");
    private static final List<String> PARTS = List.of(
            "v2",
            "app",
            "blobs",
            "uploads",
            "manifests",
            "tags",
            "list",
            "referrers",
            "_catalog",
            "",
            "..",
            "%2e",
            "%zz",
            "%00",
            "sha256:0",
            "1",
            "A",
            "000000000000.dkr.ecr.us-east-1",
            "x".repeat(300),
            "?n=-1",
            "?digest=%zz",
            "é");
    private static final List<String> HEADERS = List.of(
            "Content-Range: 9-1",
            "Content-Range: 0-99999999999999999999",
            "Range: bytes=9-1",
            "Range: bytes=a-b",
            "Content-Type: ;;;",
            "Content-Type: text/plain",
            "Expect: 200-never",
            "Transfer-Encoding: chunked",
            "Content-Length: 5",
            "Content-Length: -1",
            "Authorization: Basic",
            "Host: \"evil",
            "X: y");

    @TempDir
    private Path folder;

    private TestRegistry registry;

    @BeforeEach
    void start() {
        registry = new TestRegistry(folder);
        registry.aws().client().createRepository(r -> r.repositoryName("app"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aDiskThatFailsIsNotTheClientsFault() throws IOException {
        var upload = registry.begin("app");
        Files.delete(folder.resolve("uploads"));

        var failed = registry.send("PATCH", upload, "0123456789");
        Files.createDirectory(folder.resolve("uploads"));
        var again = registry.send("PATCH", upload, "0123456789");

        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(failed.body()).contains("{\"errors\":[{\"code\":\"UNKNOWN\"");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.headers().firstValue("Range")).hasValue("0-9");
    }

    @Test
    void aLayerThatCouldNotBeStoredIsNotThere() throws IOException {
        var digest = TestImage.digest("0123456789");
        var upload = registry.begin("app");
        registry.send("PATCH", upload, "0123456789");
        Files.delete(folder.resolve("blobs").resolve("sha256"));
        Files.createFile(folder.resolve("blobs").resolve("sha256"));

        var failed = registry.send("PUT", upload + "?digest=" + digest);
        var head = registry.send("HEAD", "/v2/app/blobs/" + digest);
        Files.delete(folder.resolve("blobs").resolve("sha256"));
        var again = registry.send("PUT", upload + "?digest=" + digest);

        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(head.statusCode()).isEqualTo(404);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(registry.get("/v2/app/blobs/" + digest).body()).isEqualTo("0123456789");
    }

    @Test
    void aLayerThatSomebodyDeletedIsUnknown() {
        registry.upload("app", "0123456789");
        var digest = TestImage.digest("0123456789");
        assertThat(registry.aws().ecr().store().path(digest).toFile().delete()).isTrue();

        var answer = registry.get("/v2/app/blobs/" + digest);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("BLOB_UNKNOWN");
    }

    @Test
    void whatWasNotReadDoesNotSpoilTheConnection() {
        var body = "x".repeat(1_000_000);

        var answers = RawHttp.exchange(
                registry, """
                PATCH /v2/app/blobs/uploads/nope HTTP/1.1\r
                Host: localhost\r
                Authorization: %1$s\r
                Content-Length: %2$d\r
                \r
                %3$sGET /v2/ HTTP/1.1\r
                Host: localhost\r
                Authorization: %1$s\r
                Connection: close\r
                \r
                """.formatted(registry.login(TestEcr.ACCOUNT, TestEcr.REGION), body.length(), body));

        assertThat(answers).startsWith("HTTP/1.1 404").contains("BLOB_UPLOAD_UNKNOWN");
        assertThat(answers).contains("HTTP/1.1 200").endsWith("{}");
    }

    @Test
    void itSpeaksHttp2() throws Exception {
        var digest = TestImage.digest("0123456789");
        var address = "http://127.0.0.1:" + registry.port();
        var login = registry.login(TestEcr.ACCOUNT, TestEcr.REGION);
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            var get = HttpRequest.newBuilder(URI.create(address + "/v2/")).header("Authorization", login);
            var post = HttpRequest.newBuilder(URI.create(address + "/v2/app/blobs/uploads/?digest=" + digest))
                    .POST(BodyPublishers.ofString("0123456789"))
                    .header("Authorization", login);
            var pull = HttpRequest.newBuilder(URI.create(address + "/v2/app/blobs/" + digest))
                    .header("Authorization", login);

            var first = http.send(get.build(), BodyHandlers.ofString());
            var pushed = http.send(post.build(), BodyHandlers.ofString());
            var pulled = http.send(pull.build(), BodyHandlers.ofString());

            assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(pushed.statusCode()).isEqualTo(201);
            assertThat(pulled.body()).isEqualTo("0123456789");
        }
    }

    @Test
    void noRequestBreaksTheServer() {
        var random = new Random(7);
        var login = registry.login(TestEcr.ACCOUNT, TestEcr.REGION);

        var answers = IntStream.range(0, 1000)
                .mapToObj(_ -> RawHttp.exchange(registry, nonsense(random, login)))
                .toList();

        assertThat(answers).noneMatch(answer -> answer.startsWith("HTTP/1.1 5"));
        assertThat(registry.get("/v2/").statusCode()).isEqualTo(200);
        assertThat(registry.upload("app", "0123456789").statusCode()).isEqualTo(201);
    }

    private static String nonsense(Random random, String login) {
        var path = new StringBuilder(random.nextInt(5) == 0 ? "/" : "/v2/app");
        random.ints(random.nextInt(6), 0, PARTS.size())
                .forEach(i -> path.append('/').append(PARTS.get(i)));
        var head = new StringBuilder("%s %s HTTP/1.1\r\nAuthorization: %s\r\nConnection: close\r\n"
                .formatted(METHODS.get(random.nextInt(METHODS.size())), path, login));
        random.ints(random.nextInt(4), 0, HEADERS.size())
                .forEach(i -> head.append(HEADERS.get(i)).append("\r\n"));
        return head + "\r\n5\r\nabcde\r\n0\r\n\r\n";
    }
}

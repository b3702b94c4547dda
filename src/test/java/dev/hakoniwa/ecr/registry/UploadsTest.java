package dev.hakoniwa.ecr.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecr.TestEcr;
import dev.hakoniwa.ecr.TestImage;
import dev.hakoniwa.ecr.blobs.Digest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UploadsTest {
    private static final String CONTENT = "0123456789";
    private static final Digest DIGEST = TestImage.digest(CONTENT);

    @TempDir
    private Path folder;

    private TestRegistry registry;

    @BeforeEach
    void start() {
        registry = new TestRegistry(folder);
        registry.aws().client().createRepository(r -> r.repositoryName("app"));
        registry.aws().client().createRepository(r -> r.repositoryName("other"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aLayerComesInChunks() {
        var upload = registry.begin("app");

        var first = patch(upload, "0123", "0-3");
        var second = patch(upload, "456", "4-6");
        var put = registry.send("PUT", upload + "?digest=" + DIGEST, "789", "Content-Range", "7-9");

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(header(first, "Range")).isEqualTo("0-3");
        assertThat(header(second, "Range")).isEqualTo("0-6");
        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(pulled("app")).isEqualTo(CONTENT);
    }

    @Test
    void aChunkThatIsOutOfOrderIsNotTaken() {
        var upload = registry.begin("app");
        patch(upload, "0123", "0-3");

        var gap = patch(upload, "567", "5-7");
        var overlap = patch(upload, "3456", "3-6");
        var put = registry.send("PUT", upload + "?digest=" + DIGEST, "56789", "Content-Range", "5-9");

        assertThat(gap.statusCode()).isEqualTo(416);
        assertThat(header(gap, "Range")).isEqualTo("0-3");
        assertThat(header(gap, "Location")).isEqualTo(upload);
        assertThat(overlap.statusCode()).isEqualTo(416);
        assertThat(put.statusCode()).isEqualTo(416);
        assertThat(header(registry.get(upload), "Range")).isEqualTo("0-3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0-2", "0-9"})
    void aChunkMustBeAsLongAsItSays(String range) {
        var upload = registry.begin("app");

        var answer = patch(upload, "0123", range);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("SIZE_INVALID");
    }

    @Test
    void aRangeMustBeOne() {
        var answer = patch(registry.begin("app"), "0123", "all of it");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("BLOB_UPLOAD_INVALID");
    }

    @Test
    void anUploadTellsHowFarItIs() {
        var upload = registry.begin("app");
        var before = registry.get(upload);
        patch(upload, "0123", "0-3");

        var after = registry.get(upload);

        assertThat(before.statusCode()).isEqualTo(204);
        assertThat(header(before, "Range")).isEqualTo("0-0");
        assertThat(after.statusCode()).isEqualTo(204);
        assertThat(header(after, "Range")).isEqualTo("0-3");
        assertThat(header(after, "Location")).isEqualTo(upload);
    }

    @Test
    void anUploadWhoseConnectionBrokeGoesOn() {
        var upload = registry.begin("app");
        RawHttp.sendAndBreak(registry, """
                PATCH %s HTTP/1.1\r
                Host: localhost\r
                Authorization: %s\r
                Content-Length: 10\r
                \r
                01234""".formatted(upload, registry.login(TestEcr.ACCOUNT, TestEcr.REGION)));

        var range = eventually(() -> header(registry.get(upload), "Range"), "0-4");
        var put = registry.send("PUT", upload + "?digest=" + DIGEST, "56789");

        assertThat(range).isEqualTo("0-4");
        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(pulled("app")).isEqualTo(CONTENT);
    }

    @Test
    void aLayerIsSentWhenTheServerSaysGoOn() {
        var upload = registry.begin("app");

        var answer = RawHttp.exchange(registry, """
                PATCH %s HTTP/1.1\r
                Host: localhost\r
                Authorization: %s\r
                Expect: 100-continue\r
                Content-Length: 10\r
                Connection: close\r
                \r
                0123456789""".formatted(upload, registry.login(TestEcr.ACCOUNT, TestEcr.REGION)));

        assertThat(answer)
                .startsWith("HTTP/1.1 100 Continue")
                .contains("HTTP/1.1 202")
                .contains("0-9");
    }

    @Test
    void aWrongDigestEndsTheUpload() {
        var upload = registry.begin("app");
        patch(upload, CONTENT, "0-9");

        var put = registry.send("PUT", upload + "?digest=" + TestImage.digest("other"));

        assertThat(put.statusCode()).isEqualTo(400);
        assertThat(put.body()).contains("DIGEST_INVALID");
        assertThat(registry.get(upload).statusCode()).isEqualTo(404);
        assertThat(registry.aws().uploads()).isZero();
        assertThat(registry.aws().contents()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?digest=", "?digest=sha256:12", "?digest=sha512:12", "?digest=12"})
    void anUploadEndsWithADigest(String query) {
        var put = registry.send("PUT", registry.begin("app") + query);

        assertThat(put.statusCode()).isEqualTo(400);
        assertThat(put.body()).contains("DIGEST_INVALID");
    }

    @Test
    void aLayerComesInOneRequest() {
        var posted = registry.upload("app", CONTENT);

        assertThat(posted.statusCode()).isEqualTo(201);
        assertThat(header(posted, "Location")).isEqualTo("/v2/app/blobs/" + DIGEST);
        assertThat(pulled("app")).isEqualTo(CONTENT);
    }

    @Test
    void aLayerThatComesInOneRequestIsChecked() {
        var posted = registry.send("POST", "/v2/app/blobs/uploads/?digest=" + DIGEST, "something else");

        assertThat(posted.statusCode()).isEqualTo(400);
        assertThat(posted.body()).contains("DIGEST_INVALID");
        assertThat(registry.aws().uploads()).isZero();
    }

    @Test
    void anAnnouncedDigestWithoutContentBeginsAnUpload() {
        var posted = registry.send("POST", "/v2/app/blobs/uploads/?digest=" + DIGEST);

        assertThat(posted.statusCode()).isEqualTo(202);
    }

    @Test
    void anUploadIsCancelled() {
        var upload = registry.begin("app");
        patch(upload, "0123", "0-3");

        var deleted = registry.send("DELETE", upload);

        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(registry.get(upload).statusCode()).isEqualTo(404);
        assertThat(registry.send("DELETE", upload).statusCode()).isEqualTo(404);
        assertThat(registry.aws().uploads()).isZero();
    }

    @Test
    void anUploadBelongsToItsRepository() {
        var upload = registry.begin("app").replace("/app/", "/other/");

        assertThat(registry.get(upload).body()).contains("BLOB_UPLOAD_UNKNOWN");
        assertThat(registry.send("PUT", upload + "?digest=" + DIGEST).statusCode())
                .isEqualTo(404);
    }

    @Test
    void anUploadThatNobodyGoesOnWithIsDropped() {
        var upload = registry.begin("app");
        patch(upload, "0123", "0-3");

        registry.aws().time().advance(Duration.ofHours(48));

        registry.aws().settle();
        assertThat(registry.aws().uploads()).isZero();
    }

    @Test
    void anUploadThatGrowsIsNotDropped() {
        var upload = registry.begin("app");
        patch(upload, "0123", "0-3");
        registry.aws().time().advance(Duration.ofHours(23));
        registry.authorize(registry.login(TestEcr.ACCOUNT, TestEcr.REGION));
        patch(upload, "456", "4-6");

        registry.aws().time().advance(Duration.ofHours(2));

        assertThat(header(registry.get(upload), "Range")).isEqualTo("0-6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&from=app", "&from=000000000000.dkr.ecr.us-east-1%2Fapp", ""})
    void aLayerIsMountedFromAnotherRepository(String from) {
        registry.upload("app", CONTENT);

        var mounted = registry.send("POST", "/v2/other/blobs/uploads/?mount=" + DIGEST + from);

        assertThat(mounted.statusCode()).isEqualTo(201);
        assertThat(header(mounted, "Location")).isEqualTo("/v2/other/blobs/" + DIGEST);
        assertThat(header(mounted, "Docker-Content-Digest")).isEqualTo(DIGEST.toString());
        assertThat(pulled("other")).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&from=nope", "&from=111111111111.dkr.ecr.us-east-1%2Fapp", ""})
    void whatCannotBeMountedIsUploaded(String from) {
        registry.aws().client("111111111111", "us-east-1").createRepository(r -> r.repositoryName("app"));
        registry.upload("111111111111.dkr.ecr.us-east-1/app", CONTENT);

        var answer = registry.send("POST", "/v2/other/blobs/uploads/?mount=" + DIGEST + from);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(header(answer, "Docker-Upload-UUID")).isNotEmpty();
    }

    @Test
    void aLayerIsSeenInItsOwnRepositoryAlone() {
        registry.upload("app", CONTENT);

        assertThat(registry.get("/v2/other/blobs/" + DIGEST).body()).contains("BLOB_UNKNOWN");
    }

    @Test
    void anUploadIntoARepositoryThatWentLeavesNothing() {
        var upload = registry.begin("app");
        patch(upload, CONTENT, "0-9");
        registry.aws().client().deleteRepository(r -> r.repositoryName("app"));

        var put = registry.send("PUT", upload + "?digest=" + DIGEST);

        assertThat(put.statusCode()).isEqualTo(404);
        assertThat(put.body()).contains("NAME_UNKNOWN");
        assertThat(registry.aws().contents()).isZero();
    }

    @Test
    void manyMayPushTheSameLayerAtOnce() throws Exception {
        var pushes = IntStream.range(0, 16)
                .<Callable<Integer>>mapToObj(i -> () -> push(i % 2 == 0 ? "app" : "other"))
                .toList();

        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = pool.invokeAll(pushes).stream().map(future -> future.resultNow());

            assertThat(statuses).containsOnly(201);
        }
        assertThat(registry.aws().contents()).isEqualTo(1);
        assertThat(registry.aws().uploads()).isZero();
        assertThat(pulled("app")).isEqualTo(CONTENT);
        assertThat(pulled("other")).isEqualTo(CONTENT);
    }

    @Test
    void aLayerThatIsDeletedAndPushedAtOnceIsWholeOrGone() throws Exception {
        var pushes = IntStream.range(0, 40)
                .<Callable<Integer>>mapToObj(i -> () -> i % 2 == 0 ? push("app") : deleteAndCreate("other"))
                .toList();

        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.invokeAll(pushes);
        }

        assertThat(pulled("app")).isEqualTo(CONTENT);
    }

    private int push(String repository) {
        var upload = registry.begin(repository);
        registry.send("PATCH", upload, CONTENT);
        return registry.send("PUT", upload + "?digest=" + DIGEST).statusCode();
    }

    private int deleteAndCreate(String repository) {
        registry.upload(repository, CONTENT);
        synchronized (folder) {
            registry.aws()
                    .client()
                    .deleteRepository(r -> r.repositoryName(repository).force(true));
            registry.aws().client().createRepository(r -> r.repositoryName(repository));
        }
        return 0;
    }

    private HttpResponse<String> patch(String upload, String content, String range) {
        return registry.send("PATCH", upload, content, "Content-Range", range);
    }

    private String pulled(String repository) {
        return registry.get("/v2/" + repository + "/blobs/" + DIGEST).body();
    }

    /// Asks again until the answer is as wanted, or too much time has passed.
    private static String eventually(Callable<String> question, String wanted) throws IllegalStateException {
        try {
            var deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            var answer = question.call();
            while (!answer.equals(wanted) && System.nanoTime() < deadline) {
                answer = question.call();
            }
            return answer;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}

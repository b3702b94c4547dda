package dev.hakoniwa.ecr.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecr.TestImage;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PushAndPullTest {
    private static final TestImage IMAGE = TestImage.of("one");

    @TempDir
    private Path folder;

    private TestRegistry registry;

    @BeforeEach
    void start() {
        registry = new TestRegistry(folder);
        registry.aws().client().createRepository(r -> r.repositoryName("shop/app"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void anImageIsPushedAsDockerPushesIt() {
        var layer = TestImage.digest(IMAGE.layer());
        var missing = registry.send("HEAD", "/v2/shop/app/blobs/" + layer);
        var begun = registry.send("POST", "/v2/shop/app/blobs/uploads/");
        var patched = registry.send("PATCH", TestRegistry.location(begun), IMAGE.layer());
        var put = registry.send("PUT", TestRegistry.location(patched) + "?digest=sha256%3A" + layer.hex());
        registry.upload("shop/app", IMAGE.config());

        var tagged = putManifest("shop/app", "1", IMAGE.manifest());

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(header(begun, "Range")).isEqualTo("0-0");
        assertThat(header(begun, "Docker-Upload-UUID")).matches("[0-9a-f-]{36}");
        assertThat(header(begun, "Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
        assertThat(patched.statusCode()).isEqualTo(202);
        assertThat(header(patched, "Range")).isEqualTo("0-" + (IMAGE.layer().length() - 1));
        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(header(put, "Location")).isEqualTo("/v2/shop/app/blobs/" + layer);
        assertThat(header(put, "Docker-Content-Digest")).isEqualTo(layer.toString());
        assertThat(tagged.statusCode()).isEqualTo(201);
        assertThat(header(tagged, "Docker-Content-Digest"))
                .isEqualTo(IMAGE.digest().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop/app", "000000000000.dkr.ecr.us-east-1/shop/app"})
    void anImageIsPulledByTagAndByDigest(String name) {
        push("shop/app", IMAGE, "1");

        var byTag = registry.get("/v2/" + name + "/manifests/1");
        var byDigest = registry.get("/v2/" + name + "/manifests/" + IMAGE.digest());

        assertThat(List.of(byTag, byDigest)).allSatisfy(manifest -> {
            assertThat(manifest.statusCode()).isEqualTo(200);
            assertThat(manifest.body()).isEqualTo(IMAGE.manifest());
            assertThat(header(manifest, "Content-Type")).isEqualTo(TestImage.DOCKER);
            assertThat(header(manifest, "Docker-Content-Digest"))
                    .isEqualTo(IMAGE.digest().toString());
        });
    }

    @Test
    void aHeadTellsWhatAGetWouldGive() {
        push("shop/app", IMAGE, "1");

        var manifest = registry.send("HEAD", "/v2/shop/app/manifests/1");
        var layer = registry.send("HEAD", "/v2/shop/app/blobs/" + TestImage.digest(IMAGE.layer()));

        assertThat(manifest.statusCode()).isEqualTo(200);
        assertThat(header(manifest, "Content-Length"))
                .isEqualTo("" + IMAGE.manifest().length());
        assertThat(header(manifest, "Docker-Content-Digest"))
                .isEqualTo(IMAGE.digest().toString());
        assertThat(layer.statusCode()).isEqualTo(200);
        assertThat(header(layer, "Content-Length")).isEqualTo("" + IMAGE.layer().length());
        assertThat(header(layer, "Accept-Ranges")).isEqualTo("bytes");
    }

    @Test
    void theApiShowsWhatWasPushed() {
        push("shop/app", IMAGE, "1");

        var image = registry.aws()
                .client()
                .describeImages(r -> r.repositoryName("shop/app"))
                .imageDetails()
                .getFirst();

        assertThat(image.imageTags()).containsExactly("1");
        assertThat(image.imageDigest()).isEqualTo(IMAGE.digest().toString());
        assertThat(image.imageSizeInBytes()).isEqualTo(IMAGE.layer().length());
        assertThat(image.imagePushedAt()).isEqualTo(registry.aws().time().start());
        assertThat(image.lastRecordedPullTime()).isNull();
    }

    @Test
    void onlyAPullOfTheManifestCountsAsOne() {
        push("shop/app", IMAGE, "1");
        registry.aws().time().advance(Duration.ofHours(1));
        registry.send("HEAD", "/v2/shop/app/manifests/1");
        var before = pulled();

        registry.get("/v2/shop/app/manifests/1");

        assertThat(before).isNull();
        assertThat(pulled()).isEqualTo(registry.aws().time().start().plus(Duration.ofHours(1)));
    }

    @Test
    void layersComeWholeOrInPart() {
        push("shop/app", IMAGE, "1");
        var path = "/v2/shop/app/blobs/" + TestImage.digest(IMAGE.layer());

        var whole = registry.get(path);
        var part = registry.get(path, "Range", "bytes=6-7");
        var end = registry.get(path, "Range", "bytes=9-");
        var last = registry.get(path, "Range", "bytes=-3");
        var beyond = registry.get(path, "Range", "bytes=100-");

        assertThat(whole.body()).isEqualTo("layer of one");
        assertThat(header(whole, "Docker-Content-Digest"))
                .isEqualTo(TestImage.digest(IMAGE.layer()).toString());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("of");
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 6-7/12");
        assertThat(end.body()).isEqualTo("one");
        assertThat(last.body()).isEqualTo("one");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */12");
    }

    @Test
    void pushingAgainChangesNothing() {
        push("shop/app", IMAGE, "1");

        var again = putManifest("shop/app", "1", IMAGE.manifest());

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(registry.aws()
                        .client()
                        .listImages(r -> r.repositoryName("shop/app"))
                        .imageIds())
                .hasSize(1);
    }

    @Test
    void tagsComeInPages() {
        uploadContents("shop/app", IMAGE);
        putManifest("shop/app", IMAGE.digest() + "?tag=c&tag=a&tag=b", IMAGE.manifest());

        var first = registry.get("/v2/shop/app/tags/list?n=2");
        var second = registry.get("/v2/shop/app/tags/list?n=2&last=b");
        var none = registry.get("/v2/shop/app/tags/list?n=0");

        assertThat(first.body()).endsWith("\"tags\":[\"a\",\"b\"]}");
        assertThat(header(first, "Link")).isEqualTo("</v2/shop/app/tags/list?n=2&last=b>; rel=\"next\"");
        assertThat(second.body()).endsWith("\"tags\":[\"c\"]}");
        assertThat(second.headers().firstValue("Link")).isEmpty();
        assertThat(none.body()).endsWith("\"tags\":[]}");
        assertThat(none.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void theCatalogListsTheCallersRepositories() {
        registry.aws().client().createRepository(r -> r.repositoryName("base"));
        registry.aws().client("111111111111", "us-east-1").createRepository(r -> r.repositoryName("other"));

        var all = registry.get("/v2/_catalog");
        var first = registry.get("/v2/_catalog?n=1");

        assertThat(all.body()).isEqualTo("{\"repositories\":[\"base\",\"shop/app\"]}");
        assertThat(header(first, "Link")).isEqualTo("</v2/_catalog?n=1&last=base>; rel=\"next\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/shop/app/tags/list?n=x, 400, PAGINATION_NUMBER_INVALID",
        "/v2/nope/tags/list, 404, NAME_UNKNOWN",
        "/v2/shop/app/manifests/nope, 404, MANIFEST_UNKNOWN",
        "/v2/shop/app/manifests/sha256:12, 400, DIGEST_INVALID",
        "/v2/shop/app/manifests/md5:12, 400, DIGEST_INVALID",
        "/v2/nope/manifests/1, 404, NAME_UNKNOWN",
        "/v2/Shop/manifests/1, 400, NAME_INVALID",
        "/v2/a%zz/manifests/1, 400, NAME_INVALID",
        "/v2/../manifests/1, 400, NAME_INVALID",
        "/v2/shop//app/manifests/1, 400, NAME_INVALID",
        "/v2/shop/app/blobs/sha256:12, 400, DIGEST_INVALID",
        "/v2/shop/app/blobs/uploads/12, 404, BLOB_UPLOAD_UNKNOWN",
        "/v2/shop/app/referrers/12, 400, DIGEST_INVALID",
        "/v2/shop/app/else/12, 404, UNSUPPORTED",
        "/v2/shop, 404, UNSUPPORTED",
        "/v2/manifests/1, 404, UNSUPPORTED",
        "/v2//, 404, UNSUPPORTED"
    })
    void whatIsNotThereIsToldInTheRegistrysWords(String path, int status, String code) {
        var answer = RawHttp.get(registry, path);

        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("{\"errors\":[{\"code\":\"" + code + "\"");
        assertThat(answer).contains("application/json").contains("registry/2.0");
    }

    @Test
    void theTextsAreEcrs() {
        var repository = registry.send("POST", "/v2/nope/blobs/uploads/");
        var tag = registry.get("/v2/shop/app/manifests/nope");

        assertThat(repository.body())
                .contains("The repository with name 'nope' does not exist in the registry with id '000000000000'");
        assertThat(tag.body()).contains("\"message\":\"Requested image not found\"");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /v2/shop/app/manifests/1",
        "DELETE, /v2/shop/app/blobs/sha256:12",
        "POST, /v2/shop/app/manifests/1",
        "PUT, /v2/shop/app/blobs/uploads/",
        "POST, /v2/shop/app/tags/list",
        "POST, /v2/",
        "POST, /v2/_catalog"
    })
    void whatEcrDoesNotDoIsUnsupported(String method, String path) {
        var answer = registry.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body()).contains("\"code\":\"UNSUPPORTED\"");
    }

    private void push(String repository, TestImage image, String reference) {
        uploadContents(repository, image);
        assertThat(putManifest(repository, reference, image.manifest()).statusCode())
                .isEqualTo(201);
    }

    private void uploadContents(String repository, TestImage image) {
        registry.upload(repository, image.layer());
        registry.upload(repository, image.config());
    }

    private HttpResponse<String> putManifest(String repository, String reference, String manifest) {
        return putManifest(repository, reference, manifest, TestImage.DOCKER);
    }

    private HttpResponse<String> putManifest(String repository, String reference, String manifest, String type) {
        return registry.send(
                "PUT", "/v2/%s/manifests/%s".formatted(repository, reference), manifest, "Content-Type", type);
    }

    private Instant pulled() {
        return registry.aws()
                .client()
                .describeImages(r -> r.repositoryName("shop/app"))
                .imageDetails()
                .getFirst()
                .lastRecordedPullTime();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}

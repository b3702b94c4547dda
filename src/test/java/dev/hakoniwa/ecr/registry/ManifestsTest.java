package dev.hakoniwa.ecr.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecr.TestImage;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManifestsTest {
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
    void anImmutableTagDoesNotMove() {
        registry.aws()
                .client()
                .putImageTagMutability(r -> r.repositoryName("shop/app").imageTagMutability("IMMUTABLE"));
        push("shop/app", IMAGE, "1");
        uploadContents("shop/app", TestImage.of("two"));

        var moved = putManifest("shop/app", "1", TestImage.of("two").manifest());
        var same = putManifest("shop/app", "1", IMAGE.manifest());

        assertThat(moved.statusCode()).isEqualTo(400);
        assertThat(moved.body())
                .isEqualTo(
                        "{\"errors\":[{\"code\":\"TAG_INVALID\",\"message\":\"The image tag '1' already exists in the 'shop/app' repository and cannot be overwritten because the tag is immutable.\",\"detail\":{}}]}");
        assertThat(same.statusCode()).isEqualTo(201);
    }

    @Test
    void aManifestIsGivenBackByteForByte() {
        uploadContents("shop/app", IMAGE);
        var text = IMAGE.manifest().replace("{\n", "{\r\n\t\"note\": \"é\\u00e9 \u3000\",\n") + "\n\n";

        putManifest("shop/app", "odd", text);

        assertThat(registry.get("/v2/shop/app/manifests/odd").body()).isEqualTo(text);
    }

    @Test
    void aManifestThatIsPutByItsDigestGetsTagsAlong() {
        uploadContents("shop/app", IMAGE);

        var put = putManifest("shop/app", IMAGE.digest() + "?tag=a&tag=b", IMAGE.manifest());

        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(header(put, "OCI-Tag")).isEqualTo("a, b");
        assertThat(registry.get("/v2/shop/app/tags/list").body())
                .isEqualTo("{\"name\":\"shop/app\",\"tags\":[\"a\",\"b\"]}");
    }

    @Test
    void anIndexNeedsItsImages() {
        var two = TestImage.of("two");
        var index = TestImage.index(List.of(IMAGE, two));
        push("shop/app", IMAGE, IMAGE.digest().toString());

        var tooEarly = putManifest("shop/app", "all", index, TestImage.INDEX);
        push("shop/app", two, two.digest().toString());
        var put = putManifest("shop/app", "all", index, TestImage.INDEX);

        assertThat(tooEarly.statusCode()).isEqualTo(404);
        assertThat(tooEarly.body()).contains("MANIFEST_BLOB_UNKNOWN", "[" + two.digest() + "]");
        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(header(registry.get("/v2/shop/app/manifests/all"), "Content-Type"))
                .isEqualTo(TestImage.INDEX);
    }

    @Test
    void whatIsAttachedToAnImageIsFound() {
        push("shop/app", IMAGE, "1");
        var signature = new TestImage("{}", "a signature");
        uploadContents("shop/app", signature);
        var attached = signature.attachedTo(IMAGE.digest(), "application/x.signature");

        var put = putManifest(
                "shop/app",
                TestImage.digest(attached).toString(),
                attached,
                "application/vnd.oci.image.manifest.v1+json");
        var all = registry.get("/v2/shop/app/referrers/" + IMAGE.digest());
        var none = registry.get("/v2/shop/app/referrers/" + IMAGE.digest() + "?artifactType=application/x.other");

        assertThat(header(put, "OCI-Subject")).isEqualTo(IMAGE.digest().toString());
        assertThat(header(all, "Content-Type")).isEqualTo(TestImage.INDEX);
        assertThat(all.body()).isEqualTo("""
                {"schemaVersion":2,"mediaType":"%s","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                "digest":"%s","size":%d,"artifactType":"application/x.signature","annotations":{"made.by":"a test"}}]}""".formatted(TestImage.INDEX, TestImage.digest(attached), attached.length()));
        assertThat(header(none, "OCI-Filters-Applied")).isEqualTo("artifactType");
        assertThat(none.body()).endsWith("\"manifests\":[]}");
    }

    @Test
    void nothingIsAttachedToWhatIsNotThere() {
        var none = registry.get("/v2/shop/app/referrers/" + TestImage.digest("nothing"));

        assertThat(none.statusCode()).isEqualTo(200);
        assertThat(none.body()).endsWith("\"manifests\":[]}");
    }

    @ParameterizedTest
    @CsvSource({
        "'{', MANIFEST_INVALID",
        "'[]', MANIFEST_INVALID",
        "'{}', MANIFEST_INVALID",
        "'{\"schemaVersion\": 1}', MANIFEST_INVALID",
        "'{\"schemaVersion\": 2}', MANIFEST_INVALID",
        "'{\"schemaVersion\": 2, \"mediaType\": \"text/plain\"}', MANIFEST_INVALID",
        "'{\"schemaVersion\": 2, \"config\": {}, \"layers\": []}', MANIFEST_INVALID",
        "'{\"schemaVersion\": 2, \"config\": {\"digest\": \"sha256:1\", \"size\": 1}, \"layers\": []}', MANIFEST_INVALID"
    })
    void aManifestIsChecked(String manifest, String code) {
        var put = putManifest("shop/app", "1", manifest);

        assertThat(put.statusCode()).isEqualTo(400);
        assertThat(put.body()).contains(code);
    }

    @Test
    void aManifestNeedsItsLayersAndItsDigest() {
        var missing = putManifest("shop/app", "1", IMAGE.manifest());
        uploadContents("shop/app", IMAGE);
        var wrongDigest = putManifest("shop/app", TestImage.digest("other").toString(), IMAGE.manifest());
        var wrongType = putManifest("shop/app", "1", IMAGE.manifest(), TestImage.INDEX);
        var wrongTag = putManifest("shop/app", ".1", IMAGE.manifest());

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("MANIFEST_BLOB_UNKNOWN");
        assertThat(wrongDigest.body()).contains("DIGEST_INVALID");
        assertThat(wrongType.body()).contains("MANIFEST_INVALID");
        assertThat(wrongTag.body()).contains("TAG_INVALID");
    }

    @Test
    void aManifestMayHaveFourMebibytes() {
        uploadContents("shop/app", IMAGE);
        var most = IMAGE.manifest() + " ".repeat((4 << 20) - IMAGE.manifest().length());

        var large = putManifest("shop/app", "large", most);
        var tooLarge = putManifest("shop/app", "too-large", most + " ");
        var chunked = registry.send(
                "PUT",
                "/v2/shop/app/manifests/chunked",
                BodyPublishers.ofByteArrays(List.of(most.getBytes(StandardCharsets.UTF_8), new byte[] {' '})),
                "Content-Type",
                TestImage.DOCKER);

        assertThat(large.statusCode()).isEqualTo(201);
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(chunked.body()).contains("SIZE_INVALID");
    }

    @Test
    void aManifestThatIsNotTextIsRefused() {
        var put = registry.send(
                "PUT",
                "/v2/shop/app/manifests/1",
                BodyPublishers.ofByteArray(new byte[] {(byte) 0xC3, 0x28}),
                "Content-Type",
                TestImage.DOCKER);

        assertThat(put.statusCode()).isEqualTo(400);
        assertThat(put.body()).contains("MANIFEST_INVALID");
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

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}

package dev.hakoniwa.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.testing.WireTest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;

@WireTest
final class ImageDeletionTest {
    private static final TestImage ONE = TestImage.of("one");
    private static final TestImage TWO = TestImage.of("two");

    @TempDir
    private Path folder;

    private TestEcr aws;
    private EcrClient ecr;

    @BeforeEach
    void start() {
        aws = new TestEcr(folder);
        ecr = aws.client();
        ecr.createRepository(r -> r.repositoryName("app"));
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void anImageGoesWithItsLastTag() {
        ONE.push(ecr, "app", "1");
        tag(ONE, "latest");

        var first = delete(id(null, "1"));
        var left = ids();
        var second = delete(id(null, "latest"));

        assertThat(first.imageIds()).containsExactly(id(ONE, "1"));
        assertThat(left).containsExactly(id(ONE, "latest"));
        assertThat(second.imageIds()).containsExactly(id(ONE, "latest"));
        assertThat(describe()).isEmpty();
    }

    @Test
    void anImageGoesByDigestWithAllItsTags() {
        ONE.push(ecr, "app", "1");
        tag(ONE, "latest");

        var deleted = delete(id(ONE, null));

        assertThat(deleted.imageIds()).containsExactly(id(ONE, "1"), id(ONE, "latest"));
        assertThat(describe()).isEmpty();
        assertThatThrownBy(() -> find("latest")).isInstanceOf(ImageNotFoundException.class);
    }

    @Test
    void whatCannotBeDeletedIsAFailure() {
        ONE.push(ecr, "app", "1");

        var deleted = delete(id(null, "nope"), id(TWO, "1"), id(null, null));

        assertThat(deleted.imageIds()).isEmpty();
        assertThat(deleted.failures())
                .extracting(ImageFailure::failureCodeAsString)
                .containsExactly("ImageNotFound", "ImageTagDoesNotMatchDigest", "MissingDigestAndTag");
        assertThat(describe()).hasSize(1);
    }

    @Test
    void anImageStaysWhileAnIndexNeedsIt() {
        ONE.push(ecr, "app", "1");
        putIndex("all", ONE);
        var index = Digest.parse(find("all").imageDigest()).orElseThrow();

        var refused = delete(id(ONE, null));
        var inOrder = delete(id(null, "all"), id(ONE, null));

        assertThat(refused.failures())
                .extracting(ImageFailure::failureCodeAsString, ImageFailure::failureReason)
                .containsExactly(tuple(
                        "ImageReferencedByManifestList",
                        "Requested image referenced by manifest list: [" + index + "]"));
        assertThat(inOrder.failures()).isEmpty();
        assertThat(describe()).isEmpty();
    }

    private void putIndex(String tag, TestImage... images) {
        ecr.putImage(r -> r.repositoryName("app")
                .imageManifest(TestImage.index(List.of(images)))
                .imageTag(tag));
    }

    private void tag(TestImage image, String tag) {
        ecr.putImage(
                r -> r.repositoryName("app").imageManifest(image.manifest()).imageTag(tag));
    }

    private BatchDeleteImageResponse delete(ImageIdentifier... ids) {
        return ecr.batchDeleteImage(r -> r.repositoryName("app").imageIds(ids));
    }

    private List<ImageIdentifier> ids() {
        return ecr.listImages(r -> r.repositoryName("app")).imageIds();
    }

    private List<ImageDetail> describe() {
        return ecr.describeImages(r -> r.repositoryName("app")).imageDetails();
    }

    private List<ImageDetail> describe(String digest, String tag) {
        return ecr.describeImages(r -> r.repositoryName("app")
                        .imageIds(ImageIdentifier.builder()
                                .imageDigest(digest)
                                .imageTag(tag)
                                .build()))
                .imageDetails();
    }

    private ImageDetail find(String tag) {
        return describe(null, tag).getFirst();
    }

    private static ImageIdentifier id(TestImage image, String tag) {
        return ImageIdentifier.builder()
                .imageDigest(image == null ? null : image.digest().toString())
                .imageTag(tag)
                .build();
    }
}

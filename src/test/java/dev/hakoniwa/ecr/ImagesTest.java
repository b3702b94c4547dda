package dev.hakoniwa.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.testing.WireTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageDigestDoesNotMatchException;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;
import software.amazon.awssdk.services.ecr.model.ReferencedImagesNotFoundException;

@WireTest
final class ImagesTest {
    private static final TestImage ONE = TestImage.of("one");
    private static final TestImage TWO = TestImage.of("two");
    private static final TestImage THREE = TestImage.of("three");

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
    void anImageIsPut() {
        var put = ONE.push(ecr, "app", "1");

        assertThat(put.registryId()).isEqualTo(aws.in(TestEcr.ACCOUNT));
        assertThat(put.repositoryName()).isEqualTo("app");
        assertThat(put.imageId()).isEqualTo(id(ONE, "1"));
        assertThat(put.imageManifest()).isEqualTo(ONE.manifest());
        assertThat(put.imageManifestMediaType()).isEqualTo(TestImage.DOCKER);
    }

    @Test
    void anImageIsDescribed() {
        ONE.push(ecr, "app", "1");
        tag(ONE, "latest");

        var image = describe().getFirst();

        assertThat(image.registryId()).isEqualTo(aws.in(TestEcr.ACCOUNT));
        assertThat(image.repositoryName()).isEqualTo("app");
        assertThat(image.imageDigest()).isEqualTo(ONE.digest().toString());
        assertThat(image.imageTags()).containsExactly("1", "latest");
        assertThat(image.imageSizeInBytes()).isEqualTo("layer of one".length());
        assertThat(image.imagePushedAt()).isEqualTo(aws.time().start());
        assertThat(image.imageManifestMediaType()).isEqualTo(TestImage.DOCKER);
        assertThat(image.artifactMediaType()).isEqualTo("application/vnd.docker.container.image.v1+json");
        assertThat(image.imageStatusAsString()).isEqualTo("ACTIVE");
        assertThat(image.lastRecordedPullTime()).isNull();
    }

    @Test
    void puttingTheSameAgainIsAnError() {
        ONE.push(ecr, "app", "1");

        assertThatThrownBy(() -> tag(ONE, "1"))
                .isInstanceOf(ImageAlreadyExistsException.class)
                .hasMessageContaining(
                        aws.in(
                                "Image with digest '%s' and tag '1' already exists in the repository with name 'app' in registry with id '000000000000'"),
                        ONE.digest());
        assertThatThrownBy(() -> ecr.putImage(r -> r.repositoryName("app").imageManifest(ONE.manifest())))
                .isInstanceOf(ImageAlreadyExistsException.class)
                .hasMessageContaining("and tag 'null' already exists");
    }

    @Test
    void aTagMoves() {
        ONE.push(ecr, "app", "latest");

        TWO.push(ecr, "app", "latest");

        assertThat(ids()).containsExactly(id(ONE, null), id(TWO, "latest"));
    }

    @ParameterizedTest
    @CsvSource({
        "IMMUTABLE, , release-1, true",
        "IMMUTABLE_WITH_EXCLUSION, dev-*, release-1, true",
        "IMMUTABLE_WITH_EXCLUSION, dev-*, dev-1, false",
        "MUTABLE_WITH_EXCLUSION, release-*, release-1, true",
        "MUTABLE_WITH_EXCLUSION, release-*, dev-1, false",
        "MUTABLE, , release-1, false"
    })
    void anImmutableTagDoesNotMove(String mutability, String filter, String tag, boolean isImmutable) {
        ONE.push(ecr, "app", tag);
        TWO.upload(ecr, "app");
        ecr.putImageTagMutability(r -> r.repositoryName("app")
                .imageTagMutability(mutability)
                .imageTagMutabilityExclusionFilters(filters(filter)));

        var moved = catchThrowable(() -> tag(TWO, tag));

        assertThat(moved instanceof ImageTagAlreadyExistsException).isEqualTo(isImmutable);
        assertThat(find(tag).imageDigest())
                .isEqualTo((isImmutable ? ONE : TWO).digest().toString());
    }

    @Test
    void anImageNeedsItsLayers() {
        TestImage.upload(ecr, "app", ONE.config());

        assertThatThrownBy(() -> tag(ONE, "1"))
                .isInstanceOf(LayersNotFoundException.class)
                .hasMessageContaining(
                        aws.in(
                                "Layers with digests '[%s]' required for pushing image into repository with name 'app' in the registry with id '000000000000' do not exist"),
                        TestImage.digest(ONE.layer()));
        assertThat(describe()).isEmpty();
    }

    @Test
    void anIndexNeedsItsImages() {
        ONE.push(ecr, "app", "1");

        assertThatThrownBy(() -> ecr.putImage(r -> r.repositoryName("app")
                        .imageManifest(TestImage.index(List.of(ONE, TWO)))
                        .imageTag("all")))
                .isInstanceOf(ReferencedImagesNotFoundException.class)
                .hasMessageContaining("Images with digests '[%s]' required for pushing image", TWO.digest());
    }

    @Test
    void anIndexIsAsLargeAsItsLargestImage() {
        ONE.push(ecr, "app", "1");
        THREE.push(ecr, "app", "3");

        putIndex("all", ONE, THREE);

        assertThat(find("all").imageSizeInBytes()).isEqualTo("layer of three".length());
        assertThat(find("all").imageManifestMediaType()).isEqualTo(TestImage.INDEX);
    }

    @Test
    void aDigestThatIsSentIsChecked() {
        ONE.upload(ecr, "app");

        assertThatThrownBy(() -> ecr.putImage(r -> r.repositoryName("app")
                        .imageManifest(ONE.manifest())
                        .imageDigest(TWO.digest().toString())))
                .isInstanceOf(ImageDigestDoesNotMatchException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"schemaVersion\": 2}", "{\"schemaVersion\": 2}}"})
    void aManifestIsChecked(String manifest) {
        assertThatThrownBy(() -> ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest)))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aManifestMustBeJson() {
        assertThatThrownBy(() -> ecr.putImage(r -> r.repositoryName("app").imageManifest("{,}")))
                .hasMessageContaining(
                        "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'");
        assertThatThrownBy(() -> ecr.putImage(r -> r.repositoryName("app").imageManifest("[".repeat(100_000))))
                .hasMessageContaining("Invalid JSON syntax");
    }

    @ParameterizedTest
    @ValueSource(strings = {".1", "-1", "a b", "a:b", "ä"})
    void aTagIsChecked(String tag) {
        ONE.upload(ecr, "app");

        assertThatThrownBy(() -> tag(ONE, tag))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Invalid parameter at 'imageTag'");
    }

    @Test
    void aPullIsRecorded() {
        ONE.push(ecr, "app", "1");
        aws.time().advance(Duration.ofMinutes(5));

        var got = ecr.batchGetImage(r -> r.repositoryName("app").imageIds(id(null, "1")));

        assertThat(got.failures()).isEmpty();
        assertThat(got.images().getFirst().imageManifest()).isEqualTo(ONE.manifest());
        assertThat(got.images().getFirst().imageId()).isEqualTo(id(ONE, "1"));
        assertThat(find("1").lastRecordedPullTime())
                .isEqualTo(aws.time().start().plus(Duration.ofMinutes(5)));
    }

    @Test
    void whatCannotBeGotIsAFailure() {
        ONE.push(ecr, "app", "1");

        var got = ecr.batchGetImage(r -> r.repositoryName("app")
                .imageIds(
                        id(null, "nope"),
                        id(null, null),
                        ImageIdentifier.builder().imageDigest("nonsense").build(),
                        id(TWO, "1"),
                        id(null, "a:b")));

        assertThat(got.images()).isEmpty();
        assertThat(got.failures())
                .extracting(ImageFailure::failureCodeAsString, ImageFailure::failureReason)
                .containsExactly(
                        tuple("ImageNotFound", "Requested image not found"),
                        tuple("MissingDigestAndTag", "Invalid request parameters: both tag and digest cannot be null"),
                        tuple(
                                "InvalidImageDigest",
                                "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"),
                        tuple("ImageTagDoesNotMatchDigest", "Requested image tag does not match its digest"),
                        tuple(
                                "InvalidImageTag",
                                "Invalid request parameters: image tag should satisfy the regex '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'"));
    }

    @Test
    void onlyAcceptedMediaTypesAreGot() {
        ONE.push(ecr, "app", "1");

        var other = ecr.batchGetImage(
                r -> r.repositoryName("app").imageIds(id(null, "1")).acceptedMediaTypes(TestImage.INDEX));
        var same = ecr.batchGetImage(r ->
                r.repositoryName("app").imageIds(id(null, "1")).acceptedMediaTypes(TestImage.INDEX, TestImage.DOCKER));

        assertThat(other.failures())
                .extracting(ImageFailure::failureCodeAsString)
                .containsExactly("ImageNotFound");
        assertThat(same.images()).hasSize(1);
    }

    private static List<ImageTagMutabilityExclusionFilter> filters(String filter) {
        return Stream.ofNullable(filter)
                .map(value -> ImageTagMutabilityExclusionFilter.builder()
                        .filterType("WILDCARD")
                        .filter(value)
                        .build())
                .toList();
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

package dev.hakoniwa.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.testing.WireTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageReferrer;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.TagStatus;

@WireTest
final class ImageListingsTest {
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
    void imagesAreListedInTheOrderTheyWerePushed() {
        THREE.push(ecr, "app", "3");
        ONE.push(ecr, "app", "1");
        tag(ONE, "latest");
        TWO.push(ecr, "app", "2");
        tag(TWO, "22");

        assertThat(ids()).containsExactly(id(THREE, "3"), id(ONE, "1"), id(ONE, "latest"), id(TWO, "2"), id(TWO, "22"));
        assertThat(describe()).extracting(ImageDetail::imagePushedAt).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void listingsAreFilteredByTags() {
        ONE.push(ecr, "app", "latest");
        TWO.push(ecr, "app", "latest");

        var tagged = ecr.listImages(r -> r.repositoryName("app").filter(f -> f.tagStatus(TagStatus.TAGGED)));
        var untagged = ecr.describeImages(r -> r.repositoryName("app").filter(f -> f.tagStatus(TagStatus.UNTAGGED)));
        var any = ecr.listImages(r -> r.repositoryName("app").filter(f -> f.tagStatus(TagStatus.ANY)));

        assertThat(tagged.imageIds()).containsExactly(id(TWO, "latest"));
        assertThat(untagged.imageDetails())
                .extracting(ImageDetail::imageDigest)
                .containsExactly(ONE.digest().toString());
        assertThat(any.imageIds()).hasSize(2);
    }

    @Test
    void listingsComeInPages() {
        ONE.push(ecr, "app", "1");
        TWO.push(ecr, "app", "2");
        tag(TWO, "22");

        var ids = ecr.listImagesPaginator(r -> r.repositoryName("app").maxResults(2)).stream()
                .map(page -> page.imageIds());
        var details = ecr.describeImagesPaginator(r -> r.repositoryName("app").maxResults(1)).stream()
                .map(page -> page.imageDetails().size());

        assertThat(ids).containsExactly(List.of(id(ONE, "1"), id(TWO, "2")), List.of(id(TWO, "22")));
        assertThat(details).containsExactly(1, 1);
    }

    @Test
    void aTokenIsGoodForItsListingAlone() {
        ONE.push(ecr, "app", "1");
        TWO.push(ecr, "app", "2");
        var token = ecr.listImages(r -> r.repositoryName("app").maxResults(1)).nextToken();

        assertThatThrownBy(() -> ecr.listImages(
                        r -> r.repositoryName("app").nextToken(token).filter(f -> f.tagStatus(TagStatus.TAGGED))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("nextToken");
    }

    @Test
    void imagesAreDescribedByIdOrNotAtAll() {
        ONE.push(ecr, "app", "1");

        assertThat(describe(ONE.digest().toString(), "1")).hasSize(1);
        assertThatThrownBy(() -> describe(null, "nope"))
                .isInstanceOf(ImageNotFoundException.class)
                .hasMessageContaining(
                        aws.in(
                                "The image with imageId {imageDigest:'null', imageTag:'nope'} does not exist within the repository with name 'app' in the registry with id '000000000000'"));
        assertThatThrownBy(() -> describe(TWO.digest().toString(), "1"))
                .hasMessageContaining("{imageDigest:'%s', imageTag:'1'}", TWO.digest());
        assertThatThrownBy(() -> describe(null, null)).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void whatIsAttachedToAnImageIsListedAndGoesWithIt() {
        ONE.push(ecr, "app", "1");
        var attached = attach("application/x.signature");

        var all = ecr.listImageReferrers(r -> r.repositoryName("app")
                .subjectId(s -> s.imageDigest(ONE.digest().toString())));
        var others = ecr.listImageReferrers(r -> r.repositoryName("app")
                .subjectId(s -> s.imageDigest(ONE.digest().toString()))
                .filter(f -> f.artifactTypes("application/x.other")));
        delete(id(ONE, null));

        assertThat(all.referrers())
                .extracting(ImageReferrer::digest, ImageReferrer::artifactType, ImageReferrer::annotations)
                .containsExactly(tuple(attached.toString(), "application/x.signature", Map.of("made.by", "a test")));
        assertThat(others.referrers()).isEmpty();
        assertThat(describe()).isEmpty();
    }

    @Test
    void imagesNeedTheirRepository() {
        assertThatThrownBy(() -> ecr.listImages(r -> r.repositoryName("nope")))
                .isInstanceOf(RepositoryNotFoundException.class);
        assertThatThrownBy(() -> ecr.describeImages(r -> r.repositoryName("nope")))
                .isInstanceOf(RepositoryNotFoundException.class);
        assertThatThrownBy(() -> ecr.putImage(r -> r.repositoryName("nope").imageManifest("{}")))
                .isInstanceOf(RepositoryNotFoundException.class);
        assertThatThrownBy(() -> ecr.batchGetImage(r -> r.repositoryName("nope").imageIds(id(null, "1"))))
                .isInstanceOf(RepositoryNotFoundException.class);
    }

    @Test
    void aRepositoryWhoseNameBeginsLikeAnotherIsApart() {
        ecr.createRepository(r -> r.repositoryName("app/two"));
        ecr.createRepository(r -> r.repositoryName("app-two"));
        ONE.push(ecr, "app", "1");
        TWO.push(ecr, "app/two", "2");
        THREE.push(ecr, "app-two", "3");

        assertThat(ids()).containsExactly(id(ONE, "1"));
        assertThat(ecr.listImages(r -> r.repositoryName("app/two")).imageIds()).containsExactly(id(TWO, "2"));
    }

    private Digest attach(String artifactType) {
        var artifact = new TestImage("{}", "an attachment");
        artifact.upload(ecr, "app");
        var manifest = artifact.attachedTo(ONE.digest(), artifactType);
        ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest));
        return TestImage.digest(manifest);
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

    private static ImageIdentifier id(TestImage image, String tag) {
        return ImageIdentifier.builder()
                .imageDigest(image == null ? null : image.digest().toString())
                .imageTag(tag)
                .build();
    }
}

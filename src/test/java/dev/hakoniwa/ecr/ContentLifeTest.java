package dev.hakoniwa.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.InJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

@InJvm("the files of contents")
final class ContentLifeTest {
    @TempDir
    private Path folder;

    private TestEcr aws;
    private EcrClient ecr;

    @BeforeEach
    void start() {
        aws = new TestEcr(folder);
        ecr = aws.client();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void contentThatNobodyHoldsGoesWithItsRepository() {
        createAll("app", "other");
        TestImage.of("one").push(ecr, "app", "1");
        TestImage.of("one").push(ecr, "other", "1");
        TestImage.of("two").push(ecr, "app", "2");
        assertThat(aws.contents()).isEqualTo(4);

        ecr.deleteRepository(r -> r.repositoryName("app").force(true));

        aws.settle();
        assertThat(aws.contents()).isEqualTo(2);
    }

    @Test
    void contentGoesSomeTimeAfterItsLastImage() {
        createAll("app");
        TestImage.of("one").push(ecr, "app", "1");
        ecr.batchDeleteImage(r -> r.repositoryName("app").imageIds(tagged("1")));

        aws.time().advance(Duration.ofMinutes(59));
        var before = aws.contents();
        aws.time().advance(Duration.ofMinutes(1));

        aws.settle();
        assertThat(before).isEqualTo(2);
        assertThat(aws.contents()).isZero();
    }

    @Test
    void contentStaysWhileAnotherImageIsMadeOfIt() {
        createAll("app");
        TestImage.of("one").push(ecr, "app", "1");
        var sameLayer = new TestImage("{\"name\":\"other\"}", "layer of one");
        TestImage.upload(ecr, "app", sameLayer.config());
        ecr.putImage(
                r -> r.repositoryName("app").imageManifest(sameLayer.manifest()).imageTag("2"));
        ecr.batchDeleteImage(r -> r.repositoryName("app").imageIds(tagged("1")));

        aws.time().advance(Duration.ofDays(2));

        aws.settle();
        assertThat(aws.contents()).isEqualTo(2);
    }

    @Test
    void contentThatNoImageEverUsedGoesAfterADay() {
        createAll("app");
        TestImage.of("one").upload(ecr, "app");

        aws.time().advance(Duration.ofHours(24));

        aws.settle();
        assertThat(aws.contents()).isZero();
    }

    @Test
    void aClientThatAskedForContentCanCountOnIt() {
        createAll("app");
        TestImage.of("one").upload(ecr, "app");
        aws.time().advance(Duration.ofHours(23));
        ecr.batchCheckLayerAvailability(r -> r.repositoryName("app")
                .layerDigests(TestImage.digest("layer of one").toString()));

        aws.time().advance(Duration.ofHours(23));

        aws.settle();
        assertThat(aws.contents()).isEqualTo(1);
    }

    @Test
    void whatAnEarlierProcessLeftIsSweptAway() {
        createAll("app");
        TestImage.of("one").push(ecr, "app", "1");
        aws.close();

        aws = new TestEcr(folder);

        aws.settle();
        assertThat(aws.contents()).isZero();
    }

    @Test
    void nothingIsLeftInTheEnd() throws IOException {
        createAll("app");
        TestImage.of("one").push(ecr, "app", "1");
        TestImage.beginUpload(ecr, "app", "half of a layer");

        aws.ecr().dropContent();

        assertThat(aws.contents()).isZero();
        assertThat(aws.uploads()).isZero();
    }

    private void createAll(String... names) {
        for (var name : names) {
            ecr.createRepository(r -> r.repositoryName(name));
        }
    }

    private static ImageIdentifier tagged(String tag) {
        return ImageIdentifier.builder().imageTag(tag).build();
    }
}

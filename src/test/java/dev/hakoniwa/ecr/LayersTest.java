package dev.hakoniwa.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.EmptyUploadException;
import software.amazon.awssdk.services.ecr.model.InvalidLayerException;
import software.amazon.awssdk.services.ecr.model.InvalidLayerPartException;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.Layer;
import software.amazon.awssdk.services.ecr.model.LayerAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.LayerFailure;
import software.amazon.awssdk.services.ecr.model.LayerInaccessibleException;
import software.amazon.awssdk.services.ecr.model.LayerPartTooSmallException;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.UploadNotFoundException;

@WireTest
final class LayersTest {
    private static final String LARGE = "x".repeat(5 << 20);
    private static final String DIGEST = TestImage.digest("0123456789").toString();

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
    void aLayerComesInParts() {
        var begun = ecr.initiateLayerUpload(r -> r.repositoryName("app"));
        var digest = TestImage.digest(LARGE + "0123456789").toString();

        var first = upload(begun.uploadId(), 0, LARGE);
        var last = upload(begun.uploadId(), LARGE.length(), "0123456789");
        var completed = ecr.completeLayerUpload(
                r -> r.repositoryName("app").uploadId(begun.uploadId()).layerDigests(digest));

        assertThat(begun.partSize()).isEqualTo(20_971_520);
        assertThat(begun.uploadId()).matches("[0-9a-f-]{36}");
        assertThat(first).isEqualTo(LARGE.length() - 1);
        assertThat(last).isEqualTo(LARGE.length() + 9);
        assertThat(completed.layerDigest()).isEqualTo(digest);
        assertThat(completed.uploadId()).isEqualTo(begun.uploadId());
        assertThat(check(digest))
                .extracting(Layer::layerAvailabilityAsString, Layer::layerSize)
                .containsExactly("AVAILABLE", LARGE.length() + 10L);
    }

    @ParameterizedTest
    @CsvSource({"5, 9", "0, 3", "0, 5", "4, 2"})
    void aPartFollowsTheOneBefore(long first, long last) {
        var id = begin();
        upload(id, 0, "01234");

        var error = catchThrowableOfType(
                InvalidLayerPartException.class,
                () -> ecr.uploadLayerPart(r -> r.repositoryName("app")
                        .uploadId(id)
                        .partFirstByte(first)
                        .partLastByte(last)
                        .layerPartBlob(SdkBytes.fromUtf8String("0123"))));

        assertThat(error.registryId()).isEqualTo(aws.in(TestEcr.ACCOUNT));
        assertThat(error.repositoryName()).isEqualTo("app");
        assertThat(error.uploadId()).isEqualTo(id);
        assertThat(error.lastValidByteReceived()).isEqualTo(4);
    }

    @Test
    void aPartHasTwentyMebibytesAtMost() {
        assertThatThrownBy(() -> upload(begin(), 0, "x".repeat((20 << 20) + 1)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("layerPartBlob");
    }

    @Test
    void onlyTheLastPartMayBeSmall() {
        var id = begin();
        upload(id, 0, "01234");
        upload(id, 5, "56789");

        assertThatThrownBy(() -> complete(id, DIGEST)).isInstanceOf(LayerPartTooSmallException.class);
    }

    @Test
    void anUploadNeedsContent() {
        var id = begin();

        assertThatThrownBy(() -> complete(id, DIGEST)).isInstanceOf(EmptyUploadException.class);
    }

    @Test
    void aLayersDigestIsChecked() {
        var id = begin();
        upload(id, 0, "something else");

        assertThatThrownBy(() -> complete(id, DIGEST)).isInstanceOf(InvalidLayerException.class);
        assertThatThrownBy(() -> complete(id, "nonsense")).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aLayerThatIsThereIsNotUploadedAgain() {
        TestImage.upload(ecr, "app", "0123456789");
        var id = begin();
        upload(id, 0, "0123456789");

        assertThatThrownBy(() -> complete(id, DIGEST))
                .isInstanceOf(LayerAlreadyExistsException.class)
                .hasMessageContaining("Layer with digest '%s' already exists", DIGEST);
    }

    @Test
    @InJvm("the files of uploads")
    void nothingIsLeftOfALayerThatWasThere() {
        TestImage.upload(ecr, "app", "0123456789");
        var id = begin();
        upload(id, 0, "0123456789");

        assertThatThrownBy(() -> complete(id, DIGEST)).isInstanceOf(LayerAlreadyExistsException.class);

        assertThat(aws.uploads()).isZero();
    }

    @Test
    void anUploadMustBeThere() {
        var unknown = UUID.randomUUID().toString();

        assertThatThrownBy(() -> upload(unknown, 0, "01234")).isInstanceOf(UploadNotFoundException.class);
        assertThatThrownBy(() -> complete(unknown, DIGEST)).isInstanceOf(UploadNotFoundException.class);
        assertThatThrownBy(() -> complete("12", DIGEST)).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> ecr.initiateLayerUpload(r -> r.repositoryName("nope")))
                .isInstanceOf(RepositoryNotFoundException.class);
    }

    @Test
    void availabilityIsToldForEachLayer() {
        TestImage.of("one").push(ecr, "app", "1");
        var layer = TestImage.digest("layer of one").toString();

        var checked = ecr.batchCheckLayerAvailability(
                r -> r.repositoryName("app").layerDigests(layer, DIGEST, "nonsense", ""));

        assertThat(checked.layers())
                .extracting(Layer::layerDigest, Layer::layerAvailabilityAsString, Layer::mediaType)
                .containsExactly(
                        tuple(layer, "AVAILABLE", "application/vnd.docker.image.rootfs.diff.tar.gzip"),
                        tuple(DIGEST, "UNAVAILABLE", null));
        assertThat(checked.failures())
                .extracting(LayerFailure::layerDigest, LayerFailure::failureCodeAsString)
                .containsExactly(tuple("nonsense", "InvalidLayerDigest"), tuple("", "MissingLayerDigest"));
    }

    @Test
    void aLayerOfNoImageCannotBeDownloaded() {
        TestImage.upload(ecr, "app", "0123456789");

        assertThatThrownBy(() -> download(DIGEST)).isInstanceOf(LayerInaccessibleException.class);
        assertThatThrownBy(() -> download(TestImage.digest("nothing").toString()))
                .isInstanceOf(LayersNotFoundException.class);
        assertThatThrownBy(() -> download("nonsense")).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    @InJvm("the files of uploads")
    void aDiskThatFailsIsTheServersFault() throws IOException {
        var id = begin();
        Files.delete(folder.resolve("uploads"));

        assertThatThrownBy(() -> upload(id, 0, "01234")).isInstanceOfSatisfying(EcrException.class, error -> {
            assertThat(error.statusCode()).isEqualTo(500);
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ServerException");
        });
        Files.createDirectory(folder.resolve("uploads"));
        assertThat(upload(id, 0, "01234")).isEqualTo(4);
    }

    private String begin() {
        return ecr.initiateLayerUpload(r -> r.repositoryName("app")).uploadId();
    }

    private long upload(String id, long first, String content) {
        return ecr.uploadLayerPart(r -> r.repositoryName("app")
                        .uploadId(id)
                        .partFirstByte(first)
                        .partLastByte(first + content.length() - 1)
                        .layerPartBlob(SdkBytes.fromUtf8String(content)))
                .lastByteReceived();
    }

    private void complete(String id, String digest) {
        ecr.completeLayerUpload(r -> r.repositoryName("app").uploadId(id).layerDigests(digest));
    }

    private String download(String digest) {
        return ecr.getDownloadUrlForLayer(r -> r.repositoryName("app").layerDigest(digest))
                .downloadUrl();
    }

    private Layer check(String digest) {
        return ecr.batchCheckLayerAvailability(r -> r.repositoryName("app").layerDigests(digest))
                .layers()
                .getFirst();
    }
}

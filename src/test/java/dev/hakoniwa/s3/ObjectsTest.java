package dev.hakoniwa.s3;

import static dev.hakoniwa.s3.InMemoryS3.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

@WireTest
final class ObjectsTest {
    private static final String ETAG = "\"9a0364b9e99bb480dd25e1f0284c8555\"";

    private final InMemoryS3 aws = new InMemoryS3();

    @BeforeEach
    void createTheBucket() {
        aws.client.createBucket(b -> b.bucket("files"));
    }

    @Test
    void anObjectComesBackAsItWasPut() {
        var put = aws.client.putObject(
                p -> p.bucket("files")
                        .key("a/b c+ü.txt")
                        .contentType("text/plain")
                        .cacheControl("no-cache")
                        .metadata(Map.of("color", "blue")),
                RequestBody.fromString("content"));

        var got = aws.get("files", "a/b c+ü.txt");

        assertThat(put.eTag()).isEqualTo(ETAG);
        assertThat(got.asUtf8String()).isEqualTo("content");
        assertThat(got.response().eTag()).isEqualTo(ETAG);
        assertThat(got.response().contentType()).isEqualTo("text/plain");
        assertThat(got.response().cacheControl()).isEqualTo("no-cache");
        assertThat(got.response().metadata()).containsEntry("color", "blue");
        assertThat(got.response().lastModified()).isEqualTo(aws.time.start());
        assertThat(got.response().contentEncoding()).isNull();
    }

    @Test
    @InJvm("a name below localhost, which not every machine knows")
    void theBucketMayStandInTheHost() {
        aws.virtualHosts.putObject(p -> p.bucket("files").key("a"), RequestBody.fromString("content"));

        assertThat(aws.get("files", "a").asUtf8String()).isEqualTo("content");
        assertThat(aws.virtualHosts
                        .getObjectAsBytes(g -> g.bucket("files").key("a"))
                        .asUtf8String())
                .isEqualTo("content");
    }

    @Test
    void headTellsAllButTheContent() {
        aws.put("files", "a", "content");

        var head = aws.client.headObject(h -> h.bucket("files").key("a"));

        assertThat(head.contentLength()).isEqualTo(7);
        assertThat(head.contentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(head.eTag()).isEqualTo(ETAG);
        assertThatThrownBy(() -> aws.client.headObject(h -> h.bucket("files").key("b")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void whatIsNotThereIsTold() {
        assertFails(() -> aws.get("files", "a"), 404, "NoSuchKey", "The specified key does not exist.");
        assertFails(() -> aws.get("elsewhere", "a"), 404, "NoSuchBucket", "The specified bucket does not exist");
        assertFails(
                () -> aws.put("elsewhere", "a", "content"), 404, "NoSuchBucket", "The specified bucket does not exist");
        aws.client.deleteObject(d -> d.bucket("files").key("a"));
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
    void checksumsAreCheckedAndKept(ChecksumAlgorithm algorithm) {
        aws.client.putObject(
                p -> p.bucket("files").key("a").checksumAlgorithm(algorithm), RequestBody.fromString("content"));

        var got = aws.client.getObjectAsBytes(g -> g.bucket("files").key("a").checksumMode(ChecksumMode.ENABLED));

        assertThat(got.asUtf8String()).isEqualTo("content");
        assertThat(got.response().checksumTypeAsString()).isEqualTo("FULL_OBJECT");
    }

    @Test
    void whatArrivesOtherThanItWasSentIsRefused() {
        var other = Base64.getEncoder().encodeToString(new byte[16]);

        assertFails(
                () -> aws.client.putObject(
                        p -> p.bucket("files").key("a").contentMD5(other), RequestBody.fromString("content")),
                400,
                "BadDigest",
                "The Content-MD5 you specified did not match what we received.");
        assertFails(
                () -> aws.client.putObject(
                        p -> p.bucket("files").key("a").contentMD5("x"), RequestBody.fromString("content")),
                400,
                "InvalidDigest",
                "The Content-MD5 you specified was invalid.");
        assertFails(
                () -> aws.client.putObject(
                        p -> p.bucket("files").key("a").checksumCRC32("AAAAAA=="), RequestBody.fromString("content")),
                400,
                "BadDigest",
                "The CRC32 you specified did not match the calculated checksum.");
        assertFails(() -> aws.get("files", "a"), 404, "NoSuchKey", "The specified key does not exist.");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=1-3, ont, bytes 1-3/7",
        "bytes=4-, ent, bytes 4-6/7",
        "bytes=-2, nt, bytes 5-6/7",
        "bytes=5-99, nt, bytes 5-6/7",
        "bytes=-99, content, bytes 0-6/7",
    })
    void aRangeIsAPart(String range, String part, String contentRange) {
        aws.put("files", "a", "content");

        var got = aws.client.getObjectAsBytes(g -> g.bucket("files").key("a").range(range));

        assertThat(got.asUtf8String()).isEqualTo(part);
        assertThat(got.response().contentRange()).isEqualTo(contentRange);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=7-", "bytes=-0"})
    void aRangeBehindTheEndIsNone(String range) {
        aws.put("files", "a", "content");

        assertFails(
                () -> aws.client.getObjectAsBytes(
                        g -> g.bucket("files").key("a").range(range)),
                416,
                "InvalidRange",
                "The requested range is not satisfiable");
    }

    @Test
    void aWriterMayAskThatNothingBeThere() {
        aws.client.putObject(p -> p.bucket("files").key("a").ifNoneMatch("*"), RequestBody.fromString("one"));

        assertFails(
                () -> aws.client.putObject(
                        p -> p.bucket("files").key("a").ifNoneMatch("*"), RequestBody.fromString("two")),
                412,
                "PreconditionFailed",
                "At least one of the pre-conditions you specified did not hold");
        assertThat(aws.get("files", "a").asUtf8String()).isEqualTo("one");
    }

    @Test
    void aReaderMayAskForWhatHasChanged() {
        aws.put("files", "a", "content");

        assertThatThrownBy(() -> aws.client.getObjectAsBytes(
                        g -> g.bucket("files").key("a").ifNoneMatch(ETAG)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(304));
        assertThatThrownBy(() -> aws.client.getObjectAsBytes(g -> g.bucket("files")
                        .key("a")
                        .ifModifiedSince(aws.time.start().plusSeconds(1))))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(304));
        assertFails(
                () -> aws.client.getObjectAsBytes(
                        g -> g.bucket("files").key("a").ifMatch("\"other\"")),
                412,
                "PreconditionFailed",
                "At least one of the pre-conditions you specified did not hold");
        assertThat(aws.client
                        .getObjectAsBytes(g -> g.bucket("files")
                                .key("a")
                                .ifMatch(ETAG)
                                .ifModifiedSince(aws.time.start().minus(Duration.ofDays(1))))
                        .asUtf8String())
                .isEqualTo("content");
    }

    @Test
    void severalAreDeletedAtOnce() {
        aws.put("files", "a", "1");
        aws.put("files", "b & c", "2");
        aws.put("files", "d", "3");

        var deleted = aws.client.deleteObjects(d -> d.bucket("files")
                .delete(all -> all.objects(
                        ObjectIdentifier.builder().key("a").build(),
                        ObjectIdentifier.builder().key("b & c").build())));

        assertThat(deleted.deleted()).extracting(object -> object.key()).containsExactly("a", "b & c");
        assertThat(aws.client.listObjectsV2(l -> l.bucket("files")).contents())
                .extracting(object -> object.key())
                .containsExactly("d");
    }

    @Test
    @InJvm("reads as ECS does")
    void otherServicesReadThemToo() {
        aws.put("files", "config/app.env", "A=1");

        assertThat(aws.s3().read(InMemoryS3.IRELAND.account(), "files", "config/app.env"))
                .asString()
                .isEqualTo("A=1");
    }
}

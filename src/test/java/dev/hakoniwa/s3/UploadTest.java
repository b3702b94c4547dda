package dev.hakoniwa.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.testing.WireTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@WireTest
final class UploadTest {
    @ParameterizedTest
    @CsvSource({
        "CRC32, y/Q5Jg==",
        "CRC32C, 4waSgw==",
        "CRC64NVME, rosUhgp5mIg=",
        "SHA1, 98O8HYCOBHMq32eZZczDTKeuNEE=",
        "SHA256, FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
    })
    void checksumsAreThoseThatAreKnown(Checksum checksum, String expected) {
        assertThat(checksum.of("123456789".getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
    }

    @Test
    void chunksAreOneContentAndTrailersAreChecked() {
        var upload = upload("""
            4;chunk-signature=abc\r
            1234\r
            5;chunk-signature=def\r
            56789\r
            0;chunk-signature=012\r
            x-amz-checksum-crc64nvme:rosUhgp5mIg=\r
            x-amz-trailer-signature:345\r
            \r
            """);

        assertThat(upload.content()).asString().isEqualTo("123456789");
        assertThat(upload.checksums()).containsOnlyKeys(Checksum.CRC64NVME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5\r\n123", "x\r\n123\r\n", "-1\r\n\r\n", "7fffffff\r\n1\r\n0\r\n"})
    void chunksThatBreakOffAreRefused(String body) {
        var failure = catchThrowableOfType(AwsError.class, () -> upload(body));

        assertThat(failure.code()).isEqualTo("IncompleteBody");
    }

    private static Upload upload(String body) {
        return Upload.of(new Sent(
                "PUT",
                "files",
                "a",
                Map.of(),
                Map.of("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"),
                body.getBytes(StandardCharsets.UTF_8)));
    }
}

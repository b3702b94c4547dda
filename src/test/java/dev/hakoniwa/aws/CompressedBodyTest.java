package dev.hakoniwa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;

final class CompressedBodyTest {
    private final Wire wire = new Wire();

    @Test
    void isReadAsWhatItWas() {
        wire.send(create("gzip", gzip(Wire.bytes("{\"clusterName\": \"a\"}"))));

        assertThat(wire.received(CreateClusterRequest.class).clusterName()).isEqualTo("a");
    }

    @Test
    void mayBeAForm() {
        var headers = Map.of("Content-Type", Wire.FORM, "Content-Encoding", "gzip");

        wire.send(Wire.post("/", headers, gzip(Wire.bytes("Action=DescribeSubnets&Version=2016-11-15"))));

        assertThat(wire.wasCalled()).isTrue();
    }

    @Test
    void isRefusedWhenItIsBroken() {
        var whole = gzip(Wire.bytes("{\"clusterName\": \"a\"}"));

        var cut = wire.send(create("gzip", Arrays.copyOf(whole, whole.length / 2)));
        var none = wire.send(create("gzip", Wire.bytes("{}")));

        assertThat(cut.status()).isEqualTo(400);
        assertThat(Wire.text(cut)).contains("SerializationException");
        assertThat(none.status()).isEqualTo(400);
    }

    @Test
    void isRefusedWhenItGrowsTooLarge() {
        var bomb = gzip(new byte[64 << 20]);

        var response = wire.send(create("gzip", bomb));

        assertThat(bomb.length).isLessThan(1 << 20);
        assertThat(response.status()).isEqualTo(413);
    }

    @Test
    void isRefusedInOtherEncodings() {
        var response = wire.send(create("br", Wire.bytes("{}")));

        assertThat(response.status()).isEqualTo(415);
    }

    private static WireRequest create(String encoding, byte[] body) {
        return Wire.post("/", Map.of("X-Amz-Target", Wire.ECS + "CreateCluster", "Content-Encoding", encoding), body);
    }

    private static byte[] gzip(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

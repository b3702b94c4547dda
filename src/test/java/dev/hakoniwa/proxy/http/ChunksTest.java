package dev.hakoniwa.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChunksTest {
    private static final String WIRE = "5\r\nhello\r\n6;name=\"x\"\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 1000})
    void chunksMayComeInAnyPieces(int size) {
        var body = new Chunks();
        var content = Buffer.buffer();
        var text = WIRE + "next";
        var taken = 0;

        for (var at = 0; at < text.length() && !body.isComplete(); at += size) {
            taken += body.take(Buffer.buffer(text.substring(at, Math.min(text.length(), at + size))), 0, content);
        }

        assertThat(content).hasToString("hello world");
        assertThat(text.substring(taken)).isEqualTo("next");
    }

    @Test
    void aBodyMayBeEmpty() {
        var body = new Chunks();

        assertThat(body.take(Buffer.buffer("0\r\n\r\nx"), 0)).isEqualTo(5);
        assertThat(body.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "x\r\n",
                "-1\r\n",
                "5\nhello\r\n",
                "5\r\nhello!\r\n",
                "5\r\nhello\n",
                "5 \r\nhelloX",
                "ffffffffffffffffff\r\n",
                "1;a\nb\r\n",
                "0\r\n\n",
                "0\r\nA: b\n\r\n",
                "0\r\nA: b\0\r\n\r\n",
            })
    void whatBreaksTheFramingIsRefused(String text) {
        assertThatThrownBy(() -> new Chunks().take(Buffer.buffer(text), 0)).isInstanceOf(Malformed.class);
    }

    @Test
    void extensionsAndTrailersHaveLimits() {
        assertThatThrownBy(() -> new Chunks().take(Buffer.buffer("1;" + "x".repeat(5000)), 0))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> new Chunks().take(Buffer.buffer("0\r\n" + "A: b\r\n".repeat(5000)), 0))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void aCountedBodyEndsWhereItSays() {
        var body = Body.of(5);

        assertThat(body.take(Buffer.buffer("hel"), 0)).isEqualTo(3);
        assertThat(body.isComplete()).isFalse();
        assertThat(body.take(Buffer.buffer("lo, world"), 0)).isEqualTo(2);
        assertThat(body.isComplete()).isTrue();
    }
}

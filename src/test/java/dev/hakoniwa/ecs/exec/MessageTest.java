package dev.hakoniwa.ecs.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The layout, byte by byte, as task-endpoints.md §7.2 has it.
final class MessageTest {
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final Message MESSAGE = new Message(
            Message.OUTPUT,
            7,
            3,
            ID,
            Instant.ofEpochMilli(1_700_000_000_123L),
            1,
            "hé".getBytes(StandardCharsets.UTF_8));

    @Test
    void everyFieldHasItsPlace() {
        var bytes = ByteBuffer.wrap(MESSAGE.bytes());

        assertThat(bytes.capacity()).isEqualTo(120 + 3);
        assertThat(bytes.getInt(0)).isEqualTo(116);
        assertThat(new String(MESSAGE.bytes(), 4, 32, StandardCharsets.US_ASCII))
                .isEqualTo("output_stream_data              ");
        assertThat(bytes.getInt(36)).isEqualTo(1);
        assertThat(bytes.getLong(40)).isEqualTo(1_700_000_000_123L);
        assertThat(bytes.getLong(48)).isEqualTo(7);
        assertThat(bytes.getLong(56)).isEqualTo(3);
        assertThat(bytes.getLong(64)).isEqualTo(0x8899aabbccddeeffL);
        assertThat(bytes.getLong(72)).isEqualTo(0x0011223344556677L);
        assertThat(bytes.getInt(112)).isEqualTo(1);
        assertThat(bytes.getInt(116)).isEqualTo(3);
        assertThat(Arrays.copyOfRange(MESSAGE.bytes(), 120, 123)).isEqualTo(MESSAGE.payload());
    }

    @Test
    void whatIsWrittenIsRead() {
        var read = Message.read(MESSAGE.bytes()).orElseThrow();

        assertThat(read).usingRecursiveComparison().isEqualTo(MESSAGE);
        assertThat(read.text()).isEqualTo("hé");
    }

    @Test
    void aTypeMayBePaddedWithZerosOnEitherSide() {
        var behind = MESSAGE.bytes();
        var before = MESSAGE.bytes();
        Arrays.fill(behind, 4 + Message.OUTPUT.length(), 36, (byte) 0);
        Arrays.fill(before, 4, 36, (byte) 0);
        System.arraycopy(MESSAGE.bytes(), 4, before, 36 - Message.OUTPUT.length(), Message.OUTPUT.length());

        assertThat(Message.read(behind).orElseThrow().type()).isEqualTo(Message.OUTPUT);
        assertThat(Message.read(before).orElseThrow().type()).isEqualTo(Message.OUTPUT);
    }

    @Test
    void theDigestIsThePayloadsAndMayBeInAnotherForm() throws Exception {
        var bytes = MESSAGE.bytes();
        var digest = Arrays.copyOfRange(bytes, 80, 112);

        Arrays.fill(bytes, 80, 112, (byte) 'e');

        assertThat(digest).isEqualTo(MessageDigest.getInstance("SHA-256").digest(MESSAGE.payload()));
        assertThat(Message.read(bytes)).isPresent();
    }

    @Test
    void whatIsCutOrTooLongIsNoMessage() {
        var bytes = MESSAGE.bytes();

        assertThat(Message.read(new byte[0])).isEmpty();
        assertThat(Message.read(Arrays.copyOf(bytes, 119))).isEmpty();
        assertThat(Message.read(Arrays.copyOf(bytes, 122))).isEmpty();
        assertThat(Message.read(Arrays.copyOf(bytes, 200))).isEmpty();
        assertThat(Message.read(new byte[300])).isEmpty();
    }
}

package dev.hakoniwa.ecs.exec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/// A binary message of the data channel (task-endpoints.md §7.2).
///
/// @param type one of the constants here; others are left alone
/// @param sequence its place among those of its type
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
record Message(String type, long sequence, long flags, UUID id, Instant created, int payloadType, byte[] payload) {
    static final String INPUT = "input_stream_data";
    static final String OUTPUT = "output_stream_data";
    static final String ACKNOWLEDGE = "acknowledge";
    static final String CHANNEL_CLOSED = "channel_closed";

    private static final int HEADER_LENGTH = 116;
    private static final int TYPE_LENGTH = 32;
    private static final int DIGEST_LENGTH = 32;
    private static final int SCHEMA_VERSION = 1;

    /// Reads a message; empty if the bytes are none. The digest is left unread: what TCP brings is whole, and clients
    /// that AWS takes in have it in another form.
    static Optional<Message> read(byte[] bytes) {
        if (bytes.length < HEADER_LENGTH + Integer.BYTES) {
            return Optional.empty();
        }
        var header = ByteBuffer.wrap(bytes);
        if (header.getInt() != HEADER_LENGTH) {
            return Optional.empty();
        }
        var type = new byte[TYPE_LENGTH];
        header.get(type);
        header.getInt(); // the version of the layout
        var created = Instant.ofEpochMilli(header.getLong());
        var sequence = header.getLong();
        var flags = header.getLong();
        var low = header.getLong();
        var id = new UUID(header.getLong(), low);
        header.position(header.position() + DIGEST_LENGTH);
        var payloadType = header.getInt();
        var payload = Arrays.copyOfRange(bytes, HEADER_LENGTH + Integer.BYTES, bytes.length);
        if (header.getInt() != payload.length) {
            return Optional.empty();
        }
        var name =
                new String(type, StandardCharsets.US_ASCII).replace('\0', ' ').strip();
        return Optional.of(new Message(name, sequence, flags, id, created, payloadType, payload));
    }

    byte[] bytes() {
        var name = Arrays.copyOf(type.getBytes(StandardCharsets.US_ASCII), TYPE_LENGTH);
        Arrays.fill(name, type.length(), TYPE_LENGTH, (byte) ' ');
        return ByteBuffer.allocate(HEADER_LENGTH + Integer.BYTES + payload.length)
                .putInt(HEADER_LENGTH)
                .put(name)
                .putInt(SCHEMA_VERSION)
                .putLong(created.toEpochMilli())
                .putLong(sequence)
                .putLong(flags)
                .putLong(id.getLeastSignificantBits())
                .putLong(id.getMostSignificantBits())
                .put(digest(payload))
                .putInt(payloadType)
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    private static byte[] digest(byte[] payload) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(payload);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}

package dev.hakoniwa.story;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.ecs.model.Session;

/// A client of ECS Exec as AWS's Session Manager plugin is one, made from the protocol's description alone
/// (task-endpoints.md §7).
final class ExecClient implements WebSocket.Listener, AutoCloseable {
    private static final int HEADER_LENGTH = 116;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private final SortedMap<Long, String> output = new ConcurrentSkipListMap<>();
    private final AtomicLong next = new AtomicLong();
    private final AtomicInteger acknowledgementsToLose = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final CompletableFuture<String> farewell = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private ExecClient(Session session, String token) {
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(session.streamUrl()), this)
                .join();
        open(token);
    }

    /// What comes back may come before this is known to be sent, and must not be answered before.
    private synchronized void open(String token) {
        socket.sendText("""
                        {"MessageSchemaVersion":"1.0","RequestId":"%s","TokenValue":"%s","ClientId":"%s",\
                        "ClientVersion":"1.2.707.0"}""".formatted(new UUID(1, 1), token, new UUID(1, 2)), true)
                .join();
    }

    static ExecClient connect(Session session) {
        return new ExecClient(session, session.tokenValue());
    }

    static ExecClient connect(Session session, String token) {
        return new ExecClient(session, token);
    }

    /// Goes on counting where a client before it has left off.
    void startAt(long sequence) {
        next.set(sequence);
    }

    void type(String text) {
        send("input_stream_data", 1, text.getBytes(StandardCharsets.UTF_8));
    }

    void resize(int columns, int rows) {
        send("input_stream_data", 3, "{\"cols\":%d,\"rows\":%d}".formatted(columns, rows));
    }

    void terminate() {
        send("input_stream_data", 10, ByteBuffer.allocate(4).putInt(2).array());
    }

    /// Does as if it had not received the next message.
    void loseAcknowledgement() {
        acknowledgementsToLose.incrementAndGet();
    }

    /// How many messages have come that had come before.
    int repeated() {
        return repeated.get();
    }

    /// What the terminal shows.
    String shown() {
        return String.join("", output.values());
    }

    /// What the server has said at the end; null before.
    String farewell() {
        return farewell.getNow(null);
    }

    /// The code with which the connection was closed; null before.
    Integer closed() {
        return closed.getNow(null);
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        var part = new byte[data.remaining()];
        data.get(part);
        frame.writeBytes(part);
        if (last) {
            receive(ByteBuffer.wrap(frame.toByteArray()));
            frame.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(-1);
    }

    private void receive(ByteBuffer message) {
        var type = text(message, 4, 32).strip();
        var payload = text(message, HEADER_LENGTH + 4, message.getInt(HEADER_LENGTH));
        switch (type) {
            case "channel_closed" -> farewell.complete(payload);
            case "output_stream_data" -> {
                var sequence = message.getLong(48);
                if (acknowledgementsToLose.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
                    acknowledge(sequence, new UUID(message.getLong(72), message.getLong(64)));
                }
                take(sequence, message.getInt(112), payload);
            }
            default -> {} // an acknowledgement of what is never sent twice
        }
    }

    private void take(long sequence, int payloadType, String payload) {
        if (output.putIfAbsent(sequence, payloadType == 1 ? payload : "") != null) {
            repeated.incrementAndGet();
        } else if (payloadType == 5) {
            send("input_stream_data", 6, """
                    {"ClientVersion":"1.2.707.0","ProcessedClientActions":[{"ActionType":"SessionType",\
                    "ActionStatus":1,"ActionResult":null,"Error":""}],"Errors":null}""");
        }
    }

    private void acknowledge(long sequence, UUID id) {
        send("acknowledge", 0, """
                {"AcknowledgedMessageType":"output_stream_data","AcknowledgedMessageId":"%s",\
                "AcknowledgedMessageSequenceNumber":%d,"IsSequentialMessage":true}""".formatted(id, sequence));
    }

    private void send(String type, int payloadType, String payload) {
        send(type, payloadType, payload.getBytes(StandardCharsets.UTF_8));
    }

    private synchronized void send(String type, int payloadType, byte[] payload) {
        var sequenced = type.equals("input_stream_data");
        var name = new byte[32];
        Arrays.fill(name, (byte) ' ');
        System.arraycopy(type.getBytes(StandardCharsets.US_ASCII), 0, name, 0, type.length());
        var message = ByteBuffer.allocate(HEADER_LENGTH + 4 + payload.length)
                .putInt(HEADER_LENGTH)
                .put(name)
                .putInt(1)
                .putLong(1_700_000_000_000L)
                .putLong(sequenced ? next.getAndIncrement() : 0)
                .putLong(sequenced ? 0 : 3)
                .putLong(7)
                .putLong(next.get())
                .put(sha256(payload))
                .putInt(payloadType)
                .putInt(payload.length)
                .put(payload)
                .flip();
        socket.sendBinary(message, true).join();
    }

    private static String text(ByteBuffer message, int from, int length) {
        return new String(message.array(), from, length, StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] payload) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(payload);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

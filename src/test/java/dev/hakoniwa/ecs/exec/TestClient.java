package dev.hakoniwa.ecs.exec;

import dev.hakoniwa.core.Ids;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// A client of the data channel in the same process, as the Session Manager plugin speaks: it keeps what it is sent,
/// and
/// acknowledges it unless told otherwise.
final class TestClient implements Connection {
    private final Ids ids = Ids.random();
    private final List<Message> received = new ArrayList<>();
    private final Sessions sessions;
    private final String id;
    private Channel channel;
    private boolean acknowledging = true;
    private long next;
    private String closedWith = "";

    /// Not connected yet.
    TestClient(Sessions sessions, String id) {
        this.sessions = sessions;
        this.id = id;
        this.channel = sessions.open(id, this).orElseThrow();
    }

    static TestClient connected(Sessions sessions, String id, String token) {
        var client = new TestClient(sessions, id);
        client.open(token);
        return client;
    }

    void open(String token) {
        channel.text("""
                {"MessageSchemaVersion":"1.0","RequestId":"%s","TokenValue":"%s","ClientId":"%s",\
                "ClientVersion":"1.2.707.0"}""".formatted(ids.uuid(), token, ids.uuid()));
    }

    /// Loses the connection and comes back with another token.
    void reconnect(String token) {
        disconnect();
        closedWith = "";
        channel = sessions.open(id, this).orElseThrow();
        open(token);
    }

    void disconnect() {
        channel.closed();
    }

    void acknowledging(boolean wanted) {
        acknowledging = wanted;
    }

    void answerHandshake() {
        answerHandshake(1, "");
    }

    void answerHandshake(int status, String error) {
        send(6, """
                {"ClientVersion":"1.2.707.0","ProcessedClientActions":[{"ActionType":"SessionType",\
                "ActionStatus":%d,"ActionResult":null,"Error":"%s"}],"Errors":null}""".formatted(status, error));
    }

    void resize(int columns, int rows) {
        send(3, """
                {"cols":%d,"rows":%d}""".formatted(columns, rows));
    }

    void type(String text) {
        send(1, text);
    }

    void flag(int number) {
        send(message(next++, 10, ByteBuffer.allocate(4).putInt(number).array()));
    }

    void send(int payloadType, String payload) {
        send(message(next++, payloadType, payload.getBytes(StandardCharsets.UTF_8)));
    }

    void send(Message message) {
        sendBytes(message.bytes());
    }

    void sendBytes(byte[] bytes) {
        channel.binary(bytes);
    }

    Message message(long sequence, int payloadType, byte[] payload) {
        return new Message(
                Message.INPUT,
                sequence,
                0,
                UUID.fromString(ids.uuid()),
                Instant.EPOCH.plusMillis(1),
                payloadType,
                payload);
    }

    void skipTo(long sequence) {
        next = sequence;
    }

    void acknowledge(Message message) {
        var payload = """
                {"AcknowledgedMessageType":"output_stream_data","AcknowledgedMessageId":"%s",\
                "AcknowledgedMessageSequenceNumber":%d,"IsSequentialMessage":true}""".formatted(message.id(), message.sequence());
        send(new Message(
                Message.ACKNOWLEDGE,
                0,
                3,
                UUID.fromString(ids.uuid()),
                Instant.EPOCH.plusMillis(1),
                0,
                payload.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void send(byte[] frame) {
        var message = Message.read(frame).orElseThrow();
        received.add(message);
        if (acknowledging && message.type().equals(Message.OUTPUT)) {
            acknowledge(message);
        }
    }

    @Override
    public void close(int code, String reason) {
        closedWith = code + " " + reason;
    }

    /// How the connection was closed; empty while it is open.
    String closedWith() {
        return closedWith;
    }

    List<Message> received(String type) {
        return received.stream().filter(message -> message.type().equals(type)).toList();
    }

    List<Message> received(int payloadType) {
        return received(Message.OUTPUT).stream()
                .filter(message -> message.payloadType() == payloadType)
                .toList();
    }

    /// What the terminal shows: every message once, in their order.
    String shown() {
        return received(PayloadType.OUTPUT).stream()
                .collect(Collectors.toMap(Message::sequence, Message::text, (first, _) -> first, TreeMap::new))
                .values()
                .stream()
                .collect(Collectors.joining());
    }

    void forget() {
        received.clear();
    }
}

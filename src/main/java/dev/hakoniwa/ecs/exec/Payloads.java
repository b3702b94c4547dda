package dev.hakoniwa.ecs.exec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.StreamSupport;

/// The JSON inside messages, written and read.
final class Payloads {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TERMINATE_SESSION = 2;
    private static final int SUCCESS = 1;
    private static final int LARGEST_SIZE = 10_000;

    private static final byte[] HANDSHAKE_REQUEST = bytes("""
            {"AgentVersion":"3.3.0.0","RequestedClientActions":[{"ActionType":"SessionType","ActionParameters":\
            {"SessionType":"InteractiveCommands","Properties":{}}}]}""");

    private Payloads() {}

    /// How large a terminal is.
    record Size(int columns, int rows) {}

    static byte[] handshakeRequest() {
        return HANDSHAKE_REQUEST;
    }

    static byte[] handshakeComplete(Duration taken) {
        return bytes("""
                {"HandshakeTimeToComplete":%d,"CustomerMessage":""}""".formatted(taken.toNanos()));
    }

    static byte[] acknowledgement(Message of) {
        return bytes("""
                {"AcknowledgedMessageType":"%s","AcknowledgedMessageId":"%s",\
                "AcknowledgedMessageSequenceNumber":%d,"IsSequentialMessage":true}""".formatted(of.type(), of.id(), of.sequence()));
    }

    static byte[] channelClosed(String sessionId, UUID id, Instant created, String output) {
        return bytes("""
                {"MessageId":"%s","CreatedDate":"%s","DestinationId":"%s","SessionId":"%s",\
                "MessageType":"channel_closed","SchemaVersion":1,"Output":%s}""".formatted(id, created, sessionId, sessionId, TextNode.valueOf(output)));
    }

    /// The token in the first, textual message of a client; empty if it has none.
    static String token(String opening) {
        return json(opening).path("TokenValue").asText("");
    }

    static OptionalLong acknowledged(Message acknowledgement) {
        var number = json(acknowledgement.text()).path("AcknowledgedMessageSequenceNumber");
        return number.isIntegralNumber() ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    static Optional<Size> size(Message message) {
        var size = json(message.text());
        var columns = size.path("cols").asInt();
        var rows = size.path("rows").asInt();
        var sound = columns > 0 && columns <= LARGEST_SIZE && rows > 0 && rows <= LARGEST_SIZE;
        return sound ? Optional.of(new Size(columns, rows)) : Optional.empty();
    }

    static boolean asksForTheEnd(Message flag) {
        return flag.payload().length >= Integer.BYTES
                && ByteBuffer.wrap(flag.payload()).getInt() == TERMINATE_SESSION;
    }

    /// What the client says it could not do; empty if it could.
    static Optional<String> refusal(Message handshakeResponse) {
        return StreamSupport.stream(
                        json(handshakeResponse.text())
                                .path("ProcessedClientActions")
                                .spliterator(),
                        false)
                .filter(action -> action.path("ActionStatus").asInt() != SUCCESS)
                .map(action -> "Handshake with the client failed: "
                        + action.path("Error").asText(""))
                .findFirst();
    }

    private static JsonNode json(String text) {
        try {
            var node = JSON.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.hakoniwa.ecs.exec;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// The messages that the client is sent and hasn't acknowledged, in their order.
final class Outbox {
    private static final int MOST_TRIES = 3_000;

    private final TreeMap<Long, Sent> waiting = new TreeMap<>();
    private final RoundTrip roundTrip = new RoundTrip();
    private long next;

    private record Sent(Message message, Instant last, int times) {
        Sent again(Instant now) {
            return new Sent(message, now, times + 1);
        }
    }

    /// The next message, which is taken to be sent now.
    Message add(UUID id, int payloadType, byte[] payload, Instant now) {
        var message = new Message(Message.OUTPUT, next, next == 0 ? 1 : 0, id, now, payloadType, payload);
        waiting.put(next, new Sent(message, now, 1));
        next++;
        return message;
    }

    void acknowledged(long sequence, Instant now) {
        var sent = waiting.remove(sequence);
        if (sent != null && sent.times() == 1) {
            roundTrip.measured(Duration.between(sent.last(), now));
        }
    }

    /// The oldest message, if its acknowledgement is overdue; it is taken to be sent again now.
    Optional<Message> overdue(Instant now) {
        return Optional.ofNullable(waiting.firstEntry())
                .map(entry -> entry.getValue())
                .filter(sent -> sent.last().plus(roundTrip.timeout()).isBefore(now))
                .map(sent -> again(sent, now));
    }

    /// All messages that wait, for a client that has come back; they are taken to be sent again now.
    List<Message> all(Instant now) {
        return List.copyOf(waiting.values()).stream()
                .map(sent -> again(sent, now))
                .toList();
    }

    /// Whether a message has been sent so often that nobody can be there.
    boolean isHopeless() {
        return !waiting.isEmpty() && waiting.firstEntry().getValue().times() > MOST_TRIES;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    private Message again(Sent sent, Instant now) {
        waiting.put(sent.message().sequence(), sent.again(now));
        return sent.message();
    }
}

package dev.hakoniwa.ecs.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Brings what the client sends into its order.
final class Inbox {
    private static final int MOST_WAITING = 10_000;

    private final TreeMap<Long, Message> early = new TreeMap<>();
    private long expected;

    /// What comes of a message.
    ///
    /// @param acknowledged false if it must be sent again, as there is no room for it
    /// @param ready what is to be processed now, in its order
    record Taken(boolean acknowledged, List<Message> ready) {}

    Taken take(Message message) {
        if (message.sequence() < expected) {
            return new Taken(true, List.of()); // the acknowledgement has been lost
        }
        if (message.sequence() > expected && early.size() >= MOST_WAITING) {
            return new Taken(false, List.of());
        }
        early.put(message.sequence(), message);
        var ready = new ArrayList<Message>();
        for (var next = early.remove(expected); next != null; next = early.remove(expected)) {
            ready.add(next);
            expected++;
        }
        return new Taken(true, ready);
    }
}

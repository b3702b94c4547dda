package dev.hakoniwa.logs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events of one stream, in the order they came; only touched inside a step of the writer.
///
/// The log itself is never copied: the stream's row says up to which sequence it reads, so that what a failed step
/// appended lies beyond the end of the row that stands, and the next append writes over it.
final class EventLog {
    /// Stands where an event was, until its place is given up.
    private static final Event FORGOTTEN = new Event(Place.START, 0, "");

    private final ArrayList<Event> events = new ArrayList<>();
    private int head;
    private long firstSequence = 1;
    private long countedBytes;
    private boolean isChronological = true;
    private @Nullable Sorted sorted;

    private record Sorted(long first, long end, List<Event> events) {}

    /// Adds the event whose sequence is `end`, which is one more than the last that stands.
    void append(long end, Event event) {
        truncate(end);
        if (size() > 0 && get(end - 1).timestamp() > event.timestamp()) {
            isChronological = false;
        }
        events.add(event);
        countedBytes += event.countedBytes();
    }

    /// The events before `end`, by their time. It is a view: done with before the step ends.
    List<Event> chronological(long end) {
        truncate(end);
        var inOrder = events.subList(head, events.size());
        if (isChronological) {
            return inOrder;
        }
        var known = sorted;
        if (known == null || known.first != firstSequence || known.end != end) {
            known = new Sorted(
                    firstSequence,
                    end,
                    inOrder.stream().sorted(Comparator.comparing(Event::place)).toList());
            sorted = known;
        }
        return known.events;
    }

    /// Forgets the events that came first while they are older than `timestamp`.
    void forgetBefore(long timestamp) {
        while (size() > 0 && get(firstSequence).timestamp() < timestamp) {
            forgetFirst();
        }
    }

    /// Forgets the event that came first.
    void forgetFirst() {
        countedBytes -= get(firstSequence).countedBytes();
        events.set(head, FORGOTTEN);
        head++;
        firstSequence++;
        if (head > 32 && head > events.size() / 2) {
            events.subList(0, head).clear();
            head = 0;
        }
    }

    int size() {
        return events.size() - head;
    }

    /// What CloudWatch would say the events take.
    long countedBytes() {
        return countedBytes;
    }

    private Event get(long sequence) {
        return events.get(head + (int) (sequence - firstSequence));
    }

    /// Forgets what lies beyond `end`.
    void truncate(long end) {
        while (size() > 0 && firstSequence + size() > end) {
            countedBytes -= get(firstSequence + size() - 1).countedBytes();
            events.removeLast();
        }
    }
}

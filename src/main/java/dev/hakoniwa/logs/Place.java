package dev.hakoniwa.logs;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where an event stands among the events of all streams: by time, then by stream, then in the order they came.
///
/// @param stream the stream's own number
/// @param sequence counts the stream's events, from 1
record Place(long timestamp, long stream, long sequence) implements Comparable<Place> {
    /// Before every event.
    static final Place START = new Place(0, 0, 0);

    /// How many decimal digits a stream's number has at most.
    static final int STREAM_DIGITS = 18;

    private static final Pattern FORM = Pattern.compile("(\\d{20})(\\d{18})(\\d{18})");
    private static final Comparator<Place> ORDER = Comparator.comparingLong(Place::timestamp)
            .thenComparingLong(Place::stream)
            .thenComparingLong(Place::sequence);

    static Optional<Place> parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches() || parts.group(1).charAt(0) != '0') {
            return Optional.empty();
        }
        return Optional.of(new Place(
                Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3))));
    }

    /// The first place of a time.
    static Place at(long timestamp) {
        return new Place(timestamp, 0, 0);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /// 56 digits, which is what CloudWatch's event ids have.
    @Override
    public String toString() {
        return "%020d%018d%018d".formatted(timestamp, stream, sequence);
    }
}

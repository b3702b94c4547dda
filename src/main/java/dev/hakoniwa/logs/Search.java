package dev.hakoniwa.logs;

import java.util.List;

/// Finds places among events that stand in order.
final class Search {
    private Search() {}

    /// The index of the first event at `place` or behind it.
    static int first(List<Event> events, Place place) {
        var low = 0;
        var high = events.size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (events.get(middle).place().compareTo(place) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The index of the first event behind `place`.
    static int firstBehind(List<Event> events, Place place) {
        return first(events, new Place(place.timestamp(), place.stream(), place.sequence() + 1));
    }
}

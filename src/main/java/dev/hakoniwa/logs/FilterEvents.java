package dev.hakoniwa.logs;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.logs.filter.Filter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/// FilterLogEvents: what matches in a group, over its streams, in the order of time.
final class FilterEvents {
    /// How much one call looks through: it is a step of the writer, which has others to serve. A page that is short of
    /// its limit, or empty, has a token when there is more.
    private static final int EVENTS_LOOKED_AT = 10_000;

    private static final int BYTES_LOOKED_AT = 4 << 20;
    private static final int STREAMS_AT_MOST = 100;

    private final Storage storage;
    private final LogGroups groups;
    private final LogStreams streams;
    private final InstantSource clock;

    FilterEvents(Storage storage, LogGroups groups, LogStreams streams, InstantSource clock) {
        this.storage = storage;
        this.groups = groups;
        this.streams = streams;
        this.clock = clock;
    }

    FilterLogEventsResponse filter(Call call, FilterLogEventsRequest request) {
        var name = Names.group(call.scope(), request.logGroupName(), request.logGroupIdentifier());
        check(request);
        var filter = Filter.parse(request.filterPattern() == null ? "" : request.filterPattern());
        var group = groups.find(call.scope(), name);
        var from = start(name, request);
        var keptFrom = group.keepsFrom(clock.millis());
        var readers = new PriorityQueue<>(Comparator.comparing(Reader::place));
        for (var stream : asked(call.scope(), group, request)) {
            var reader = Reader.of(stream, stream.events(keptFrom), from, request.endTime());
            if (reader.hasNext()) {
                readers.add(reader);
            }
        }
        return page(name, request, filter, readers);
    }

    private static FilterLogEventsResponse page(
            String name, FilterLogEventsRequest request, Filter filter, PriorityQueue<Reader> readers) {
        var page = new Looked(request.limit() == null ? GetEvents.EVENTS_AT_MOST : request.limit());
        while (!readers.isEmpty() && !page.isFull()) {
            var reader = readers.remove();
            var event = reader.next();
            page.look(reader.stream, event, filter);
            if (reader.hasNext()) {
                readers.add(reader);
            }
        }
        return FilterLogEventsResponse.builder()
                .events(page.found)
                .searchedLogStreams(List.of())
                .nextToken(readers.isEmpty() ? null : token(name, request, page.last))
                .build();
    }

    /// What one call has looked at, and what it found.
    private static final class Looked {
        private final List<FilteredLogEvent> found = new ArrayList<>();
        private final int limit;
        private long foundBytes;
        private int count;
        private long bytes;
        private Place last = Place.START;

        Looked(int limit) {
            this.limit = limit;
        }

        boolean isFull() {
            return found.size() >= limit
                    || foundBytes >= GetEvents.BYTES_AT_MOST
                    || count >= EVENTS_LOOKED_AT
                    || bytes >= BYTES_LOOKED_AT;
        }

        void look(Stream stream, Event event, Filter filter) {
            count++;
            bytes += event.countedBytes();
            last = event.place();
            if (filter.matches(event.message())) {
                found.add(view(stream, event));
                foundBytes += event.countedBytes();
            }
        }
    }

    /// Goes through the events of one stream.
    private static final class Reader {
        private final Stream stream;
        private final List<Event> events;
        private int at;

        private Reader(Stream stream, List<Event> events) {
            this.stream = stream;
            this.events = events;
        }

        static Reader of(Stream stream, List<Event> events, Place from, @Nullable Long lastTime) {
            var start = Search.firstBehind(events, from);
            var end = lastTime == null ? events.size() : Search.first(events, Place.at(lastTime + 1));
            return new Reader(stream, events.subList(Math.min(start, end), end));
        }

        boolean hasNext() {
            return at < events.size();
        }

        Place place() {
            return events.get(at).place();
        }

        Event next() {
            return events.get(at++);
        }
    }

    private List<Stream> asked(Scope scope, Group group, FilterLogEventsRequest request) {
        if (!request.hasLogStreamNames() || request.logStreamNames().isEmpty()) {
            return storage.streams(scope, group.name(), Names.streamPrefix(request.logStreamNamePrefix()));
        }
        return request.logStreamNames().stream()
                .distinct()
                .map(stream -> streams.find(scope, group, stream))
                .toList();
    }

    private static void check(FilterLogEventsRequest request) {
        new Constraints()
                .range("limit", request.limit(), 1, GetEvents.EVENTS_AT_MOST)
                .range("startTime", request.startTime(), 0, Long.MAX_VALUE)
                .range("endTime", request.endTime(), 0, Long.MAX_VALUE - 1)
                .length("filterPattern", request.filterPattern(), 0, 1024)
                .check(Errors::invalidParameter);
        if (request.logStreamNames().size() > STREAMS_AT_MOST) {
            throw Errors.invalidParameter("1 validation error detected: Value at 'logStreamNames' failed to satisfy "
                    + "constraint: Member must have length less than or equal to " + STREAMS_AT_MOST);
        }
        if (!request.logStreamNames().isEmpty() && request.logStreamNamePrefix() != null) {
            throw Errors.namesOrPrefix();
        }
    }

    /// The place behind which the page begins.
    private static Place start(String name, FilterLogEventsRequest request) {
        if (request.nextToken() == null) {
            return Place.at(request.startTime() == null ? 0 : request.startTime());
        }
        var parts = decode(request.nextToken()).split(" ", 2);
        if (parts.length != 2 || !parts[0].equals(listing(name, request))) {
            throw Errors.invalidToken();
        }
        return Place.parse(parts[1]).orElseThrow(Errors::invalidToken);
    }

    private static String token(String name, FilterLogEventsRequest request, Place last) {
        var text = listing(name, request) + " " + last;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException _) {
            throw Errors.invalidToken();
        }
    }

    /// Tells apart what is looked through, so that a token serves only the question it was given for.
    private static String listing(String name, FilterLogEventsRequest request) {
        return Integer.toHexString(Objects.hash(
                name,
                request.logStreamNames(),
                request.logStreamNamePrefix(),
                request.filterPattern(),
                request.startTime(),
                request.endTime()));
    }

    private static FilteredLogEvent view(Stream stream, Event event) {
        return FilteredLogEvent.builder()
                .logStreamName(stream.name())
                .timestamp(event.timestamp())
                .message(event.message())
                .ingestionTime(event.ingestedAt())
                .eventId(event.place().toString())
                .build();
    }
}

package dev.hakoniwa.logs;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

/// GetLogEvents: the pages of one stream, in both directions.
///
/// There is always a next page: who comes to the end gets the token back that he came with, and new events with it
/// once there are some.
final class GetEvents {
    static final int EVENTS_AT_MOST = 10_000;
    static final int BYTES_AT_MOST = 1_048_576;

    private final LogGroups groups;
    private final LogStreams streams;
    private final InstantSource clock;

    GetEvents(LogGroups groups, LogStreams streams, InstantSource clock) {
        this.groups = groups;
        this.streams = streams;
        this.clock = clock;
    }

    GetLogEventsResponse get(Call call, GetLogEventsRequest request) {
        var group = groups.find(
                call.scope(), Names.group(call.scope(), request.logGroupName(), request.logGroupIdentifier()));
        var stream = streams.find(call.scope(), group, Names.stream(request.logStreamName()));
        new Constraints()
                .range("limit", request.limit(), 1, EVENTS_AT_MOST)
                .range("startTime", request.startTime(), 0, Long.MAX_VALUE)
                .range("endTime", request.endTime(), 0, Long.MAX_VALUE)
                .check(Errors::invalidParameter);
        var token = token(request.nextToken());
        var all = stream.events(group.keepsFrom(clock.millis()));
        var window = window(all, request, token);
        var page = isForward(request, token) ? head(window, limit(request)) : tail(window, limit(request));
        var start = Place.at(request.startTime() == null ? 0 : request.startTime());
        return response(page, token == null ? start : token.place());
    }

    /// A place in the stream, and the direction to go on from there.
    private record Token(boolean forward, Place place) {
        @Override
        public String toString() {
            return (forward ? "f/" : "b/") + place + "/s";
        }
    }

    private static @Nullable Token token(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var isToken = (text.startsWith("f/") || text.startsWith("b/")) && text.endsWith("/s") && text.length() > 4;
        if (!isToken) {
            throw Errors.invalidToken();
        }
        var place = Place.parse(text.substring(2, text.length() - 2)).orElseThrow(Errors::invalidToken);
        return new Token(text.startsWith("f/"), place);
    }

    private static boolean isForward(GetLogEventsRequest request, @Nullable Token token) {
        return token == null ? Boolean.TRUE.equals(request.startFromHead()) : token.forward();
    }

    private static int limit(GetLogEventsRequest request) {
        return request.limit() == null ? EVENTS_AT_MOST : request.limit();
    }

    /// What the request's times and token leave of the events.
    private static List<Event> window(List<Event> all, GetLogEventsRequest request, @Nullable Token token) {
        var from = request.startTime() == null ? 0 : Search.first(all, Place.at(request.startTime()));
        var to = request.endTime() == null ? all.size() : Search.first(all, Place.at(request.endTime()));
        if (token != null && token.forward()) {
            from = Math.max(from, Search.firstBehind(all, token.place()));
        } else if (token != null) {
            to = Math.min(to, Search.first(all, token.place()));
        }
        return all.subList(Math.min(from, to), to);
    }

    private static List<Event> head(List<Event> window, int limit) {
        return window.subList(0, count(window, limit));
    }

    private static List<Event> tail(List<Event> window, int limit) {
        return window.subList(window.size() - count(window.reversed(), limit), window.size());
    }

    /// How many events a page takes: at least one, if there is one.
    private static int count(List<Event> events, int limit) {
        var bytes = 0L;
        var count = 0;
        for (var event : events) {
            bytes += event.countedBytes();
            if (count == limit || (count > 0 && bytes > BYTES_AT_MOST)) {
                break;
            }
            count++;
        }
        return count;
    }

    /// @param usual the place that an empty page goes on from
    private static GetLogEventsResponse response(List<Event> page, Place usual) {
        var last = page.isEmpty() ? usual : page.getLast().place();
        var first = page.isEmpty() ? usual : page.getFirst().place();
        return GetLogEventsResponse.builder()
                .events(page.stream().map(GetEvents::view).toList())
                .nextForwardToken(new Token(true, last).toString())
                .nextBackwardToken(new Token(false, first).toString())
                .build();
    }

    private static OutputLogEvent view(Event event) {
        return OutputLogEvent.builder()
                .timestamp(event.timestamp())
                .message(event.message())
                .ingestionTime(event.ingestedAt())
                .build();
    }
}

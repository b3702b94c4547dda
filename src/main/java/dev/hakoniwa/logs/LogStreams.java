package dev.hakoniwa.logs;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Page;
import dev.hakoniwa.core.Scope;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsResponse;

/// The operations on log streams.
final class LogStreams {
    private static final List<String> ORDERS = List.of("LogStreamName", "LastEventTime");
    private static final String BY_TIME = "LastEventTime";

    private final Storage storage;
    private final LogGroups groups;
    private final Ids ids;
    private final InstantSource clock;

    LogStreams(Storage storage, LogGroups groups, Ids ids, InstantSource clock) {
        this.storage = storage;
        this.groups = groups;
        this.ids = ids;
        this.clock = clock;
    }

    CreateLogStreamResponse create(Call call, CreateLogStreamRequest request) {
        var group = Names.group(request.logGroupName());
        var name = Names.stream(request.logStreamName());
        groups.find(call.scope(), group);
        if (storage.stream(call.scope(), group, name).isPresent()) {
            throw Errors.streamExists();
        }
        add(call.scope(), group, name);
        return CreateLogStreamResponse.builder().build();
    }

    /// Makes the stream unless it is there.
    void ensure(Scope scope, String group, String name) {
        groups.find(scope, group);
        if (storage.stream(scope, group, name).isEmpty()) {
            add(scope, group, name);
        }
    }

    DeleteLogStreamResponse delete(Call call, DeleteLogStreamRequest request) {
        var group = groups.find(call.scope(), Names.group(request.logGroupName()));
        storage.removeStream(call.scope(), find(call.scope(), group, Names.stream(request.logStreamName())));
        return DeleteLogStreamResponse.builder().build();
    }

    DescribeLogStreamsResponse describe(Call call, DescribeLogStreamsRequest request) {
        var name = Names.group(call.scope(), request.logGroupName(), request.logGroupIdentifier());
        var prefix = Names.streamPrefix(request.logStreamNamePrefix());
        new Constraints()
                .range("limit", request.limit(), 1, LogGroups.PAGE)
                .oneOf("orderBy", request.orderByAsString(), ORDERS)
                .check(Errors::invalidParameter);
        var isByTime = BY_TIME.equals(request.orderByAsString());
        if (isByTime && !prefix.isEmpty()) {
            throw Errors.noPrefixWhenOrderedByTime();
        }
        var isDescending = Boolean.TRUE.equals(request.descending());
        var group = groups.find(call.scope(), name);
        var page = Page.of(
                String.join(" ", "streams", name, prefix, isByTime ? "time" : "name", isDescending ? "down" : "up"),
                ordered(storage.streams(call.scope(), name, prefix), isByTime, isDescending),
                Stream::name,
                new Page.Request(request.nextToken(), request.limit() == null ? LogGroups.PAGE : request.limit()),
                Errors::invalidToken);
        var keptFrom = group.keepsFrom(clock.millis());
        return DescribeLogStreamsResponse.builder()
                .logStreams(page.items().stream()
                        .map(stream -> stream.view(call.scope(), keptFrom))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    Stream find(Scope scope, Group group, String name) {
        return storage.stream(scope, group.name(), name).orElseThrow(Errors::streamNotFound);
    }

    private static List<Stream> ordered(List<Stream> streams, boolean isByTime, boolean isDescending) {
        if (isByTime) {
            var order = Comparator.comparingLong(LogStreams::time).thenComparing(Stream::name);
            return streams.stream()
                    .sorted(isDescending ? order.reversed() : order)
                    .toList();
        }
        return isDescending ? streams.reversed() : streams;
    }

    /// A stream without events is as old as itself.
    private static long time(Stream stream) {
        var last = stream.last();
        return last == null ? stream.identity().createdAt() : last;
    }

    private void add(Scope scope, String group, String name) {
        var number = Long.parseLong(ids.digits(Place.STREAM_DIGITS));
        storage.put(scope, Stream.empty(new Stream.Identity(group, name, clock.millis()), number));
    }
}

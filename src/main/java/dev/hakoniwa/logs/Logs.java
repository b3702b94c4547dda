package dev.hakoniwa.logs;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// CloudWatch Logs, put together. All is in memory: see [#BYTES_AT_MOST].
public final class Logs implements LogSink {
    /// How much all log events of all accounts and regions may take together, unless told otherwise. When it is passed,
    /// the oldest events of the biggest streams go.
    public static final long BYTES_AT_MOST = 64L << 20;

    /// The awslogs driver makes several events of a longer line.
    private static final int LINE_BYTES_AT_MOST = 262_144 - Event.OVERHEAD;

    private final Tables tables;
    private final Storage storage;
    private final LogGroups groups;
    private final LogStreams streams;
    private final InstantSource clock;

    public Logs(Tables tables, Ids ids, InstantSource clock, long bytesAtMost) {
        this.tables = tables;
        this.clock = clock;
        storage = new Storage(tables, bytesAtMost);
        groups = new LogGroups(storage, clock);
        streams = new LogStreams(storage, groups, ids, clock);
    }

    @Override
    public boolean groupExists(Scope scope, String group) {
        return tables.write(() -> storage.group(scope, group).isPresent());
    }

    @Override
    public void createGroup(Scope scope, String group) {
        tables.write(() -> groups.ensure(scope, group));
    }

    @Override
    public void createStream(Scope scope, String group, String stream) {
        tables.write(() -> streams.ensure(scope, group, stream));
    }

    @Override
    public void put(Scope scope, String group, String stream, Instant at, String message) {
        if (message.isEmpty()) {
            return;
        }
        var lines = lines(at.toEpochMilli(), message);
        tables.write(() -> storage.stream(scope, group, stream)
                .ifPresent(found -> storage.append(scope, found, clock.millis(), lines)));
    }

    LogGroups groups() {
        return groups;
    }

    LogStreams streams() {
        return streams;
    }

    LogTags tags() {
        return new LogTags(storage, groups);
    }

    PutEvents putEvents() {
        return new PutEvents(storage, groups, streams, clock);
    }

    GetEvents getEvents() {
        return new GetEvents(groups, streams, clock);
    }

    FilterEvents filterEvents() {
        return new FilterEvents(storage, groups, streams, clock);
    }

    private static List<Stream.Line> lines(long timestamp, String message) {
        if (message.length() <= LINE_BYTES_AT_MOST / 3) {
            return List.of(new Stream.Line(timestamp, message));
        }
        var lines = new ArrayList<Stream.Line>();
        var start = 0;
        var bytes = 0;
        for (var i = 0; i < message.length(); i++) {
            bytes += Event.utf8Length(message.charAt(i));
            if (bytes > LINE_BYTES_AT_MOST) {
                var end = Character.isLowSurrogate(message.charAt(i)) ? i - 1 : i;
                lines.add(new Stream.Line(timestamp, message.substring(start, end)));
                start = end;
                bytes = Event.utf8Length(message.substring(start, i + 1));
            }
        }
        lines.add(new Stream.Line(timestamp, message.substring(start)));
        return lines;
    }
}

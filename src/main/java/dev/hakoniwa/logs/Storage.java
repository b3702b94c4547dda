package dev.hakoniwa.logs;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// All groups, streams and events, within a bound: when it is passed, the oldest events of the biggest streams go.
final class Storage {
    private static final Logger LOG = Logger.getLogger(Storage.class);

    /// What an event takes in memory beside the bytes that CloudWatch counts.
    private static final int EVENT_OVERHEAD = 100;

    /// What is left of the bound when events went, so that they need not go again at once.
    private static final double LEFT = 0.9;

    private final Table<Group> groups;

    /// By the group's name and the stream's, parted by `:`, which no group's name has.
    private final Table<Stream> streams;

    private final Tables tables;
    private final long bytesAtMost;

    /// At least what is held: what is deleted or undone is only taken off when everything is counted anew.
    private long bytes;

    private boolean isToldOfBound;

    Storage(Tables tables, long bytesAtMost) {
        this.tables = tables;
        this.bytesAtMost = bytesAtMost;
        groups = tables.table("log group");
        streams = tables.table("log stream");
    }

    Optional<Group> group(Scope scope, String name) {
        return groups.find(scope, name);
    }

    List<Group> groups(Scope scope, String prefix) {
        return groups.startingWith(scope, prefix);
    }

    void put(Scope scope, Group group) {
        groups.put(scope, group.name(), group);
    }

    void removeGroup(Scope scope, String name) {
        streams(scope, name, "").forEach(stream -> removeStream(scope, stream));
        groups.remove(scope, name);
    }

    Optional<Stream> stream(Scope scope, String group, String name) {
        return streams.find(scope, key(group, name));
    }

    List<Stream> streams(Scope scope, String group, String prefix) {
        return streams.startingWith(scope, key(group, prefix));
    }

    void put(Scope scope, Stream stream) {
        streams.put(scope, key(stream.identity().group(), stream.name()), stream);
    }

    void removeStream(Scope scope, Stream stream) {
        streams.remove(scope, key(stream.identity().group(), stream.name()));
    }

    Stream append(Scope scope, Stream stream, long now, List<Stream.Line> lines) {
        var longer = stream.append(now, lines);
        put(scope, longer);
        for (var line : lines) {
            bytes += Event.utf8Length(line.message()) + Event.OVERHEAD + EVENT_OVERHEAD;
        }
        if (bytes > bytesAtMost) {
            tables.afterwards(() -> tables.write(this::shrink));
        }
        return longer;
    }

    /// Counts what is held and, if that is too much, cuts the biggest streams down to one size.
    private void shrink() {
        var all = streams.scopes().stream()
                .flatMap(scope -> streams.all(scope).stream())
                .toList();
        bytes = all.stream().mapToLong(Storage::bytes).sum();
        if (bytes <= bytesAtMost) {
            return;
        }
        var size = size(all, (long) (bytesAtMost * LEFT));
        for (var stream : all) {
            while (bytes(stream) > size) {
                stream.log().forgetFirst();
            }
        }
        bytes = all.stream().mapToLong(Storage::bytes).sum();
        // Whoever fills the bound once goes on doing so.
        LOG.logf(
                isToldOfBound ? Logger.Level.DEBUG : Logger.Level.INFO,
                "log events take more than %d MiB: from now on the oldest of the biggest streams make room for new ones",
                bytesAtMost >> 20);
        isToldOfBound = true;
    }

    /// The size to which streams have to be cut so that all together take `wanted`.
    private static long size(List<Stream> all, long wanted) {
        var sizes = all.stream()
                .map(Storage::bytes)
                .sorted(Comparator.reverseOrder())
                .toList();
        var smaller = sizes.stream().mapToLong(Long::longValue).sum();
        for (var i = 0; i < sizes.size(); i++) {
            smaller -= sizes.get(i);
            var size = (wanted - smaller) / (i + 1);
            var next = i + 1 < sizes.size() ? sizes.get(i + 1) : 0;
            if (size >= next) {
                return Math.max(0, size);
            }
        }
        return 0;
    }

    private static long bytes(Stream stream) {
        return stream.countedBytes() + (long) stream.log().size() * EVENT_OVERHEAD;
    }

    private static String key(String group, String stream) {
        return group + ":" + stream;
    }
}

package dev.hakoniwa.logs;

import dev.hakoniwa.core.Scope;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

/// A log group: its shape, and its tags in the order of their keys.
record Group(LogGroup shape, Map<String, String> tags) {
    static String arn(Scope scope, String name) {
        return scope.arn("logs", "log-group:" + name).toString();
    }

    String name() {
        return shape.logGroupName();
    }

    /// The time before which the group keeps no event; none when it keeps all.
    long keepsFrom(long now) {
        var days = retention();
        return days == null ? Long.MIN_VALUE : now - Duration.ofDays(days).toMillis();
    }

    @Nullable
    Integer retention() {
        return shape.retentionInDays();
    }

    Group withTags(Map<String, String> others) {
        return new Group(shape, others);
    }
}

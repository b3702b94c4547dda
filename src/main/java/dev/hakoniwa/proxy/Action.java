package dev.hakoniwa.proxy;

import java.time.Duration;
import java.util.List;

/// What a rule does with a request.
public sealed interface Action {
    /// Sends it to a target of one of the groups, chosen by weight.
    ///
    /// @param stickiness how long a client stays with the group it got; zero if it doesn't
    record Forward(List<WeightedGroup> groups, Duration stickiness) implements Action {
        public Forward {
            groups = List.copyOf(groups);
        }

        public static Forward to(String groupId) {
            return new Forward(List.of(new WeightedGroup(groupId, 1)), Duration.ZERO);
        }
    }

    record WeightedGroup(String groupId, int weight) {
        public WeightedGroup {
            if (weight < 0 || weight > 999) {
                throw new IllegalArgumentException("weight " + weight);
            }
        }
    }

    /// Answers with another location.
    ///
    /// @param status 301 or 302
    record Redirect(int status, Location location) implements Action {}

    /// The parts of a redirect's location. Each may hold `#{protocol}`, `#{host}`, `#{port}`, `#{path}` (without its
    /// leading slash) and `#{query}`.
    record Location(String protocol, String host, String port, String path, String query) {
        public static final Location SAME = new Location("#{protocol}", "#{host}", "#{port}", "/#{path}", "#{query}");
    }

    /// Answers with a text of the listener's own. An empty content type is not sent.
    record FixedResponse(int status, String contentType, String body) implements Action {}
}

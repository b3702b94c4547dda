package dev.hakoniwa.proxy;

import dev.hakoniwa.proxy.Action.WeightedGroup;
import dev.hakoniwa.proxy.route.Choice;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An action with its target groups at hand.
sealed interface Route {
    record Answer(Action.FixedResponse response) implements Route {}

    record Elsewhere(Action.Redirect redirect) implements Route {}

    /// A forward action.
    final class Targets implements Route {
        private final List<Group> groups;
        private final int[] weights;
        private final Duration stickiness;
        private final List<Transform> transforms;

        Targets(Action.Forward forward, List<Transform> transforms, Groups groups) {
            this.groups = forward.groups().stream()
                    .map(group -> groups.get(group.groupId()))
                    .toList();
            this.weights =
                    forward.groups().stream().mapToInt(WeightedGroup::weight).toArray();
            this.stickiness = forward.stickiness();
            this.transforms = transforms;
        }

        boolean isWeighted() {
            return weights.length > 1;
        }

        Duration stickiness() {
            return stickiness;
        }

        List<Transform> transforms() {
            return transforms;
        }

        boolean isSticky() {
            return stickiness.isPositive();
        }

        /// The group for a request; absent if all weights are 0.
        ///
        /// @param sticky the token of the group that the client had last
        /// @param roll at least 0 and below 1
        @Nullable
        Group choose(@Nullable String sticky, double roll) {
            for (var i = 0; sticky != null && i < weights.length; i++) {
                if (weights[i] > 0 && groups.get(i).token().equals(sticky)) {
                    return groups.get(i);
                }
            }
            var chosen = Choice.weighted(weights, roll);
            return chosen < 0 ? null : groups.get(chosen);
        }
    }

    static Route of(Action action, List<Transform> transforms, Groups groups) {
        return switch (action) {
            case Action.FixedResponse response -> new Answer(response);
            case Action.Redirect redirect -> new Elsewhere(redirect);
            case Action.Forward forward -> new Targets(forward, transforms, groups);
        };
    }
}

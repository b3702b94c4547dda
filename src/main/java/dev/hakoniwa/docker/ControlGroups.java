package dev.hakoniwa.docker;

import dev.hakoniwa.runtime.Groups.Share;
import java.util.List;
import java.util.Optional;

/// The machine's control groups, by whoever governs them.
sealed interface ControlGroups permits ControlGroupFiles, SystemdSlices, ControlGroups.None {
    /// Makes the group and gives back what Docker is to be told as the parent of its members.
    Optional<String> create(String name, Share share);

    void remove(String parent);

    /// The parents whose name begins so.
    List<String> list(String prefix);

    /// No control groups that we could change.
    record None() implements ControlGroups {
        @Override
        public Optional<String> create(String name, Share share) {
            return Optional.empty();
        }

        @Override
        public void remove(String parent) {}

        @Override
        public List<String> list(String prefix) {
            return List.of();
        }
    }
}

package dev.hakoniwa.ecr.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// One rule of a lifecycle policy. The lower its priority's number, the earlier it is applied.
public record LifecycleRule(int priority, Selection selection, Count count, Action action) {

    /// Which images have tags for the rule.
    enum TagStatus {
        TAGGED,
        UNTAGGED,
        ANY
    }

    /// Where images are kept.
    public enum StorageClass {
        STANDARD,
        ARCHIVE
    }

    /// What becomes of the images.
    public enum Action {
        EXPIRE,
        TRANSITION
    }

    /// What is counted.
    enum CountType {
        IMAGE_COUNT_MORE_THAN,
        SINCE_IMAGE_PUSHED,
        SINCE_IMAGE_PULLED,
        SINCE_IMAGE_TRANSITIONED
    }

    /// Which images the rule is about. All prefixes and all patterns must be met, each by some tag of the image.
    record Selection(TagStatus tagStatus, List<String> prefixes, List<TagPattern> patterns, StorageClass storageClass) {
        Selection {
            prefixes = List.copyOf(prefixes);
            patterns = List.copyOf(patterns);
        }

        boolean matches(LifecycleImage image) {
            return image.storageClass() == storageClass && matchesTags(image.tags());
        }

        private boolean matchesTags(Collection<String> tags) {
            return switch (tagStatus) {
                case ANY -> true;
                case UNTAGGED -> tags.isEmpty();
                case TAGGED ->
                    prefixes.stream().allMatch(prefix -> tags.stream().anyMatch(tag -> tag.startsWith(prefix)))
                            && patterns.stream()
                                    .allMatch(pattern -> tags.stream().anyMatch(pattern::matches));
            };
        }
    }

    /// How many images stay, or for how many days they do.
    record Count(CountType type, int number) {

        /// Whether the image has had its days; never so where images are counted.
        boolean isOver(LifecycleImage image, Instant now) {
            return switch (type) {
                case IMAGE_COUNT_MORE_THAN -> false;
                case SINCE_IMAGE_PUSHED -> isOver(image.pushedAt(), now);
                case SINCE_IMAGE_PULLED -> isOver(image.lastPulledAt(), now);
                case SINCE_IMAGE_TRANSITIONED -> isOver(image.lastArchivedAt(), now);
            };
        }

        private boolean isOver(Instant since, Instant now) {
            return Duration.between(since, now).compareTo(Duration.ofDays(number)) > 0;
        }
    }
}

package dev.hakoniwa.ecr.lifecycle;

import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.ecr.lifecycle.LifecycleRule.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A lifecycle policy: rules in the order of their priority.
public record LifecyclePolicy(List<LifecycleRule> rules) {
    private static final Comparator<LifecycleImage> NEWEST_FIRST =
            Comparator.comparing(LifecycleImage::pushedAt).reversed().thenComparing(LifecycleImage::digest);

    public LifecyclePolicy {
        rules = rules.stream()
                .sorted(Comparator.comparingInt(LifecycleRule::priority))
                .toList();
    }

    /// What is to become of one image, and by which rule.
    public record Verdict(Digest image, Action action, int priority) {}

    /// What is to become of the images, in the order of the rules and, within a rule, from the newest to the oldest.
    ///
    /// Every rule looks at all images, as if it were alone. Then they are applied by priority, and an image is taken by
    /// the first rule that marked it; but an image that a rule about tags has matched is that rule's, and no later one
    /// takes it.
    public List<Verdict> evaluate(List<LifecycleImage> images, Instant now) {
        var verdicts = new ArrayList<Verdict>();
        var settled = new HashSet<Digest>();
        for (var rule : rules) {
            var matched = matched(rule, images);
            for (var image : marked(rule, matched, now)) {
                if (!settled.contains(image.digest()) && !image.isPartOfIndex()) {
                    verdicts.add(new Verdict(image.digest(), rule.action(), rule.priority()));
                    settled.add(image.digest());
                }
            }
            keep(rule, matched, settled);
        }
        return verdicts;
    }

    private static List<LifecycleImage> matched(LifecycleRule rule, List<LifecycleImage> images) {
        return images.stream()
                .filter(rule.selection()::matches)
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private static List<LifecycleImage> marked(LifecycleRule rule, List<LifecycleImage> matched, Instant now) {
        return switch (rule.count().type()) {
            case IMAGE_COUNT_MORE_THAN ->
                matched.stream().skip(rule.count().number()).toList();
            case SINCE_IMAGE_PUSHED, SINCE_IMAGE_PULLED, SINCE_IMAGE_TRANSITIONED ->
                matched.stream()
                        .filter(image -> rule.count().isOver(image, now))
                        .toList();
        };
    }

    private static void keep(LifecycleRule rule, List<LifecycleImage> matched, Set<Digest> settled) {
        if (rule.selection().tagStatus() == LifecycleRule.TagStatus.TAGGED) {
            matched.forEach(image -> settled.add(image.digest()));
        }
    }
}

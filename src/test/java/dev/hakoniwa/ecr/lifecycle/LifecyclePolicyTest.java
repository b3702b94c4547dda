package dev.hakoniwa.ecr.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.ecr.lifecycle.LifecyclePolicy.Verdict;
import dev.hakoniwa.ecr.lifecycle.LifecycleRule.Action;
import dev.hakoniwa.ecr.lifecycle.LifecycleRule.StorageClass;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LifecyclePolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

    /// From the newest to the oldest, each a day older than the one before.
    private static final List<LifecycleImage> IMAGES = List.of(
            image("A", 1, "prod-3"),
            image("B", 2, "prod-2", "stable"),
            image("C", 3, "dev-9"),
            image("D", 4, "prod-1"),
            image("E", 5),
            image("F", 6));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tagged tagPrefixList ["prod"]          | imageCountMoreThan | 1 | B D
            tagged tagPrefixList ["prod","stable"] | imageCountMoreThan | 1 | ''
            tagged tagPatternList ["*-1"]          | sinceImagePushed   | 1 | D
            tagged tagPatternList ["prod*","st*e"] | sinceImagePushed   | 1 | B
            tagged tagPatternList ["*"]            | imageCountMoreThan | 2 | C D
            untagged                               | imageCountMoreThan | 1 | F
            untagged                               | sinceImagePushed   | 5 | F
            any                                    | imageCountMoreThan | 4 | E F
            any                                    | sinceImagePushed   | 3 | D E F
            """)
    void aRuleTakesWhatItMatches(String selection, String count, int number, String expired) {
        var policy = policy(rule(1, selection, count, number));

        assertThat(expired(policy, IMAGES)).isEqualTo(expired);
    }

    @Test
    void whatARuleAboutTagsHasMatchedIsNoLaterRulesToTake() {
        var policy = policy(
                rule(1, "tagged tagPrefixList [\"prod\"]", "imageCountMoreThan", 2),
                rule(2, "any", "imageCountMoreThan", 1));

        assertThat(policy.evaluate(IMAGES, NOW))
                .extracting(verdict -> name(verdict.image()) + verdict.priority())
                .containsExactly("D1", "C2", "E2", "F2");
    }

    @Test
    void theLowerNumberComesFirstWhereverItStands() {
        var policy = policy(
                rule(20, "any", "imageCountMoreThan", 1),
                rule(10, "tagged tagPrefixList [\"prod\"]", "imageCountMoreThan", 2));

        assertThat(policy.evaluate(IMAGES, NOW)).extracting(Verdict::priority).containsExactly(10, 20, 20, 20);
    }

    @Test
    void aPolicyThatHasActedHasNothingMoreToDo() {
        var policy = policy(
                rule(1, "tagged tagPrefixList [\"prod\"]", "imageCountMoreThan", 2),
                rule(2, "any", "imageCountMoreThan", 1));
        var gone = policy.evaluate(IMAGES, NOW).stream().map(Verdict::image).toList();

        var left =
                IMAGES.stream().filter(image -> !gone.contains(image.digest())).toList();

        assertThat(policy.evaluate(left, NOW)).isEmpty();
    }

    @Test
    void whatAnIndexNeedsStays() {
        var needed = new LifecycleImage(
                digest("F"), List.of(), StorageClass.STANDARD, NOW.minus(Duration.ofDays(6)), null, null, true);
        var policy = policy(rule(1, "untagged", "sinceImagePushed", 1));

        assertThat(expired(policy, List.of(IMAGES.get(4), needed))).isEqualTo("E");
    }

    @Test
    void anImageGoesOnceItIsOlderThanItsDays() {
        var policy = policy(rule(1, "any", "sinceImagePushed", 1));

        assertThat(policy.evaluate(IMAGES.subList(0, 1), NOW)).isEmpty();
        assertThat(policy.evaluate(IMAGES.subList(0, 1), NOW.plusMillis(1))).hasSize(1);
    }

    @Test
    void whatIsPulledIsNotArchived() {
        var pulled = new LifecycleImage(
                digest("A"),
                List.of("a"),
                StorageClass.STANDARD,
                NOW.minus(Duration.ofDays(30)),
                NOW.minus(Duration.ofDays(2)),
                null,
                false);
        var policy = policy("""
                {"rulePriority": 1, "selection": {"tagStatus": "any", "countType": "sinceImagePulled",
                "countUnit": "days", "countNumber": 3},
                "action": {"type": "transition", "targetStorageClass": "archive"}}""");

        var verdicts = policy.evaluate(List.of(pulled, IMAGES.get(3)), NOW);

        assertThat(verdicts).containsExactly(new Verdict(digest("D"), Action.TRANSITION, 1));
    }

    @Test
    void theArchiveHasRulesOfItsOwn() {
        var archived = new LifecycleImage(
                digest("F"),
                List.of(),
                StorageClass.ARCHIVE,
                NOW.minus(Duration.ofDays(300)),
                null,
                NOW.minus(Duration.ofDays(100)),
                false);
        var policy = policy("""
                {"rulePriority": 1, "selection": {"tagStatus": "any", "storageClass": "archive",
                "countType": "sinceImageTransitioned", "countUnit": "days", "countNumber": 90},
                "action": {"type": "expire"}}""", rule(2, "any", "imageCountMoreThan", 5));

        assertThat(expired(
                        policy,
                        Stream.concat(IMAGES.subList(0, 5).stream(), Stream.of(archived))
                                .toList()))
                .isEqualTo("F");
    }

    @Test
    void aHundredThousandImagesTakeNoTime() {
        var images = new ArrayList<LifecycleImage>();
        for (var i = 0; i < 100_000; i++) {
            images.add(image("image " + i, i / 1000, "v" + i));
        }
        var policy = policy(rule(1, "tagged tagPatternList [\"v*9*\"]", "imageCountMoreThan", 10));

        assertThat(policy.evaluate(images, NOW)).hasSizeGreaterThan(10_000);
    }

    private static LifecyclePolicy policy(String... rules) {
        return LifecyclePolicyReader.read("{\"rules\": [" + String.join(", ", rules) + "]}");
    }

    /// A rule whose selection is written as `STATUS [LIST VALUES]`.
    private static String rule(int priority, String selection, String count, int number) {
        var parts = selection.strip().split(" ", 3);
        var tags = parts.length == 3 ? "\"%s\": %s, ".formatted(parts[1], parts[2]) : "";
        var unit = count.startsWith("since") ? "\"countUnit\": \"days\", " : "";
        return """
                {"rulePriority": %d, "selection": {"tagStatus": "%s", %s%s"countType": "%s", "countNumber": %d},
                "action": {"type": "expire"}}""".formatted(priority, parts[0], tags, unit, count, number);
    }

    private static String expired(LifecyclePolicy policy, List<LifecycleImage> images) {
        var names = policy.evaluate(images, NOW).stream()
                .map(verdict -> name(verdict.image()))
                .toList();
        return String.join(" ", names);
    }

    private static LifecycleImage image(String name, int age, String... tags) {
        return new LifecycleImage(
                digest(name), List.of(tags), StorageClass.STANDARD, NOW.minus(Duration.ofDays(age)), null, null, false);
    }

    private static Digest digest(String name) {
        return Digest.of(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(Digest digest) {
        Map<Digest, String> names = new HashMap<>();
        Stream.of("A", "B", "C", "D", "E", "F").forEach(name -> names.put(digest(name), name));
        return names.getOrDefault(digest, "?");
    }
}

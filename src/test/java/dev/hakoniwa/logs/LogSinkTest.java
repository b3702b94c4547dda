package dev.hakoniwa.logs;

import static dev.hakoniwa.logs.InMemoryLogs.SCOPE;
import static dev.hakoniwa.logs.InMemoryLogs.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.InJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

@InJvm("calls as ECS does")
final class LogSinkTest {
    private final InMemoryLogs aws = InMemoryLogs.create();

    @Test
    void whatContainersWriteIsRead() {
        aws.logs().createGroup(SCOPE, "/ecs/web");
        aws.logs().createGroup(SCOPE, "/ecs/web");
        aws.logs().createStream(SCOPE, "/ecs/web", "web/app/1");
        aws.logs().put(SCOPE, "/ecs/web", "web/app/1", START, "hello");
        aws.logs().createStream(SCOPE, "/ecs/web", "web/app/1");
        aws.logs().put(SCOPE, "/ecs/web", "web/app/1", START, "");

        assertThat(aws.logs().groupExists(SCOPE, "/ecs/web")).isTrue();
        assertThat(aws.logs().groupExists(SCOPE, "/ecs")).isFalse();
        assertThat(messages("/ecs/web", "web/app/1")).containsExactly("hello");
    }

    @Test
    void whatComesForAStreamThatIsGoneIsDropped() {
        aws.logs().put(SCOPE, "g", "s", START, "hello");

        assertThat(aws.client.describeLogGroups().logGroups()).isEmpty();
    }

    @Test
    void aLongLineBecomesSeveralEvents() {
        aws.withStreams("g", "s");
        var line = "äß😀x".repeat(100_000);

        aws.logs().put(SCOPE, "g", "s", START, line);

        var messages = messages("g", "s");
        assertThat(String.join("", messages)).isEqualTo(line);
        assertThat(messages).hasSize(4).allMatch(m -> Event.utf8Length(m) <= 262_118);
    }

    @Test
    void aStepThatFailsLeavesNoEvents() {
        aws.withStreams("g", "s");
        aws.logs().put(SCOPE, "g", "s", START, "first");

        assertThatThrownBy(() -> aws.tables().write(() -> {
                    IntStream.range(0, 1000).forEach(i -> aws.logs().put(SCOPE, "g", "s", START, "lost"));
                    throw new IllegalStateException("the step fails");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(messages("g", "s")).containsExactly("first");
        aws.logs().put(SCOPE, "g", "s", START, "second");
        assertThat(messages("g", "s")).containsExactly("first", "second");
    }

    @Test
    void theOldestEventsOfTheBiggestStreamsMakeRoom() {
        var small = InMemoryLogs.holding(1 << 20).withStreams("g", "big", "bigger", "small");
        small.logs().put(SCOPE, "g", "small", START, "keep me");

        for (var i = 0; i < 20_000; i++) {
            small.logs().put(SCOPE, "g", i % 3 == 0 ? "big" : "bigger", START.plusMillis(i), "line " + i);
        }

        assertThat(messages(small, "g", "small")).containsExactly("keep me");
        var bigger = messages(small, "g", "bigger");
        assertThat(bigger.getLast()).isEqualTo("line 19999");
        assertThat(bigger.size()).isBetween(3_000, 5_000);
        assertThat(messages(small, "g", "big").size()).isBetween(3_000, 5_000);
    }

    @Test
    void clearedStateTakesNoRoom() {
        var small = InMemoryLogs.holding(100_000).withStreams("g", "s");
        IntStream.range(0, 500).forEach(i -> small.logs().put(SCOPE, "g", "s", START, "line " + i));
        small.tables().clear();
        small.withStreams("g", "s");

        IntStream.range(0, 500).forEach(i -> small.logs().put(SCOPE, "g", "s", START, "line " + i));

        assertThat(messages(small, "g", "s")).hasSize(500);
    }

    @Test
    void theLogStaysRightHoweverItIsWritten() {
        var random = new Random(7);
        var small = InMemoryLogs.holding(50_000).withStreams("g", "s");
        var expected = new ArrayList<String>();

        for (var i = 0; i < 5_000; i++) {
            var line = "line " + i;
            if (random.nextInt(10) == 0) {
                assertThatThrownBy(() -> small.tables().write(() -> {
                            small.logs().put(SCOPE, "g", "s", START, "lost");
                            throw new IllegalStateException("the step fails");
                        }))
                        .isInstanceOf(IllegalStateException.class);
            }
            small.logs().put(SCOPE, "g", "s", START, line);
            expected.add(line);
        }

        var kept = messages(small, "g", "s");
        assertThat(kept).hasSizeGreaterThan(200).isEqualTo(expected.subList(5_000 - kept.size(), 5_000));
        assertThat(small.client.describeLogGroups().logGroups())
                .extracting(LogGroup::storedBytes)
                .containsExactly(kept.stream().mapToLong(m -> m.length() + 26).sum());
    }

    private List<String> messages(String group, String stream) {
        return messages(aws, group, stream);
    }

    private static List<String> messages(InMemoryLogs aws, String group, String stream) {
        return aws.tables()
                .write(() ->
                        aws
                                .logs()
                                .streams()
                                .find(SCOPE, aws.logs().groups().find(SCOPE, group), stream)
                                .events(0)
                                .stream()
                                .map(Event::message)
                                .toList());
    }
}

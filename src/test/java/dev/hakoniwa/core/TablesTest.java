package dev.hakoniwa.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TablesTest {
    private static final Scope HERE = new Scope(new AccountId("111111111111"), new Region("us-east-1"));
    private static final Scope ELSEWHERE = new Scope(new AccountId("111111111111"), new Region("eu-west-1"));

    private final Tables tables = new Tables();
    private final Table<String> words = tables.table("word");
    private final List<String> told = new ArrayList<>();

    @Test
    void scopesDoNotSeeOneAnother() {
        tables.write(() -> words.put(HERE, "a", "apple"));

        assertThat(tables.write(() -> words.find(HERE, "a"))).contains("apple");
        assertThat(tables.write(() -> words.find(ELSEWHERE, "a"))).isEmpty();
        assertThat(tables.write(words::scopes)).containsExactly(HERE);
    }

    @Test
    void aStepThatThrowsLeavesNoTrace() {
        tables.write(() -> {
            words.put(HERE, "kept", "as it was");
            words.put(HERE, "gone", "not gone");
        });

        assertThatThrownBy(() -> tables.write(() -> {
                    words.put(HERE, "kept", "changed");
                    words.put(HERE, "new", "added");
                    words.remove(HERE, "gone");
                    words.put(HERE, "kept", "changed again");
                    tables.afterwards(() -> told.add("never"));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(tables.write(() -> words.all(HERE))).containsExactly("not gone", "as it was");
        assertThat(told).isEmpty();
    }

    @Test
    void whatComesAfterwardsSeesTheStepsChangesAndMayBeAStepItself() {
        tables.write(() -> {
            tables.afterwards(() -> told.add(tables.write(() -> words.get(HERE, "a"))));
            words.put(HERE, "a", "apple");
        });

        assertThat(told).containsExactly("apple");
    }

    @Test
    void whatComesOnceAfterwardsComesOnceAStep() {
        for (var step = 0; step < 2; step++) {
            tables.write(() -> {
                tables.onceAfterwards("a", () -> told.add("a"));
                tables.onceAfterwards("b", () -> told.add("b"));
                tables.onceAfterwards("a", () -> told.add("a again"));
            });
        }

        assertThat(told).containsExactly("a", "b", "a", "b");
    }

    @Test
    void stateIsNotTouchedOutsideAStep() {
        assertThatThrownBy(() -> words.find(HERE, "a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void rowsAreFoundByTheBeginningOfTheirKeys() {
        tables.write(() -> {
            words.put(HERE, "a/2", "two");
            words.put(HERE, "b/1", "other");
            words.put(HERE, "a/1", "one");
        });

        assertThat(tables.write(() -> words.startingWith(HERE, "a/"))).containsExactly("one", "two");
    }

    @Test
    void rowsAreReadFromAKeyOnAsFarAsTheBeginningOfTheirKeysIsTheSame() {
        tables.write(() -> {
            words.put(HERE, "a/1", "one");
            words.put(HERE, "a/2", "two");
            words.put(HERE, "a/3", "three");
            words.put(HERE, "b/1", "other");
        });

        assertThat(read("")).containsExactly("one", "two", "three");
        assertThat(read("a/2")).containsExactly("two", "three");
        assertThat(read("a/21")).containsExactly("three");
        assertThat(read("b/1")).isEmpty();
    }

    private List<String> read(String first) {
        return tables.write(() -> words.from(HERE, "a/", first).toList());
    }
}

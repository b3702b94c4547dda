package dev.hakoniwa.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class IndexTest {
    private static final Scope HERE = new Scope(new AccountId("000000000000"), new Region("us-east-1"));

    private final Tables tables = new Tables();
    private final Index<String> byColour = new Index<>("fruit by colour", tables);

    @Test
    void rowsAreFoundByWhatTheyHaveInCommon() {
        move("apple", List.of(), List.of("red", "green"));
        move("cherry", List.of(), List.of("red"));

        assertThat(find("red")).containsExactly("apple", "cherry");
        assertThat(find("green")).containsExactly("apple");
        assertThat(find("re")).isEmpty();
    }

    @Test
    void aRowIsNoLongerFoundByWhatItWas() {
        move("tomato", List.of(), List.of("green", "round"));

        move("tomato", List.of("green", "round"), List.of("red", "round"));

        assertThat(find("green")).isEmpty();
        assertThat(find("red")).containsExactly("tomato");
        assertThat(find("round")).containsExactly("tomato");
        assertThat(tables.write(() -> byColour.has(HERE, "green"))).isFalse();
        assertThat(tables.write(() -> byColour.has(HERE, "red"))).isTrue();
    }

    private void move(String row, List<String> before, List<String> after) {
        tables.write(() -> byColour.move(HERE, row, row, before, after));
    }

    private List<String> find(String key) {
        return tables.write(() -> byColour.find(HERE, key));
    }
}

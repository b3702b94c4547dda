package dev.hakoniwa.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PageTest {
    private static final List<String> FRUITS = List.of("apple", "banana", "cherry", "date", "elderberry");

    @Test
    void pagesFollowOneAnotherToTheEnd() {
        var first = page("fruits", FRUITS, null);
        var second = page("fruits", FRUITS, first.nextToken());
        var third = page("fruits", FRUITS, second.nextToken());

        assertThat(first.items()).containsExactly("apple", "banana");
        assertThat(second.items()).containsExactly("cherry", "date");
        assertThat(third.items()).containsExactly("elderberry");
        assertThat(third.nextToken()).isNull();
    }

    @Test
    void aPageGoesOnInTheRightPlaceWhenItemsCameAndWent() {
        var first = page("fruits", FRUITS, null);

        var second = page("fruits", List.of("apricot", "cherry", "date", "fig"), first.nextToken());

        assertThat(second.items()).containsExactly("cherry", "date");
    }

    @Test
    void aPageGoesOnBehindTheLastItemWhenTheNextOneHasGoneAndOthersCame() {
        var first = page("fruits", FRUITS, null);

        var second = page("fruits", List.of("apple", "apricot", "banana", "date", "fig"), first.nextToken());

        assertThat(second.items()).containsExactly("date", "fig");
    }

    @Test
    void aTokenOfAnotherListingOrNoneAtAllIsRefused() {
        var token = page("fruits", FRUITS, null).nextToken();

        assertThatThrownBy(() -> page("vegetables", FRUITS, token)).hasMessage("invalid token");
        assertThatThrownBy(() -> page("fruits", FRUITS, "garbage")).hasMessage("invalid token");
        assertThatThrownBy(() -> page("fruits", FRUITS, "%%%")).hasMessage("invalid token");
    }

    @Test
    void aSortedListingGoesOnBehindTheLastItemEvenIfTheNextOneHasGone() {
        var first = sorted(FRUITS, null);

        var second = sorted(List.of("apple", "avocado", "banana", "date", "elderberry"), first.nextToken());

        assertThat(first.items()).containsExactly("apple", "banana");
        assertThat(second.items()).containsExactly("date", "elderberry");
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void aSortedListingIsReadNoFurtherThanThePageNeeds() {
        var read = new ArrayList<String>();

        var page = Page.ofSorted(
                "fruits", _ -> FRUITS.stream().peek(read::add), fruit -> fruit, new Page.Request(null, 2), invalid());

        assertThat(page.items()).containsExactly("apple", "banana");
        assertThat(read).containsExactly("apple", "banana", "cherry");
    }

    @Test
    void aSortedListingRefusesTheTokensOfOthers() {
        var token = page("vegetables", FRUITS, null).nextToken();

        assertThatThrownBy(() -> sorted(FRUITS, token)).hasMessage("invalid token");
    }

    private static Page<String> sorted(List<String> all, @Nullable String token) {
        return Page.ofSorted(
                "fruits",
                first -> all.stream().filter(fruit -> fruit.compareTo(first) >= 0),
                fruit -> fruit,
                new Page.Request(token, 2),
                invalid());
    }

    private static Page<String> page(String listing, List<String> all, @Nullable String token) {
        return Page.of(listing, all, fruit -> fruit, new Page.Request(token, 2), invalid());
    }

    private static Supplier<RuntimeException> invalid() {
        return () -> new IllegalArgumentException("invalid token");
    }
}

package dev.hakoniwa.ecs;

import dev.hakoniwa.core.Page;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Pages of ECS's listings: how many items one may have, and what ECS says of a wrong number or token.
public final class Pages {
    private Pages() {}

    /// Cuts a page out of `all`; ECS's error for a token that isn't one of this listing.
    ///
    /// @param listing what is listed, with everything that shapes it
    /// @param size how many items the page may have
    public static <T> Page<T> of(
            String listing, List<T> all, Function<T, String> key, @Nullable String token, int size) {
        return Page.of(listing, all, key, new Page.Request(token, size), Errors::invalidToken);
    }

    /// The same of a listing that is in the order of its keys.
    ///
    /// @param from the items from a key on, in order
    public static <T> Page<T> ofSorted(
            String listing,
            Function<String, Stream<T>> from,
            Function<T, String> key,
            @Nullable String token,
            int size) {
        return Page.ofSorted(listing, from, key, new Page.Request(token, size), Errors::invalidToken);
    }

    /// The page's size: `asked`, or `usual`; ECS refuses what isn't between 1 and `most`.
    public static int size(@Nullable Integer asked, int usual, int most) {
        if (asked == null) {
            return usual;
        }
        if (asked < 1 || asked > most) {
            throw Errors.invalidParameter("maxResults should be between 1 and " + most + ".");
        }
        return asked;
    }
}

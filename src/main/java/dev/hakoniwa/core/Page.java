package dev.hakoniwa.core;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One page of a listing. The token names the last item that was given and the next one, so that a page goes on in the
/// right place when items come and go in between; it is bound to its listing and opaque to callers.
public record Page<T>(List<T> items, @Nullable String nextToken) {
    public Page {
        items = List.copyOf(items);
    }

    /// Cuts a page out of `all`, whose order must be that of `key`s being found again, not of their text.
    ///
    /// @param listing what is listed, with everything that shapes it: a token of another listing is refused
    /// @param all every item, in its order
    /// @param key what tells one item from the others
    /// @param request how many items, and from where
    /// @param invalid the error for a token that isn't one of ours
    public static <T> Page<T> of(
            String listing,
            List<T> all,
            Function<T, String> key,
            Request request,
            Supplier<? extends RuntimeException> invalid) {
        var from = request.token() == null ? 0 : start(listing, all, key, request.token(), invalid);
        var to = Math.min(all.size(), from + request.size());
        var token = to < all.size()
                ? encode(new Mark(listing, to, key.apply(all.get(to - 1)), key.apply(all.get(to))))
                : null;
        return new Page<>(all.subList(from, to), token);
    }

    /// Cuts a page out of a listing that is in the order of its keys: it goes on behind the last item that was given,
    /// whatever has become of the next one, and costs what it holds.
    ///
    /// @param from the items from a key on, in order
    public static <T> Page<T> ofSorted(
            String listing,
            Function<String, Stream<T>> from,
            Function<T, String> key,
            Request request,
            Supplier<? extends RuntimeException> invalid) {
        var first = request.token() == null
                ? ""
                : decode(request.token())
                        .filter(m -> m.listing().equals(listing))
                        .orElseThrow(invalid)
                        .next();
        var items = from.apply(first).limit(request.size() + 1L).toList();
        if (items.size() <= request.size()) {
            return new Page<>(items, null);
        }
        return new Page<>(
                items.subList(0, request.size()), encode(new Mark(listing, 0, "", key.apply(items.getLast()))));
    }

    /// What the caller asked for: a token of an earlier page, and a page's size, which is at least one.
    public record Request(@Nullable String token, int size) {}

    private static <T> int start(
            String listing,
            List<T> all,
            Function<T, String> key,
            String token,
            Supplier<? extends RuntimeException> invalid) {
        var mark = decode(token).filter(m -> m.listing().equals(listing)).orElseThrow(invalid);
        var keys = all.stream().map(key).toList();
        var next = keys.indexOf(mark.next());
        if (next >= 0) {
            return next;
        }
        var last = keys.indexOf(mark.last());
        return last >= 0 ? last + 1 : Math.min(mark.index(), all.size());
    }

    /// @param index where the next item was
    /// @param last the key of the last item that was given
    /// @param next that of the next one
    private record Mark(String listing, int index, String last, String next) {}

    private static String encode(Mark mark) {
        var text = String.join("\n", "v1", mark.listing(), String.valueOf(mark.index()), mark.last(), mark.next());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Mark> decode(String token) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("\n", 5);
            if (parts.length != 5 || !parts[0].equals("v1")) {
                return Optional.empty();
            }
            return Optional.of(new Mark(parts[1], Math.max(0, Integer.parseInt(parts[2])), parts[3], parts[4]));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

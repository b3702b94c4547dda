package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Pages of IAM's listings.
final class Pages {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private Pages() {}

    static <T> Page<T> of(
            String listing, List<T> all, Function<T, String> key, @Nullable String marker, @Nullable Integer maxItems) {
        new Constraints().range("maxItems", maxItems, 1, MOST).check(Errors::validation);
        var size = maxItems == null ? USUAL : maxItems;
        return Page.of(listing, all, key, new Page.Request(marker, size), () -> Errors.validation("Invalid Marker."));
    }
}

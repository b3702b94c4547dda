package dev.hakoniwa.elb;

import dev.hakoniwa.core.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Elastic Load Balancing's pages: `PageSize` and `Marker` in, `NextMarker` out.
public final class Pages {
    private static final int LARGEST = 400;

    private Pages() {}

    /// The page that a request asks for.
    ///
    /// @param listing what is listed, with all that shapes it
    public static <T> Page<T> of(
            String listing, List<T> all, Function<T, String> key, @Nullable String marker, @Nullable Integer pageSize) {
        new Constraints().range("pageSize", pageSize, 1, LARGEST).check();
        var size = pageSize == null ? LARGEST : pageSize;
        return Page.of(
                listing, all, key, new Page.Request(marker, size), () -> Errors.validation("The marker is not valid"));
    }
}

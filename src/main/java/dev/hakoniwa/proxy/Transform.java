package dev.hakoniwa.proxy;

import java.util.regex.Pattern;

/// A change to a request before it is forwarded: the first match of the expression is replaced (`$1` is its first
/// group).
public sealed interface Transform {
    /// Rewrites the `Host` header.
    record HostHeaderRewrite(Pattern regex, String replace) implements Transform {}

    /// Rewrites the path with its query.
    record UrlRewrite(Pattern regex, String replace) implements Transform {}
}

package dev.hakoniwa.proxy;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One condition of a rule, in the words of the API. A condition is met when any of its values is.
///
/// `values` may hold the wildcards `*` and `?`; `regexValues` are the other form that AWS offers for the same field.
public sealed interface Condition {
    record PathPattern(List<String> values, List<Pattern> regexValues) implements Condition {
        public PathPattern {
            values = List.copyOf(values);
            regexValues = List.copyOf(regexValues);
        }
    }

    record HostHeader(List<String> values, List<Pattern> regexValues) implements Condition {
        public HostHeader {
            values = List.copyOf(values);
            regexValues = List.copyOf(regexValues);
        }
    }

    record HttpHeader(String name, List<String> values, List<Pattern> regexValues) implements Condition {
        public HttpHeader {
            values = List.copyOf(values);
            regexValues = List.copyOf(regexValues);
        }
    }

    record HttpRequestMethod(List<String> values) implements Condition {
        public HttpRequestMethod {
            values = List.copyOf(values);
        }
    }

    record QueryString(List<Pair> pairs) implements Condition {
        public QueryString {
            pairs = List.copyOf(pairs);
        }

        /// Without a key any parameter's value may match.
        public record Pair(@Nullable String key, String value) {}
    }

    /// Blocks of addresses such as `10.0.0.0/8` or `fd00::/8`.
    record SourceIp(List<String> values) implements Condition {
        public SourceIp {
            values = List.copyOf(values);
        }
    }
}

package dev.hakoniwa.proxy.route;

import dev.hakoniwa.proxy.Condition;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A condition made ready to be asked often.
interface Matcher {
    boolean matches(Subject subject);

    static Matcher of(Condition condition) {
        return switch (condition) {
            case Condition.PathPattern path -> path(path);
            case Condition.HostHeader host -> host(host);
            case Condition.HttpHeader header -> header(header);
            case Condition.HttpRequestMethod method -> method(method);
            case Condition.QueryString query -> query(query);
            case Condition.SourceIp source -> source(source);
        };
    }

    private static Matcher path(Condition.PathPattern path) {
        var text = anyOf(path.values().stream().map(Wildcard::of).toList(), path.regexValues());
        return subject -> text.test(subject.path());
    }

    private static Matcher host(Condition.HostHeader condition) {
        var regexes =
                condition.regexValues().stream().map(Matcher::ignoringCase).toList();
        var text = anyOf(condition.values().stream().map(Wildcard::ignoringCase).toList(), regexes);
        return subject -> {
            var host = subject.host();
            return host != null && text.test(host);
        };
    }

    private static Matcher header(Condition.HttpHeader header) {
        var text = anyOf(header.values().stream().map(Wildcard::ignoringCase).toList(), header.regexValues());
        return subject -> subject.headers(header.name()).stream().anyMatch(text);
    }

    private static Matcher method(Condition.HttpRequestMethod method) {
        var methods = Set.copyOf(method.values());
        return subject -> methods.contains(subject.method());
    }

    private static Matcher query(Condition.QueryString query) {
        var wanted = query.pairs().stream().map(Pair::wanted).toList();
        return subject -> {
            var sent = parameters(subject.query());
            return wanted.stream().anyMatch(pair -> sent.stream().anyMatch(pair::matches));
        };
    }

    private static Matcher source(Condition.SourceIp source) {
        var blocks = source.values().stream().map(Cidr::parse).toList();
        return subject -> blocks.stream().anyMatch(block -> block.contains(subject.client()));
    }

    private static Predicate<String> anyOf(List<Wildcard> wildcards, List<Pattern> regexes) {
        return text -> {
            for (var wildcard : wildcards) {
                if (wildcard.matches(text)) {
                    return true;
                }
            }
            for (var regex : regexes) {
                if (regex.matcher(text).find()) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Pattern ignoringCase(Pattern regex) {
        return Pattern.compile(regex.pattern(), regex.flags() | Pattern.CASE_INSENSITIVE);
    }

    private static List<Parameter> parameters(String query) {
        var parameters = new ArrayList<Parameter>();
        for (var pair : query.split("&", -1)) {
            var equals = pair.indexOf('=');
            var key = equals < 0 ? pair : pair.substring(0, equals);
            parameters.add(new Parameter(decode(key), equals < 0 ? "" : decode(pair.substring(equals + 1))));
        }
        return parameters;
    }

    /// What is not decodable is compared as it stands.
    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    /// A parameter that a client sent.
    record Parameter(String key, String value) {}

    /// A parameter that a rule wants.
    record Pair(@Nullable Wildcard key, Wildcard value) {
        static Pair wanted(Condition.QueryString.Pair pair) {
            var key = pair.key();
            return new Pair(key == null ? null : Wildcard.withEscapes(key), Wildcard.withEscapes(pair.value()));
        }

        boolean matches(Parameter sent) {
            return (key == null || key.matches(sent.key())) && value.matches(sent.value());
        }
    }
}

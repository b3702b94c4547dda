package dev.hakoniwa.proxy;

import dev.hakoniwa.proxy.TargetGroup.Stickiness;
import dev.hakoniwa.proxy.http.Field;
import dev.hakoniwa.proxy.http.Output;
import dev.hakoniwa.proxy.http.Request;
import dev.hakoniwa.proxy.http.Response;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The cookies that keep a client with its target and its group. A value holds when it expires and an opaque token.
/// Browsers keep every one of them for seven days; how long it counts is in the value.
final class Sticky {
    private static final Duration LIFE = Duration.ofDays(7);
    private static final String TARGET = "AWSALB";
    private static final String GROUP = "AWSALBTG";
    private static final String APPLICATION = "AWSALBAPP-0";
    private static final String CORS = "CORS";

    private Sticky() {}

    /// The token of the group that the client is to stay with.
    static @Nullable String group(Request request, Instant now) {
        return token(eitherCookie(request, GROUP), now);
    }

    /// The token of the target that the client is to stay with.
    static @Nullable String target(Request request, Stickiness stickiness, Instant now) {
        return switch (stickiness) {
            case Stickiness.Off _ -> null;
            case Stickiness.LoadBalancerCookie _ -> token(eitherCookie(request, TARGET), now);
            case Stickiness.ApplicationCookie _ -> token(cookie(request, APPLICATION), now);
        };
    }

    static void writeGroup(Output output, Group group, Duration duration, Instant now) {
        writePair(output, GROUP, value(group.token(), now.plus(duration)), now);
    }

    static void writeTarget(Output output, Backend backend, Stickiness stickiness, Response response, Instant now) {
        switch (stickiness) {
            case Stickiness.Off _ -> {}
            case Stickiness.LoadBalancerCookie cookie ->
                writePair(output, TARGET, value(backend.token(), now.plus(cookie.duration())), now);
            case Stickiness.ApplicationCookie cookie -> {
                var set = setCookie(response, cookie.name());
                if (set != null) {
                    var value = value(backend.token(), now.plus(cookie.duration()));
                    output.line("Set-Cookie", APPLICATION + "=" + value + expiry(set) + "; Path=/");
                }
            }
        }
    }

    private static void writePair(Output output, String name, String value, Instant now) {
        var attributes = "=" + value + "; Expires=" + Loop.date(now.plus(LIFE)) + "; Path=/";
        output.line("Set-Cookie", name + attributes);
        output.line("Set-Cookie", name + CORS + attributes + "; SameSite=None; Secure");
    }

    private static String value(String token, Instant until) {
        return Long.toString(until.getEpochSecond(), 36) + "." + token;
    }

    private static @Nullable String token(@Nullable String value, Instant now) {
        var dot = value == null ? -1 : value.indexOf('.');
        if (value == null || dot < 1) {
            return null;
        }
        try {
            var until = Long.parseLong(value.substring(0, dot), 36);
            return until > now.getEpochSecond() ? value.substring(dot + 1) : null;
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static @Nullable String eitherCookie(Request request, String name) {
        var value = cookie(request, name);
        return value == null ? cookie(request, name + CORS) : value;
    }

    private static @Nullable String cookie(Request request, String name) {
        var head = request.head();
        for (var i = 0; i < head.size(); i++) {
            if (head.field(i) != Field.COOKIE) {
                continue;
            }
            for (var pair : head.value(i).split(";", -1)) {
                var cookie = pair.strip();
                if (cookie.length() > name.length() && cookie.startsWith(name) && cookie.charAt(name.length()) == '=') {
                    return cookie.substring(name.length() + 1);
                }
            }
        }
        return null;
    }

    /// The `Set-Cookie` of the application's own cookie; absent if the target does not set it now.
    private static @Nullable String setCookie(Response response, String name) {
        var head = response.head();
        for (var i = 0; i < head.size(); i++) {
            if (head.field(i) == Field.SET_COOKIE && head.value(i).startsWith(name + "=")) {
                return head.value(i);
            }
        }
        return null;
    }

    /// The attributes by which the application's cookie says how long it lives, for ours to live as long.
    private static String expiry(String setCookie) {
        var expiry = new StringBuilder();
        for (var attribute : setCookie.split(";", -1)) {
            var text = attribute.strip();
            if (text.regionMatches(true, 0, "expires=", 0, 8) || text.regionMatches(true, 0, "max-age=", 0, 8)) {
                expiry.append("; ").append(text);
            }
        }
        return expiry.toString();
    }
}

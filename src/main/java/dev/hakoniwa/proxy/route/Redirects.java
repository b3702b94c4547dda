package dev.hakoniwa.proxy.route;

import dev.hakoniwa.proxy.Action.Location;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills in the parts of a redirect's location.
public final class Redirects {
    private static final Pattern PART = Pattern.compile("#\\{(protocol|host|port|path|query)}");

    private Redirects() {}

    /// What the client asked for. The path begins with its slash; the query has no question mark.
    public record Asked(String protocol, String host, int port, String path, String query) {}

    /// The value of the `Location` header. The port is always told, and an empty query leaves no question mark.
    public static String location(Location template, Asked asked) {
        var path = fill(template.path(), asked);
        var query = fill(template.query(), asked);
        return fill(template.protocol(), asked).toLowerCase(Locale.ROOT)
                + "://" + fill(template.host(), asked)
                + ":" + fill(template.port(), asked)
                + (path.startsWith("/") ? path : "/" + path)
                + (query.isEmpty() ? "" : "?" + query);
    }

    private static String fill(String template, Asked asked) {
        if (template.indexOf('#') < 0) {
            return template;
        }
        return PART.matcher(template).replaceAll(part -> Matcher.quoteReplacement(value(part.group(1), asked)));
    }

    private static String value(String name, Asked asked) {
        return switch (name) {
            case "protocol" -> asked.protocol();
            case "host" -> asked.host();
            case "port" -> Integer.toString(asked.port());
            case "path" -> asked.path().startsWith("/") ? asked.path().substring(1) : asked.path();
            default -> asked.query();
        };
    }
}

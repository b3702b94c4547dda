package dev.hakoniwa.proxy.route;

import dev.hakoniwa.proxy.Transform;
import java.util.List;
import java.util.regex.Pattern;

/// What a target is asked for: the host and the path with its query, after a rule's transforms.
public record Rewrite(String host, String target) {
    private static final Pattern UNCLEAN = Pattern.compile("[\\x00-\\x20\\x7F]");

    public static Rewrite of(String host, String target, List<Transform> transforms) {
        var rewrite = new Rewrite(host, target);
        for (var transform : transforms) {
            rewrite = switch (transform) {
                case Transform.HostHeaderRewrite change ->
                    new Rewrite(clean(replace(change.regex(), change.replace(), rewrite.host)), rewrite.target);
                case Transform.UrlRewrite change ->
                    new Rewrite(
                            rewrite.host, absolute(clean(replace(change.regex(), change.replace(), rewrite.target))));
            };
        }
        return rewrite;
    }

    /// A replacement that names a group the expression doesn't have leaves the text as it is.
    private static String replace(Pattern regex, String replacement, String text) {
        try {
            return regex.matcher(text).replaceFirst(replacement);
        } catch (IndexOutOfBoundsException | IllegalArgumentException _) {
            return text;
        }
    }

    /// What could end the line or the part of it that it is written to, is percent-encoded.
    private static String clean(String text) {
        return UNCLEAN.matcher(text)
                .replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0)));
    }

    private static String absolute(String target) {
        return target.startsWith("/") ? target : "/" + target;
    }
}

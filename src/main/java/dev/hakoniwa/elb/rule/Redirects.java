package dev.hakoniwa.elb.rule;

import dev.hakoniwa.elb.Constraints;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.proxy.Action;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionStatusCodeEnum;

/// Where a redirect leads.
final class Redirects {
    private static final Action.Location SAME = Action.Location.SAME;
    private static final Pattern PROTOCOL = Pattern.compile("^(HTTPS?|#\\{protocol\\})$");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
    private static final int LONGEST_PART = 128;

    private Redirects() {}

    /// The redirect with every part that was left out, as far as it is said correctly.
    ///
    /// @param at where the request has it
    /// @param port the listener's
    static RedirectActionConfig checked(RedirectActionConfig redirect, String at, int port) {
        new Constraints()
                .pattern(at + ".protocol", redirect.protocol(), PROTOCOL)
                .length(at + ".host", redirect.host(), 1, LONGEST_PART)
                .length(at + ".path", redirect.path(), 1, LONGEST_PART)
                .length(at + ".query", redirect.query(), 0, LONGEST_PART)
                .required(at + ".statusCode", redirect.statusCodeAsString())
                .oneOf(at + ".statusCode", redirect.statusCodeAsString(), List.of("HTTP_301", "HTTP_302"))
                .check();
        var whole = redirect.copy(r -> r.protocol(or(redirect.protocol(), SAME.protocol()))
                .host(or(redirect.host(), SAME.host()))
                .port(or(redirect.port(), SAME.port()))
                .path(or(redirect.path(), SAME.path()))
                .query(or(redirect.query(), SAME.query())));
        checkPort(whole.port());
        checkText("host", whole.host());
        checkText("path", whole.path());
        checkText("query", whole.query());
        if (!whole.path().startsWith("/")) {
            throw Errors.invalidAction(
                    "The redirect path '%s' must start with a '/' character".formatted(whole.path()));
        }
        if (leadsNowhereElse(whole, port)) {
            throw Errors.invalidAction("The redirect configuration is not valid because it creates a loop.");
        }
        return whole;
    }

    static Action route(RedirectActionConfig redirect) {
        return new Action.Redirect(
                redirect.statusCode() == RedirectActionStatusCodeEnum.HTTP_301 ? 301 : 302,
                new Action.Location(
                        redirect.protocol(), redirect.host(), redirect.port(), redirect.path(), redirect.query()));
    }

    private static void checkPort(String port) {
        if (port.equals(SAME.port())) {
            return;
        }
        if (!NUMBER.matcher(port).matches() || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            throw Errors.invalidAction(
                    "The redirect port '%s' must be '#{port}' or between '1-65535' inclusive".formatted(port));
        }
    }

    /// What stands in a header of the answer can't hold just anything.
    private static void checkText(String part, String text) {
        if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw Errors.invalidAction("The redirect %s '%s' contains invalid characters".formatted(part, text));
        }
    }

    private static boolean leadsNowhereElse(RedirectActionConfig redirect, int port) {
        return List.of(SAME.protocol(), "HTTP").contains(redirect.protocol())
                && List.of(SAME.port(), Integer.toString(port)).contains(redirect.port())
                && redirect.host().equals(SAME.host())
                && redirect.path().equals(SAME.path());
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}

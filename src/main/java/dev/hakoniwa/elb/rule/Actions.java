package dev.hakoniwa.elb.rule;

import dev.hakoniwa.elb.Constraints;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.proxy.Action.FixedResponse;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/// What a rule does with a request: exactly one of forward, redirect and fixed-response.
public final class Actions {
    private static final List<String> TYPES = List.of(
            "forward", "authenticate-oidc", "authenticate-cognito", "redirect", "fixed-response", "jwt-validation");
    private static final List<String> OF_HTTPS_LISTENERS =
            List.of("authenticate-oidc", "authenticate-cognito", "jwt-validation");
    private static final List<String> CONTENT_TYPES =
            List.of("text/html", "application/json", "application/javascript", "text/css", "text/plain");
    private static final Pattern STATUS = Pattern.compile("^(2|4|5)\\d\\d$");
    private static final int LAST_ORDER = 50_000;
    private static final int LONGEST_BODY = 1024;

    private Actions() {}

    /// The actions with all their defaults, as far as they are said correctly. Whether their target groups are
    /// there and may be used is [RuleBook]'s to say.
    ///
    /// @param member the request's member that holds them
    /// @param port the listener's
    static List<Action> checked(List<Action> actions, String member, int port) {
        if (actions.isEmpty()) {
            throw Errors.validation("An action must be specified");
        }
        for (var i = 0; i < actions.size(); i++) {
            checkForm(actions.get(i), "%s.%d.member".formatted(member, i + 1));
        }
        if (actions.size() > 1) {
            throw Errors.invalidAction("A rule must have exactly one action of type 'forward', 'redirect' or "
                    + "'fixed-response', and it must be the last action to be performed");
        }
        return List.of(checked(actions.getFirst(), member + ".1.member", port));
    }

    /// Checked actions as the data plane does them.
    public static dev.hakoniwa.proxy.Action route(List<Action> actions) {
        var action = actions.getLast();
        return switch (action.typeAsString()) {
            case "forward" -> Forwards.route(action.forwardConfig());
            case "redirect" -> Redirects.route(action.redirectConfig());
            case "fixed-response" -> route(action.fixedResponseConfig());
            case String other -> throw new IllegalStateException("unchecked action " + other);
        };
    }

    /// The ARNs of the target groups that checked actions forward to.
    static List<String> targetGroups(List<Action> actions) {
        return actions.stream()
                .filter(action -> action.forwardConfig() != null)
                .flatMap(action -> action.forwardConfig().targetGroups().stream())
                .map(TargetGroupTuple::targetGroupArn)
                .toList();
    }

    private static void checkForm(Action action, String at) {
        new Constraints()
                .required(at + ".type", action.typeAsString())
                .oneOf(at + ".type", action.typeAsString(), TYPES)
                .range(at + ".order", action.order(), 1, LAST_ORDER)
                .check();
        if (OF_HTTPS_LISTENERS.contains(action.typeAsString())) {
            throw Errors.invalidAction(
                    "Actions of type '%s' are supported only by HTTPS listeners".formatted(action.typeAsString()));
        }
    }

    private static Action checked(Action action, String at, int port) {
        return switch (action.typeAsString()) {
            case "forward" -> Forwards.checked(action, at);
            case "redirect" -> {
                var redirect = needed(action.redirectConfig(), action, "RedirectConfig");
                yield action.copy(a -> a.redirectConfig(Redirects.checked(redirect, at + ".redirectConfig", port)));
            }
            case "fixed-response" -> {
                check(needed(action.fixedResponseConfig(), action, "FixedResponseConfig"), at + ".fixedResponseConfig");
                yield action;
            }
            case String other -> throw new IllegalStateException("unchecked action " + other);
        };
    }

    private static <T> T needed(@org.jspecify.annotations.Nullable T config, Action action, String field) {
        if (config == null) {
            throw Errors.invalidAction("For actions of type '%s', you must specify the following fields: '%s'"
                    .formatted(action.typeAsString(), field));
        }
        return config;
    }

    private static void check(FixedResponseActionConfig response, String at) {
        new Constraints()
                .required(at + ".statusCode", response.statusCode())
                .pattern(at + ".statusCode", response.statusCode(), STATUS)
                .length(at + ".messageBody", response.messageBody(), 0, LONGEST_BODY)
                .check();
        var type = response.contentType();
        if (type != null && !type.isEmpty() && !CONTENT_TYPES.contains(type)) {
            throw Errors.invalidAction("The ContentType must be one of:'text/html', 'application/json', "
                    + "'application/javascript', 'text/css', 'text/plain'");
        }
    }

    private static FixedResponse route(FixedResponseActionConfig response) {
        return new FixedResponse(
                Integer.parseInt(response.statusCode()),
                response.contentType() == null ? "" : response.contentType(),
                response.messageBody() == null ? "" : response.messageBody());
    }
}

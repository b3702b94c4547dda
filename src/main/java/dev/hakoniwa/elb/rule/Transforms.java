package dev.hakoniwa.elb.rule;

import dev.hakoniwa.elb.Constraints;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.proxy.Transform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RewriteConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TransformTypeEnum;

/// The changes that a rule makes to a request before it is forwarded.
public final class Transforms {
    private static final List<String> TYPES = List.of("host-header-rewrite", "url-rewrite");
    private static final int LONGEST_TEXT = 1024;

    private Transforms() {}

    /// The transforms as far as they are said correctly: one of each type at most, with one rewrite each.
    static List<RuleTransform> checked(List<RuleTransform> transforms) {
        var seen = new HashSet<String>();
        var checked = new ArrayList<RuleTransform>();
        for (var transform : transforms) {
            var path = "transforms." + (checked.size() + 1) + ".member.type";
            new Constraints()
                    .required(path, transform.typeAsString())
                    .oneOf(path, transform.typeAsString(), TYPES)
                    .check();
            if (!seen.add(transform.typeAsString())) {
                throw Errors.validation(
                        "A rule can have only one transform of type '%s'".formatted(transform.typeAsString()));
            }
            check(transform);
            checked.add(transform);
        }
        return checked;
    }

    /// A checked transform as the data plane does it.
    public static Transform route(RuleTransform transform) {
        var rewrite = rewrites(transform).getFirst();
        var regex = Regexes.compiled(rewrite.regex());
        return transform.type() == TransformTypeEnum.HOST_HEADER_REWRITE
                ? new Transform.HostHeaderRewrite(regex, rewrite.replace())
                : new Transform.UrlRewrite(regex, rewrite.replace());
    }

    private static void check(RuleTransform transform) {
        var rewrites = rewrites(transform);
        if (rewrites.size() != 1) {
            throw Errors.validation(
                    "A transform of type '%s' must have exactly one rewrite".formatted(transform.typeAsString()));
        }
        var rewrite = rewrites.getFirst();
        new Constraints()
                .required("regex", rewrite.regex())
                .length("regex", rewrite.regex(), 1, LONGEST_TEXT)
                .required("replace", rewrite.replace())
                .length("replace", rewrite.replace(), 0, LONGEST_TEXT)
                .check();
        var regex = Regexes.compiled(rewrite.regex());
        Regexes.checkReplacement(regex, rewrite.replace());
    }

    private static List<RewriteConfig> rewrites(RuleTransform transform) {
        if (transform.type() == TransformTypeEnum.HOST_HEADER_REWRITE) {
            return transform.hostHeaderRewriteConfig() == null
                    ? List.of()
                    : transform.hostHeaderRewriteConfig().rewrites();
        }
        return transform.urlRewriteConfig() == null
                ? List.of()
                : transform.urlRewriteConfig().rewrites();
    }
}

package dev.hakoniwa.elb;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Elastic Load Balancing's ARNs, and the keys behind which its resources are kept: what an ARN says after its type.
/// A listener's key begins with its load balancer's, and a rule's with its listener's.
public final class ElbArns {
    private static final String SERVICE = "elasticloadbalancing";

    private ElbArns() {}

    /// The kinds of resources that have an ARN.
    public enum Kind {
        LOAD_BALANCER("loadbalancer", "load balancer", "(app|net|gwy)/[^/]+/[0-9a-f]{16}"),
        LISTENER("listener", "listener", "(app|net|gwy)/[^/]+/[0-9a-f]{16}/[0-9a-f]{16}"),
        RULE("listener-rule", "listener rule", "(app|net|gwy)/[^/]+/[0-9a-f]{16}/[0-9a-f]{16}/[0-9a-f]{16}"),
        TARGET_GROUP("targetgroup", "target group", "[^/]+/[0-9a-f]{16}");

        private final String type;
        private final String words;
        private final Pattern key;

        Kind(String type, String words, String key) {
            this.type = type;
            this.words = words;
            this.key = Pattern.compile(key);
        }

        public String arn(Scope scope, String key) {
            return scope.arn(SERVICE, type + "/" + key).toString();
        }

        /// The key in an ARN of this kind that a request's member names, with AWS's errors for none and for another
        /// text.
        public String key(Scope scope, String member, @Nullable String arn) {
            var text = Constraints.present(member, arn);
            return find(scope, text).orElseThrow(() -> Errors.notAnArn(text, words));
        }

        /// The key in an ARN of this kind in this scope.
        public Optional<String> find(Scope scope, String arn) {
            return Arn.parse(arn)
                    .filter(parsed -> parsed.service().equals(SERVICE) && parsed.isIn(scope))
                    .filter(parsed -> parsed.resourceType().equals(type))
                    .map(Arn::resourceId)
                    .filter(key.asMatchPredicate());
        }
    }

    /// The key of the load balancer that a listener or rule belongs to.
    public static String loadBalancerOf(String listenerOrRule) {
        return firstParts(listenerOrRule, 3);
    }

    /// The key of the listener that a rule belongs to.
    public static String listenerOf(String rule) {
        return firstParts(rule, 4);
    }

    private static String firstParts(String key, int count) {
        var end = -1;
        for (var i = 0; i < count; i++) {
            end = key.indexOf('/', end + 1);
            if (end < 0) {
                return key;
            }
        }
        return key.substring(0, end);
    }
}

package dev.hakoniwa.elb.rule;

import dev.hakoniwa.elb.Constraints;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.proxy.Action.Forward;
import dev.hakoniwa.proxy.Action.WeightedGroup;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/// Forwarding to target groups by weight.
final class Forwards {
    private static final int MOST_GROUPS = 5;
    private static final int HEAVIEST = 999;
    private static final int LONGEST_STICKINESS = 604_800;

    private Forwards() {}

    /// The action with its group both ways in which AWS tells a single one, and with every default.
    static Action checked(Action action, String at) {
        var groups = groups(action, at);
        if (groups.size() > MOST_GROUPS) {
            throw Errors.tooMany("TooManyTargetGroups", "target groups per forward action", MOST_GROUPS);
        }
        var arns = new HashSet<String>();
        for (var group : groups) {
            if (!arns.add(group.targetGroupArn())) {
                throw Errors.validation("Target group '%s' was provided multiple times in a forward action"
                        .formatted(group.targetGroupArn()));
            }
            if (group.weight() < 0 || group.weight() > HEAVIEST) {
                throw Errors.validation("Target group weight '%d' must be between '0-%d' inclusive"
                        .formatted(group.weight(), HEAVIEST));
            }
        }
        var stickiness = stickiness(action.forwardConfig());
        return action.copy(
                a -> a.targetGroupArn(groups.size() == 1 ? groups.getFirst().targetGroupArn() : null)
                        .forwardConfig(f -> f.targetGroups(groups).targetGroupStickinessConfig(stickiness)));
    }

    static Forward route(ForwardActionConfig forward) {
        var stickiness = forward.targetGroupStickinessConfig();
        return new Forward(
                forward.targetGroups().stream()
                        .map(group -> new WeightedGroup(group.targetGroupArn(), group.weight()))
                        .toList(),
                stickiness.enabled() ? Duration.ofSeconds(stickiness.durationSeconds()) : Duration.ZERO);
    }

    private static List<TargetGroupTuple> groups(Action action, String at) {
        var single = action.targetGroupArn();
        var config = action.forwardConfig();
        var several = config == null ? List.<TargetGroupTuple>of() : config.targetGroups();
        if (single == null && several.isEmpty()) {
            throw Errors.invalidAction(
                    "For actions of type 'forward', you must specify the following fields: 'TargetGroupArn'");
        }
        if (several.isEmpty()) {
            return List.of(
                    TargetGroupTuple.builder().targetGroupArn(single).weight(1).build());
        }
        if (single != null
                && !(several.size() == 1 && single.equals(several.getFirst().targetGroupArn()))) {
            throw Errors.invalidAction(
                    "You can specify only one target group in both 'TargetGroupArn' and 'ForwardConfig', "
                            + "and it must be the same target group");
        }
        for (var i = 0; i < several.size(); i++) {
            Constraints.present(
                    "%s.forwardConfig.targetGroups.%d.member.targetGroupArn".formatted(at, i + 1),
                    several.get(i).targetGroupArn());
        }
        return several.stream()
                .map(group -> group.copy(g -> g.weight(group.weight() == null ? 1 : group.weight())))
                .toList();
    }

    private static TargetGroupStickinessConfig stickiness(@Nullable ForwardActionConfig forward) {
        var wanted = forward == null ? null : forward.targetGroupStickinessConfig();
        if (wanted == null) {
            return TargetGroupStickinessConfig.builder().enabled(false).build();
        }
        var enabled = Boolean.TRUE.equals(wanted.enabled());
        var seconds = wanted.durationSeconds();
        if (enabled && seconds == null) {
            throw Errors.validation("A target group stickiness duration must be specified to enable stickiness");
        }
        if (enabled && (seconds < 1 || seconds > LONGEST_STICKINESS)) {
            throw Errors.validation("Target group stickiness duration '%d' must be between '1-%d' inclusive"
                    .formatted(seconds, LONGEST_STICKINESS));
        }
        return wanted.copy(stickiness -> stickiness.enabled(enabled));
    }
}

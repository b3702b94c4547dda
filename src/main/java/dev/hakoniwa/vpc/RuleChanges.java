package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.vpc.Permissions.Side;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleDescription;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsEgressRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsEgressResponse;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressResponse;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/// The operations that change rules of security groups in their place.
final class RuleChanges {
    private final SecurityGroups groups;
    private final SecurityGroupOperations operations;
    private final WantedRules wanted;

    RuleChanges(SecurityGroups groups, SecurityGroupOperations operations) {
        this.groups = groups;
        this.operations = operations;
        this.wanted = new WantedRules(groups, operations);
    }

    ModifySecurityGroupRulesResponse modify(Call call, ModifySecurityGroupRulesRequest request) {
        var scope = call.scope();
        var group = operations.meant(scope, Errors.present(request.groupId(), "GroupId"), null);
        if (request.securityGroupRules().isEmpty()) {
            throw Errors.missing("SecurityGroupRule");
        }
        for (var update : request.securityGroupRules()) {
            var rule = rule(scope, group.groupId(), update.securityGroupRuleId());
            var change = update.securityGroupRule();
            if (change == null) {
                throw Errors.missing("SecurityGroupRule");
            }
            groups.replaceRule(scope, changed(scope, rule, change));
        }
        return ModifySecurityGroupRulesResponse.builder().returnValue(true).build();
    }

    UpdateSecurityGroupRuleDescriptionsIngressResponse describeIngress(
            Call call, UpdateSecurityGroupRuleDescriptionsIngressRequest request) {
        var group = operations.meant(call.scope(), request.groupId(), request.groupName());
        var side = new Side(call.scope(), group.groupId(), false);
        describe(side, request.ipPermissions(), request.securityGroupRuleDescriptions());
        return UpdateSecurityGroupRuleDescriptionsIngressResponse.builder()
                .returnValue(true)
                .build();
    }

    UpdateSecurityGroupRuleDescriptionsEgressResponse describeEgress(
            Call call, UpdateSecurityGroupRuleDescriptionsEgressRequest request) {
        var group = operations.meant(call.scope(), request.groupId(), request.groupName());
        var side = new Side(call.scope(), group.groupId(), true);
        describe(side, request.ipPermissions(), request.securityGroupRuleDescriptions());
        return UpdateSecurityGroupRuleDescriptionsEgressResponse.builder()
                .returnValue(true)
                .build();
    }

    /// The rules are named by their ids or by what they say; one without a description loses the one it has.
    private void describe(Side side, List<IpPermission> permissions, List<SecurityGroupRuleDescription> descriptions) {
        if (permissions.isEmpty() == descriptions.isEmpty()) {
            throw Errors.eitherPermissionsOrDescriptions();
        }
        for (var one : descriptions) {
            var row = rule(side.scope(), side.groupId(), one.securityGroupRuleId());
            if (row.isEgress() != side.isEgress()) {
                throw Errors.ruleNotFound(row.securityGroupRuleId());
            }
            groups.replaceRule(side.scope(), row.copy(r -> r.description(one.description())));
        }
        if (!permissions.isEmpty()) {
            for (var rule : wanted.of(side, permissions)) {
                var row = groups.rules(side.scope(), side.groupId(), side.isEgress()).stream()
                        .filter(other -> Permissions.essence(other).equals(Permissions.essence(rule)))
                        .findFirst()
                        .orElseThrow(Errors::permissionNotFound);
                groups.replaceRule(side.scope(), row.copy(r -> r.description(rule.description())));
            }
        }
    }

    private SecurityGroupRule rule(Scope scope, String groupId, @Nullable String ruleId) {
        var wantedId = Errors.present(ruleId, "SecurityGroupRuleId");
        return groups.rules(scope, groupId).stream()
                .filter(row -> row.securityGroupRuleId().equals(wantedId))
                .findFirst()
                .orElseThrow(() -> Errors.ruleNotFound(wantedId));
    }

    /// Everything but the kind of the rule's source can change.
    private SecurityGroupRule changed(Scope scope, SecurityGroupRule rule, SecurityGroupRuleRequest change) {
        if (sources(change) != 1) {
            throw Errors.exactlyOneSource();
        }
        var side = new Side(scope, rule.groupId(), rule.isEgress());
        var next = wanted.of(side, List.of(permission(change))).getFirst();
        if (!Permissions.kind(next).equals(Permissions.kind(rule))) {
            throw Errors.otherKindOfRule(Permissions.kind(next), Permissions.kind(rule));
        }
        return next.copy(r -> r.securityGroupRuleId(rule.securityGroupRuleId())
                .securityGroupRuleArn(rule.securityGroupRuleArn())
                .groupOwnerId(rule.groupOwnerId()));
    }

    private static long sources(SecurityGroupRuleRequest change) {
        return Stream.of(change.cidrIpv4(), change.cidrIpv6(), change.prefixListId(), change.referencedGroupId())
                .filter(Objects::nonNull)
                .count();
    }

    private static IpPermission permission(SecurityGroupRuleRequest change) {
        var description = change.description();
        var permission = IpPermission.builder()
                .ipProtocol(change.ipProtocol())
                .fromPort(change.fromPort())
                .toPort(change.toPort());
        if (change.cidrIpv4() != null) {
            permission.ipRanges(IpRange.builder()
                    .cidrIp(change.cidrIpv4())
                    .description(description)
                    .build());
        }
        if (change.cidrIpv6() != null) {
            permission.ipv6Ranges(Ipv6Range.builder()
                    .cidrIpv6(change.cidrIpv6())
                    .description(description)
                    .build());
        }
        if (change.prefixListId() != null) {
            permission.prefixListIds(PrefixListId.builder()
                    .prefixListId(change.prefixListId())
                    .description(description)
                    .build());
        }
        if (change.referencedGroupId() != null) {
            permission.userIdGroupPairs(UserIdGroupPair.builder()
                    .groupId(change.referencedGroupId())
                    .description(description)
                    .build());
        }
        return permission.build();
    }
}

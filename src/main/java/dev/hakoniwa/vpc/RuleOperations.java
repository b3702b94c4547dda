package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.vpc.Permissions.Side;
import dev.hakoniwa.vpc.Selection.Wish;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.RevokedSecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/// The operations on the rules of security groups.
final class RuleOperations {
    private final Inventory inventory;
    private final SecurityGroups groups;
    private final SecurityGroupOperations operations;
    private final Tagging tagging;
    private final Selection selection;
    private final WantedRules wanted;

    RuleOperations(Inventory inventory, SecurityGroups groups, SecurityGroupOperations operations, Tagging tagging) {
        this.inventory = inventory;
        this.groups = groups;
        this.operations = operations;
        this.tagging = tagging;
        this.selection = new Selection(inventory);
        this.wanted = new WantedRules(groups, operations);
    }

    AuthorizeSecurityGroupIngressResponse authorizeIngress(Call call, AuthorizeSecurityGroupIngressRequest request) {
        var group = operations.meant(call.scope(), request.groupId(), request.groupName());
        var side = new Side(call.scope(), group.groupId(), false);
        var permissions = request.hasIpPermissions() ? request.ipPermissions() : List.of(flat(request));
        return AuthorizeSecurityGroupIngressResponse.builder()
                .returnValue(true)
                .securityGroupRules(authorize(side, permissions, request.tagSpecifications()))
                .build();
    }

    AuthorizeSecurityGroupEgressResponse authorizeEgress(Call call, AuthorizeSecurityGroupEgressRequest request) {
        var group = operations.meant(call.scope(), Errors.present(request.groupId(), "GroupId"), null);
        var side = new Side(call.scope(), group.groupId(), true);
        return AuthorizeSecurityGroupEgressResponse.builder()
                .returnValue(true)
                .securityGroupRules(authorize(side, request.ipPermissions(), request.tagSpecifications()))
                .build();
    }

    RevokeSecurityGroupIngressResponse revokeIngress(Call call, RevokeSecurityGroupIngressRequest request) {
        var group = operations.meant(call.scope(), request.groupId(), request.groupName());
        var side = new Side(call.scope(), group.groupId(), false);
        var permissions = request.ipProtocol() == null ? request.ipPermissions() : List.of(flat(request));
        return RevokeSecurityGroupIngressResponse.builder()
                .returnValue(true)
                .revokedSecurityGroupRules(revoke(side, permissions, request.securityGroupRuleIds()))
                .build();
    }

    RevokeSecurityGroupEgressResponse revokeEgress(Call call, RevokeSecurityGroupEgressRequest request) {
        var group = operations.meant(call.scope(), Errors.present(request.groupId(), "GroupId"), null);
        var side = new Side(call.scope(), group.groupId(), true);
        return RevokeSecurityGroupEgressResponse.builder()
                .returnValue(true)
                .revokedSecurityGroupRules(revoke(side, request.ipPermissions(), request.securityGroupRuleIds()))
                .build();
    }

    DescribeSecurityGroupRulesResponse describe(Call call, DescribeSecurityGroupRulesRequest request) {
        var scope = call.scope();
        operations.touch(scope);
        var wish =
                new Wish(request.securityGroupRuleIds(), request.filters(), request.maxResults(), request.nextToken());
        var page = selection.of(scope, Kinds.securityGroupRules(inventory), wish);
        return DescribeSecurityGroupRulesResponse.builder()
                .securityGroupRules(
                        page.items().stream().map(rule -> view(scope, rule)).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private List<SecurityGroupRule> authorize(
            Side side, List<IpPermission> permissions, List<TagSpecification> tagSpecifications) {
        var added = new ArrayList<SecurityGroupRule>();
        for (var rule : wanted.of(side, permissions)) {
            var row = groups.addRule(side.scope(), rule);
            tagging.addAll(
                    side.scope(), row.securityGroupRuleId(), ResourceType.SECURITY_GROUP_RULE, tagSpecifications);
            added.add(view(side.scope(), row));
        }
        return added;
    }

    private List<RevokedSecurityGroupRule> revoke(Side side, List<IpPermission> permissions, List<String> ruleIds) {
        var rows = groups.rules(side.scope(), side.groupId(), side.isEgress());
        var doomed = new ArrayList<SecurityGroupRule>();
        for (var ruleId : ruleIds) {
            doomed.add(rows.stream()
                    .filter(row -> row.securityGroupRuleId().equals(ruleId))
                    .findFirst()
                    .orElseThrow(() -> Errors.ruleNotFound(ruleId)));
        }
        if (ruleIds.isEmpty()) {
            for (var rule : wanted.of(side, permissions)) {
                doomed.add(rows.stream()
                        .filter(row -> Permissions.essence(row).equals(rule.copy(r -> r.description(null))))
                        .findFirst()
                        .orElseThrow(Errors::permissionNotFound));
            }
        }
        doomed.forEach(row -> groups.removeRule(side.scope(), row));
        return doomed.stream().map(RuleOperations::revoked).toList();
    }

    private SecurityGroupRule view(Scope scope, SecurityGroupRule rule) {
        return rule.copy(r -> r.tags(tagging.of(scope, rule.securityGroupRuleId())));
    }

    private static RevokedSecurityGroupRule revoked(SecurityGroupRule rule) {
        var other = rule.referencedGroupInfo();
        return RevokedSecurityGroupRule.builder()
                .securityGroupRuleId(rule.securityGroupRuleId())
                .groupId(rule.groupId())
                .isEgress(rule.isEgress())
                .ipProtocol(rule.ipProtocol())
                .fromPort(rule.fromPort())
                .toPort(rule.toPort())
                .cidrIpv4(rule.cidrIpv4())
                .cidrIpv6(rule.cidrIpv6())
                .prefixListId(rule.prefixListId())
                .referencedGroupId(other == null ? null : other.groupId())
                .description(rule.description())
                .build();
    }

    /// The one permission that older callers spell in members of the request itself.
    private static IpPermission flat(AuthorizeSecurityGroupIngressRequest request) {
        return flat(request.cidrIp(), request.sourceSecurityGroupName())
                .copy(p -> p.ipProtocol(request.ipProtocol())
                        .fromPort(request.fromPort())
                        .toPort(request.toPort()));
    }

    private static IpPermission flat(RevokeSecurityGroupIngressRequest request) {
        return flat(request.cidrIp(), request.sourceSecurityGroupName())
                .copy(p -> p.ipProtocol(request.ipProtocol())
                        .fromPort(request.fromPort())
                        .toPort(request.toPort()));
    }

    private static IpPermission flat(@Nullable String cidr, @Nullable String groupName) {
        var permission = IpPermission.builder();
        if (cidr != null) {
            permission.ipRanges(IpRange.builder().cidrIp(cidr).build());
        }
        if (groupName != null) {
            permission.userIdGroupPairs(
                    UserIdGroupPair.builder().groupName(groupName).build());
        }
        return permission.build();
    }
}

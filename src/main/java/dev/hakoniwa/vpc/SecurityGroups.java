package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/// Security groups. Their rules are rows of their own, which a group's `ipPermissions` are made of.
final class SecurityGroups {
    static final String DEFAULT = "default";
    static final String ALL_PROTOCOLS = "-1";
    private static final int RULES_AT_MOST = 60;

    private final Inventory inventory;
    private final Ids ids;

    SecurityGroups(Inventory inventory, Ids ids) {
        this.inventory = inventory;
        this.ids = ids;
    }

    /// The group that each VPC is born with: everything from its own members, everything to everywhere.
    String addDefault(Scope scope, String vpcId) {
        var groupId = add(scope, vpcId, DEFAULT, "default VPC security group").groupId();
        addRule(
                scope,
                allTraffic(groupId, false)
                        .referencedGroupInfo(other ->
                                other.groupId(groupId).userId(scope.account().value()))
                        .build());
        return groupId;
    }

    /// A group with AWS's first rule: everything to everywhere.
    SecurityGroup add(Scope scope, String vpcId, String name, String description) {
        var groupId = "sg-" + ids.hex(17);
        addRule(scope, allTraffic(groupId, true).cidrIpv4("0.0.0.0/0").build());
        return inventory.securityGroups.put(
                scope,
                groupId,
                SecurityGroup.builder()
                        .groupId(groupId)
                        .groupName(name)
                        .description(description)
                        .vpcId(vpcId)
                        .ownerId(scope.account().value())
                        .securityGroupArn(
                                scope.arn("ec2", "security-group/" + groupId).toString())
                        .build());
    }

    SecurityGroup find(Scope scope, String groupId) {
        return inventory.securityGroups.find(scope, groupId).orElseThrow(() -> Errors.groupNotFound(groupId));
    }

    List<SecurityGroup> in(Scope scope, String vpcId) {
        return inventory.securityGroups.where(scope, group -> vpcId.equals(group.vpcId()));
    }

    /// Whether an interface, an instance or a rule of another group needs the group.
    boolean isUsed(Scope scope, String groupId) {
        var ofInterfaces = inventory.interfaces.all(scope).stream().flatMap(row -> row.groups().stream());
        var ofInstances = inventory.instances.all(scope).stream().flatMap(row -> row.securityGroups().stream());
        return ofInterfaces.anyMatch(group -> groupId.equals(group.groupId()))
                || ofInstances.anyMatch(group -> groupId.equals(group.groupId()))
                || inventory.securityGroupRules.all(scope).stream()
                        .anyMatch(rule -> !rule.groupId().equals(groupId) && refersTo(rule, groupId));
    }

    void remove(Scope scope, String groupId) {
        rules(scope, groupId).forEach(rule -> removeRule(scope, rule));
        inventory.tags.remove(scope, groupId);
        inventory.securityGroups.remove(scope, groupId);
    }

    List<SecurityGroupRule> rules(Scope scope, String groupId) {
        return inventory.securityGroupRules.startingWith(scope, groupId + "/");
    }

    List<SecurityGroupRule> rules(Scope scope, String groupId, boolean isEgress) {
        return rules(scope, groupId).stream()
                .filter(rule -> rule.isEgress() == isEgress)
                .toList();
    }

    SecurityGroupRule addRule(Scope scope, SecurityGroupRule rule) {
        var others = rules(scope, rule.groupId(), rule.isEgress());
        if (others.stream().anyMatch(other -> Permissions.essence(other).equals(Permissions.essence(rule)))) {
            throw Errors.ruleExists(Permissions.text(rule));
        }
        if (others.size() >= RULES_AT_MOST) {
            throw Errors.tooManyRules();
        }
        var ruleId = "sgr-" + ids.hex(17);
        var row = rule.copy(r -> r.securityGroupRuleId(ruleId)
                .groupOwnerId(scope.account().value())
                .securityGroupRuleArn(
                        scope.arn("ec2", "security-group-rule/" + ruleId).toString()));
        return inventory.securityGroupRules.put(scope, key(row), row);
    }

    /// Puts a rule in its older self's place.
    void replaceRule(Scope scope, SecurityGroupRule rule) {
        var others = rules(scope, rule.groupId(), rule.isEgress()).stream()
                .filter(other -> !other.securityGroupRuleId().equals(rule.securityGroupRuleId()));
        if (others.anyMatch(other -> Permissions.essence(other).equals(Permissions.essence(rule)))) {
            throw Errors.ruleExists(Permissions.text(rule));
        }
        inventory.securityGroupRules.put(scope, key(rule), rule);
    }

    void removeRule(Scope scope, SecurityGroupRule rule) {
        inventory.tags.remove(scope, rule.securityGroupRuleId());
        inventory.securityGroupRules.remove(scope, key(rule));
    }

    private static String key(SecurityGroupRule rule) {
        return rule.groupId() + "/" + rule.securityGroupRuleId();
    }

    private static boolean refersTo(SecurityGroupRule rule, String groupId) {
        var other = rule.referencedGroupInfo();
        return other != null && groupId.equals(other.groupId());
    }

    private static SecurityGroupRule.Builder allTraffic(String groupId, boolean isEgress) {
        return SecurityGroupRule.builder()
                .groupId(groupId)
                .isEgress(isEgress)
                .ipProtocol(ALL_PROTOCOLS)
                .fromPort(-1)
                .toPort(-1);
    }
}

package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/// Security groups. Their rules are rows of their own, which a group's `ipPermissions` are made of.
final class SecurityGroups {
    static final String DEFAULT = "default";
    private static final String ALL_PROTOCOLS = "-1";

    private final Inventory inventory;
    private final Ids ids;

    SecurityGroups(Inventory inventory, Ids ids) {
        this.inventory = inventory;
        this.ids = ids;
    }

    /// The group that each VPC is born with: everything from its own members, everything to everywhere.
    String addDefault(Scope scope, String vpcId) {
        var groupId = add(scope, vpcId, DEFAULT, "default VPC security group");
        addRule(
                scope,
                allTraffic(groupId, false)
                        .referencedGroupInfo(other ->
                                other.groupId(groupId).userId(scope.account().value()))
                        .build());
        return groupId;
    }

    /// A group with AWS's first rule: everything to everywhere.
    String add(Scope scope, String vpcId, String name, String description) {
        var groupId = "sg-" + ids.hex(17);
        inventory.securityGroups.put(
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
        addRule(scope, allTraffic(groupId, true).cidrIpv4("0.0.0.0/0").build());
        return groupId;
    }

    private SecurityGroupRule.Builder allTraffic(String groupId, boolean isEgress) {
        return SecurityGroupRule.builder()
                .groupId(groupId)
                .isEgress(isEgress)
                .ipProtocol(ALL_PROTOCOLS)
                .fromPort(-1)
                .toPort(-1);
    }

    private SecurityGroupRule addRule(Scope scope, SecurityGroupRule rule) {
        var ruleId = "sgr-" + ids.hex(17);
        var row = rule.copy(r -> r.securityGroupRuleId(ruleId)
                .groupOwnerId(scope.account().value())
                .securityGroupRuleArn(
                        scope.arn("ec2", "security-group-rule/" + ruleId).toString()));
        return inventory.securityGroupRules.put(scope, rule.groupId() + "/" + ruleId, row);
    }
}

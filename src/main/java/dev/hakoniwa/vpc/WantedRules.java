package dev.hakoniwa.vpc;

import dev.hakoniwa.vpc.Permissions.Side;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/// The rules that a request's permissions stand for, with the groups that they name found.
final class WantedRules {
    private final SecurityGroups groups;
    private final SecurityGroupOperations operations;

    WantedRules(SecurityGroups groups, SecurityGroupOperations operations) {
        this.groups = groups;
        this.operations = operations;
    }

    List<SecurityGroupRule> of(Side side, List<IpPermission> permissions) {
        if (permissions.isEmpty()) {
            throw Errors.missing("ipPermissions");
        }
        var rules = permissions.stream()
                .map(permission -> permission.copy(p -> p.userIdGroupPairs(permission.userIdGroupPairs().stream()
                        .map(pair -> found(side, pair))
                        .toList())))
                .flatMap(permission -> Permissions.rules(side, permission).stream())
                .toList();
        if (rules.stream().map(Permissions::essence).distinct().count() < rules.size()) {
            throw Errors.invalidValue("The same permission must not appear multiple times");
        }
        return rules;
    }

    private UserIdGroupPair found(Side side, UserIdGroupPair pair) {
        var other = operations.meant(side.scope(), pair.groupId(), pair.groupName());
        if (!other.vpcId().equals(groups.find(side.scope(), side.groupId()).vpcId())) {
            throw Errors.differentNetworks();
        }
        return pair.copy(p -> p.groupId(other.groupId()));
    }
}

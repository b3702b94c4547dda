package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.RuleAction;

/// Network ACLs: only the one that each VPC is born with, which lets everything through.
final class NetworkAcls {
    private static final int FIRST_RULE = 100;
    private static final int LAST_RULE = 32767;

    private final Inventory inventory;
    private final Ids ids;

    NetworkAcls(Inventory inventory, Ids ids) {
        this.inventory = inventory;
        this.ids = ids;
    }

    String addDefault(Scope scope, String vpcId) {
        var aclId = "acl-" + ids.hex(17);
        inventory.networkAcls.put(
                scope,
                aclId,
                NetworkAcl.builder()
                        .networkAclId(aclId)
                        .vpcId(vpcId)
                        .isDefault(true)
                        .ownerId(scope.account().value())
                        .entries(entries())
                        .associations(List.of())
                        .build());
        return aclId;
    }

    /// Puts a new subnet under the ACL of its VPC.
    void associate(Scope scope, String aclId, String subnetId) {
        var association = NetworkAclAssociation.builder()
                .networkAclAssociationId("aclassoc-" + ids.hex(17))
                .networkAclId(aclId)
                .subnetId(subnetId)
                .build();
        inventory.networkAcls.update(scope, aclId, acl -> {
            var associations = new ArrayList<>(acl.associations());
            associations.add(association);
            return acl.copy(a -> a.associations(associations));
        });
    }

    /// Forgets a subnet that goes.
    void disassociate(Scope scope, String subnetId) {
        for (var acl : inventory.networkAcls.all(scope)) {
            var left = acl.associations().stream()
                    .filter(association -> !subnetId.equals(association.subnetId()))
                    .toList();
            inventory.networkAcls.put(scope, acl.networkAclId(), acl.copy(a -> a.associations(left)));
        }
    }

    private static List<NetworkAclEntry> entries() {
        return List.of(
                entry(true, FIRST_RULE, RuleAction.ALLOW),
                entry(true, LAST_RULE, RuleAction.DENY),
                entry(false, FIRST_RULE, RuleAction.ALLOW),
                entry(false, LAST_RULE, RuleAction.DENY));
    }

    private static NetworkAclEntry entry(boolean egress, int number, RuleAction action) {
        return NetworkAclEntry.builder()
                .egress(egress)
                .ruleNumber(number)
                .ruleAction(action)
                .protocol("-1")
                .cidrBlock("0.0.0.0/0")
                .build();
    }
}

package dev.hakoniwa.elb.loadbalancer;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.vpc.Networking;
import java.util.List;

/// The security groups of a load balancer: those that are asked for, or the VPC's default one.
final class SecurityGroups {
    private SecurityGroups() {}

    static List<String> of(Networking networking, Scope scope, String vpcId, List<String> wanted) {
        if (wanted.isEmpty()) {
            return networking.defaultSecurityGroup(scope, vpcId).stream().toList();
        }
        for (var id : wanted) {
            var vpc = networking.vpcOfSecurityGroup(scope, id).orElseThrow(Errors::securityGroupsNotFound);
            if (!vpc.equals(vpcId)) {
                throw Errors.invalidConfiguration("One or more security groups are invalid");
            }
        }
        return wanted.stream().distinct().toList();
    }
}

package dev.hakoniwa.elb.targetgroup;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.Addresses;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.proxy.Address;
import dev.hakoniwa.vpc.Networking;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// Where targets are reached, and which of them may be registered.
public final class TargetAddresses {
    private static final Pattern INSTANCE = Pattern.compile("i-[0-9a-f]{8,17}");
    private static final String ALL_ZONES = "all";

    private final Networking networking;

    public TargetAddresses(Networking networking) {
        this.networking = networking;
    }

    /// The address of a target that a request names, with AWS's errors for what can't be one.
    Address checked(Scope scope, TargetGroup group, TargetDescription target, int port) {
        if (group.targetType() == TargetTypeEnum.INSTANCE) {
            checkInstance(scope, target);
        } else {
            checkIp(scope, group, target.id(), target.availabilityZone());
        }
        return find(scope, group, target.id(), port).orElseThrow();
    }

    Optional<Address> find(Scope scope, TargetGroup group, String id, int port) {
        if (group.targetType() == TargetTypeEnum.INSTANCE) {
            return networking.instance(scope, id).map(instance -> new Address(instance.address(), port));
        }
        return Optional.of(new Address(id, port));
    }

    private void checkInstance(Scope scope, TargetDescription target) {
        var id = target.id();
        if (!INSTANCE.matcher(id).matches()) {
            throw Errors.validation("Instance ID '%s' is not valid".formatted(id));
        }
        if (target.availabilityZone() != null) {
            throw Errors.validation(
                    "You cannot specify an Availability Zone for targets of target groups with target type 'instance'");
        }
        if (networking.instance(scope, id).isEmpty()) {
            throw Errors.invalidTarget(
                    "The following targets are not in a running state and cannot be registered: '%s'".formatted(id));
        }
    }

    private void checkIp(Scope scope, TargetGroup group, String ip, @Nullable String zone) {
        if (!Addresses.isV4(ip)) {
            throw Errors.validation("The IP address '%s' is not a valid IPv4 address".formatted(ip));
        }
        if (networking.isInVpc(scope, group.vpcId(), ip)) {
            if (ALL_ZONES.equals(zone)) {
                throw Errors.validation(
                        "The IP address '%s' is within the VPC, and cannot have its Availability Zone overridden to 'all'"
                                .formatted(ip));
            }
            return;
        }
        if (!Addresses.isPrivate(ip)) {
            throw Errors.invalidTarget(
                    "The IP address '%s' is outside the VPC and not in a private range".formatted(ip));
        }
        if (zone == null) {
            throw Errors.validation(
                    "You must specify a valid Availability Zone or select 'all' for all enabled Availability zones, "
                            + "since the IP address '%s' is outside the VPC".formatted(ip));
        }
    }
}

package dev.hakoniwa.elb.targetgroup;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.Addresses;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.elb.targetgroup.RegisteredTarget.Place;
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

    private final Networking networking;

    public TargetAddresses(Networking networking) {
        this.networking = networking;
    }

    /// The place of a target that a request names, with AWS's errors for what can't be one.
    Place checked(Scope scope, TargetGroup group, TargetDescription target, int port) {
        if (group.targetType() == TargetTypeEnum.INSTANCE) {
            return checkedInstance(scope, target, port);
        }
        return checkedIp(scope, group, target, port);
    }

    /// The place of a target that another service names; none for an instance that isn't there. The instances that this
    /// machine plays are at home in every zone.
    Optional<Place> find(Scope scope, TargetGroup group, String id, int port) {
        if (group.targetType() == TargetTypeEnum.INSTANCE) {
            return networking
                    .instance(scope, id)
                    .map(instance -> new Place(new Address(instance.address(), port), null));
        }
        var zone = networking.zoneOf(scope, group.vpcId(), id).orElse(null);
        return Optional.of(new Place(reached(scope, group, id, port), zone));
    }

    private Place checkedInstance(Scope scope, TargetDescription target, int port) {
        var id = target.id();
        if (!INSTANCE.matcher(id).matches()) {
            throw Errors.validation("Instance ID '%s' is not valid".formatted(id));
        }
        if (target.availabilityZone() != null) {
            throw Errors.validation(
                    "You cannot specify an Availability Zone for targets of target groups with target type 'instance'");
        }
        return networking
                .instance(scope, id)
                .map(instance -> new Place(new Address(instance.address(), port), null))
                .orElseThrow(() -> Errors.invalidTarget(
                        "The following targets are not in a running state and cannot be registered: '%s'"
                                .formatted(id)));
    }

    private Place checkedIp(Scope scope, TargetGroup group, TargetDescription target, int port) {
        var ip = target.id();
        if (!Addresses.isV4(ip)) {
            throw Errors.validation("The IP address '%s' is not a valid IPv4 address".formatted(ip));
        }
        var zone = networking
                .zoneOf(scope, group.vpcId(), ip)
                .map(own -> inside(ip, own, target.availabilityZone()))
                .orElseGet(() -> outside(ip, target.availabilityZone()));
        return new Place(reached(scope, group, ip, port), zone);
    }

    private Address reached(Scope scope, TargetGroup group, String ip, int port) {
        var reached = networking.reached(scope, group.vpcId(), ip, port);
        return new Address(reached.address(), reached.port());
    }

    private static String inside(String ip, String own, @Nullable String wanted) {
        if (wanted != null && !wanted.equals(own)) {
            throw Errors.validation(
                    "The IP address '%s' is within the VPC, and cannot have its Availability Zone overridden to '%s' from '%s'"
                            .formatted(ip, wanted, own));
        }
        return own;
    }

    private static String outside(String ip, @Nullable String zone) {
        if (!Addresses.isPrivate(ip)) {
            throw Errors.invalidTarget(
                    "The IP address '%s' is outside the VPC and not in a private range".formatted(ip));
        }
        if (zone == null) {
            throw Errors.validation(
                    "You must specify a valid Availability Zone or select 'all' for all enabled Availability zones, "
                            + "since the IP address '%s' is outside the VPC".formatted(ip));
        }
        return zone;
    }
}

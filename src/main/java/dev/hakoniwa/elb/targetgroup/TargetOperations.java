package dev.hakoniwa.elb.targetgroup;

import static dev.hakoniwa.elb.Constraints.sent;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.Constraints;
import dev.hakoniwa.elb.ElbArns.Kind;
import dev.hakoniwa.elb.ElbTables;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.elb.targetgroup.RegisteredTarget.Name;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AnomalyDetection;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/// The operations on the targets of a group.
public final class TargetOperations {
    private static final int MOST_TARGETS = 1000;
    private static final List<String> INCLUDE = List.of("AnomalyDetection", "All");

    private final ElbTables kept;
    private final Registrations registrations;
    private final TargetAddresses addresses;

    public TargetOperations(ElbTables kept, Registrations registrations, TargetAddresses addresses) {
        this.kept = kept;
        this.registrations = registrations;
        this.addresses = addresses;
    }

    public RegisterTargetsResponse register(Call call, RegisterTargetsRequest request) {
        var scope = call.scope();
        var targets = checked(request.hasTargets(), request.targets());
        var key = Kind.TARGET_GROUP.key(scope, "targetGroupArn", request.targetGroupArn());
        var group = find(scope, key);
        for (var target : targets) {
            var name = name(group, target);
            registrations.register(scope, key, name, addresses.checked(scope, group, target, name.port()));
        }
        if (kept.targetsOf(scope, key).size() > MOST_TARGETS) {
            throw Errors.tooMany("TooManyTargets", "targets on the target group", MOST_TARGETS);
        }
        return RegisterTargetsResponse.builder().build();
    }

    /// Targets that aren't registered are no error.
    public DeregisterTargetsResponse deregister(Call call, DeregisterTargetsRequest request) {
        var scope = call.scope();
        var targets = checked(request.hasTargets(), request.targets());
        var key = Kind.TARGET_GROUP.key(scope, "targetGroupArn", request.targetGroupArn());
        var group = find(scope, key);
        for (var target : targets) {
            registrations.deregister(scope, key, name(group, target));
        }
        return DeregisterTargetsResponse.builder().build();
    }

    /// All targets of the group, or those that are asked for, registered or not.
    public DescribeTargetHealthResponse health(Call call, DescribeTargetHealthRequest request) {
        var scope = call.scope();
        var include = request.includeAsStrings();
        IntStream.range(0, include.size())
                .forEach(i -> new Constraints()
                        .oneOf("include.%d.member".formatted(i + 1), include.get(i), INCLUDE)
                        .check());
        var key = Kind.TARGET_GROUP.key(scope, "targetGroupArn", request.targetGroupArn());
        var group = find(scope, key);
        var wanted = request.targets();
        var all = wanted.isEmpty()
                ? kept.targetsOf(scope, key).stream().map(target -> TargetHealths.of(group, target))
                : asked(scope, key, group, checked(true, wanted));
        var descriptions = include.isEmpty()
                ? all.toList()
                : all.map(TargetOperations::withAnomaly).toList();
        return DescribeTargetHealthResponse.builder()
                .targetHealthDescriptions(descriptions)
                .build();
    }

    private Stream<TargetHealthDescription> asked(
            Scope scope, String key, TargetGroup group, List<TargetDescription> wanted) {
        return wanted.stream().map(target -> {
            var name = name(group, target);
            return registrations
                    .find(scope, key, name)
                    .map(found -> TargetHealths.of(group, found))
                    .orElseGet(() -> TargetHealths.notRegistered(group, name, target.availabilityZone()));
        });
    }

    /// No target is ever seen as anomalous.
    private static TargetHealthDescription withAnomaly(TargetHealthDescription health) {
        var normal = AnomalyDetection.builder()
                .result("normal")
                .mitigationInEffect("no")
                .build();
        return health.copy(h -> h.anomalyDetection(normal));
    }

    private TargetGroup find(Scope scope, String key) {
        return kept.targetGroups().find(scope, key).orElseThrow(Errors::targetGroupsNotFound);
    }

    private static Name name(TargetGroup group, TargetDescription target) {
        return new Name(target.id(), target.port() == null ? group.port() : target.port());
    }

    private static List<TargetDescription> checked(boolean wereSent, List<TargetDescription> targets) {
        var all = sent("targets", wereSent, targets);
        for (var i = 0; i < all.size(); i++) {
            var at = "targets.%d.member".formatted(i + 1);
            new Constraints()
                    .required(at + ".id", all.get(i).id())
                    .range(at + ".port", all.get(i).port(), 1, 65_535)
                    .check();
        }
        if (all.isEmpty()) {
            throw Errors.validation("At least one target must be specified");
        }
        return all;
    }
}

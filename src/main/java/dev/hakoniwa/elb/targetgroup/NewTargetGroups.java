package dev.hakoniwa.elb.targetgroup;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.DataPlaneUpdates;
import dev.hakoniwa.elb.ElbArns.Kind;
import dev.hakoniwa.elb.ElbTables;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.elb.Names;
import dev.hakoniwa.elb.Tags;
import dev.hakoniwa.vpc.Networking;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/// Makes target groups of IP addresses and instances.
public final class NewTargetGroups {
    static final List<String> PROTOCOLS =
            List.of("HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC");

    private static final List<String> TYPES = List.of("instance", "ip", "lambda", "alb");
    private static final List<String> VERSIONS = List.of("GRPC", "HTTP1", "HTTP2");
    private static final int MOST_GROUPS = 3000;

    private final ElbTables kept;
    private final DataPlaneUpdates updates;
    private final Networking networking;
    private final Ids ids;

    public NewTargetGroups(ElbTables kept, DataPlaneUpdates updates, Networking networking, Ids ids) {
        this.kept = kept;
        this.updates = updates;
        this.networking = networking;
        this.ids = ids;
    }

    public CreateTargetGroupResponse create(Call call, CreateTargetGroupRequest request) {
        check(request);
        var scope = call.scope();
        var wanted = shape(scope, request);
        var existing = kept.keyOfTargetGroup(scope, wanted.targetGroupName());
        if (existing.isPresent()) {
            return response(scope, theSame(kept.targetGroups().get(scope, existing.get()), wanted));
        }
        if (kept.targetGroups().size(scope) >= MOST_GROUPS) {
            throw Errors.tooMany("TooManyTargetGroups", "target groups", MOST_GROUPS);
        }

        var key = wanted.targetGroupName() + "/" + ids.hex(16);
        var group = wanted.copy(g -> g.targetGroupArn(Kind.TARGET_GROUP.arn(scope, key)));
        kept.targetGroups().put(scope, key, group);
        kept.names().put(scope, "targetgroup/" + group.targetGroupName(), key);
        new Tags(kept).create(scope, group.targetGroupArn(), request.tags());
        updates.targetGroup(scope, key);
        return response(scope, group);
    }

    private static void check(CreateTargetGroupRequest request) {
        HealthCheckSettings.constraints(HealthCheckSettings.of(request), PROTOCOLS)
                .required("name", request.name())
                .oneOf("protocol", request.protocolAsString(), PROTOCOLS)
                .range("port", request.port(), 1, 65_535)
                .oneOf("targetType", request.targetTypeAsString(), TYPES)
                .oneOf("ipAddressType", request.ipAddressTypeAsString(), List.of("ipv4", "ipv6"))
                .check();
        var _ = Names.checked("Target group", request.name());
        refuse(request);
        if (request.protocolAsString() == null) {
            throw Errors.validation("A protocol must be specified");
        }
        if (request.port() == null) {
            throw Errors.validation("A port must be specified");
        }
        if (request.vpcId() == null || request.vpcId().isEmpty()) {
            throw Errors.validation("A VPC ID must be specified");
        }
        checkVersion(request.protocolVersion());
    }

    /// An empty version, as Terraform sends it, is none.
    private static void checkVersion(@Nullable String version) {
        if (version == null || version.isEmpty()) {
            return;
        }
        if (!VERSIONS.contains(version)) {
            throw Errors.validation(
                    "Protocol version '%s' must be one of '%s'".formatted(version, String.join(", ", VERSIONS)));
        }
        if (!version.equals("HTTP1")) {
            throw Errors.notAvailable("Target groups with the protocol version " + version);
        }
    }

    private static void refuse(CreateTargetGroupRequest request) {
        var type = request.targetTypeAsString();
        if ("lambda".equals(type) || "alb".equals(type)) {
            throw Errors.notAvailable("Target groups with target type '%s'".formatted(type));
        }
        var protocol = request.protocolAsString();
        if (protocol != null && !protocol.equals("HTTP") && !protocol.equals("HTTPS")) {
            throw Errors.notAvailable("Target groups with the protocol " + protocol);
        }
        if ("ipv6".equals(request.ipAddressTypeAsString())) {
            throw Errors.notAvailable("Target groups with the IP address type ipv6");
        }
    }

    private TargetGroup shape(Scope scope, CreateTargetGroupRequest request) {
        if (!networking.vpcExists(scope, request.vpcId())) {
            throw Errors.validation("The VPC ID '%s' is not found".formatted(request.vpcId()));
        }
        var type = request.targetTypeAsString() == null ? "instance" : request.targetTypeAsString();
        var group = HealthCheckSettings.DEFAULT.copy(g -> g.targetGroupName(request.name())
                .protocol(request.protocolAsString())
                .protocolVersion("HTTP1")
                .port(request.port())
                .vpcId(request.vpcId())
                .targetType(type)
                .ipAddressType("ipv4"));
        return HealthCheckSettings.applied(group, HealthCheckSettings.of(request));
    }

    private static TargetGroup theSame(TargetGroup existing, TargetGroup wanted) {
        if (!wanted.copy(g -> g.targetGroupArn(existing.targetGroupArn())).equals(existing)) {
            throw Errors.duplicateTargetGroupName(wanted.targetGroupName());
        }
        return existing;
    }

    private CreateTargetGroupResponse response(Scope scope, TargetGroup group) {
        return CreateTargetGroupResponse.builder()
                .targetGroups(TargetGroups.view(kept, scope, group))
                .build();
    }
}

package dev.hakoniwa.elb.targetgroup;

import dev.hakoniwa.elb.Constraints;
import dev.hakoniwa.elb.Errors;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/// What a request says of a group's health checks. What it doesn't say stays as it is.
final class HealthCheckSettings {
    /// What AWS makes of a group for HTTP or HTTPS of which nobody has said how to check it.
    static final TargetGroup DEFAULT = TargetGroup.builder()
            .healthCheckEnabled(true)
            .healthCheckProtocol(ProtocolEnum.HTTP)
            .healthCheckPort(HealthCheckPlan.TRAFFIC_PORT)
            .healthCheckPath("/")
            .healthCheckIntervalSeconds(30)
            .healthCheckTimeoutSeconds(5)
            .healthyThresholdCount(5)
            .unhealthyThresholdCount(2)
            .matcher(Matcher.builder().httpCode("200").build())
            .build();

    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
    private static final int LONGEST_PATH = 1024;

    private HealthCheckSettings() {}

    /// The members as a ModifyTargetGroup request has them, from which both operations read them.
    static ModifyTargetGroupRequest of(CreateTargetGroupRequest request) {
        return ModifyTargetGroupRequest.builder()
                .healthCheckEnabled(request.healthCheckEnabled())
                .healthCheckProtocol(request.healthCheckProtocolAsString())
                .healthCheckPort(request.healthCheckPort())
                .healthCheckPath(request.healthCheckPath())
                .healthCheckIntervalSeconds(request.healthCheckIntervalSeconds())
                .healthCheckTimeoutSeconds(request.healthCheckTimeoutSeconds())
                .healthyThresholdCount(request.healthyThresholdCount())
                .unhealthyThresholdCount(request.unhealthyThresholdCount())
                .matcher(request.matcher())
                .build();
    }

    static Constraints constraints(ModifyTargetGroupRequest request, List<String> protocols) {
        return new Constraints()
                .oneOf("healthCheckProtocol", request.healthCheckProtocolAsString(), protocols)
                .range("healthCheckIntervalSeconds", request.healthCheckIntervalSeconds(), 5, 300)
                .range("healthCheckTimeoutSeconds", request.healthCheckTimeoutSeconds(), 2, 120)
                .range("healthyThresholdCount", request.healthyThresholdCount(), 2, 10)
                .range("unhealthyThresholdCount", request.unhealthyThresholdCount(), 2, 10)
                .length("healthCheckPath", request.healthCheckPath(), 1, LONGEST_PATH);
    }

    /// The group with what the request says, as far as it goes together.
    static TargetGroup applied(TargetGroup group, ModifyTargetGroupRequest request) {
        checkProtocol(group, request.healthCheckProtocolAsString());
        checkPort(request.healthCheckPort());
        checkPath(request.healthCheckPath());
        checkMatcher(request.matcher());
        if (Boolean.FALSE.equals(request.healthCheckEnabled())) {
            throw Errors.validation("Health check enabled must be true for target groups with target type '%s'"
                    .formatted(group.targetTypeAsString()));
        }
        var changed = group.copy(g -> g.healthCheckProtocol(
                        or(request.healthCheckProtocolAsString(), group.healthCheckProtocolAsString()))
                .healthCheckPort(or(request.healthCheckPort(), group.healthCheckPort()))
                .healthCheckPath(or(request.healthCheckPath(), group.healthCheckPath()))
                .healthCheckIntervalSeconds(
                        or(request.healthCheckIntervalSeconds(), group.healthCheckIntervalSeconds()))
                .healthCheckTimeoutSeconds(or(request.healthCheckTimeoutSeconds(), group.healthCheckTimeoutSeconds()))
                .healthyThresholdCount(or(request.healthyThresholdCount(), group.healthyThresholdCount()))
                .unhealthyThresholdCount(or(request.unhealthyThresholdCount(), group.unhealthyThresholdCount()))
                .matcher(or(request.matcher(), group.matcher())));
        if (changed.healthCheckTimeoutSeconds() >= changed.healthCheckIntervalSeconds()) {
            throw Errors.validation("Health check timeout '%d' must be smaller than the interval '%d'"
                    .formatted(changed.healthCheckTimeoutSeconds(), changed.healthCheckIntervalSeconds()));
        }
        return changed;
    }

    private static void checkProtocol(TargetGroup group, @Nullable String protocol) {
        if (protocol != null && !protocol.equals("HTTP") && !protocol.equals("HTTPS")) {
            throw Errors.invalidConfiguration(
                    "Health check protocol '%s' is not supported for target groups with the protocol %s"
                            .formatted(protocol, group.protocolAsString()));
        }
    }

    private static void checkPort(@Nullable String port) {
        if (port == null || port.equals(HealthCheckPlan.TRAFFIC_PORT)) {
            return;
        }
        if (!NUMBER.matcher(port).matches() || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            throw Errors.validation("Health check port '%s' must be '%s' or between '1-65535' inclusive"
                    .formatted(port, HealthCheckPlan.TRAFFIC_PORT));
        }
    }

    private static void checkPath(@Nullable String path) {
        if (path != null && !path.startsWith("/")) {
            throw Errors.validation("Health check path '%s' must begin with a '/' character".formatted(path));
        }
        if (path != null && path.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw Errors.validation("Health check path '%s' contains invalid characters".formatted(path));
        }
    }

    private static void checkMatcher(@Nullable Matcher matcher) {
        if (matcher == null) {
            return;
        }
        if (matcher.grpcCode() != null) {
            throw Errors.invalidConfiguration(
                    "A gRPC code can be specified only for target groups with the protocol version GRPC");
        }
        if (matcher.httpCode() == null || matcher.httpCode().isEmpty()) {
            throw Errors.validation("Health check matcher HTTP code cannot be empty");
        }
        var _ = Codes.checked(matcher.httpCode());
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}

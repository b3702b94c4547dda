package dev.hakoniwa.elb.attribute;

import static dev.hakoniwa.elb.attribute.Attribute.flag;
import static dev.hakoniwa.elb.attribute.Attribute.number;

import dev.hakoniwa.elb.Errors;
import java.util.List;

/// The attributes of a target group of instances or IP addresses for Application Load Balancers.
public final class TargetGroupAttributes {
    public static final String DEREGISTRATION_DELAY = "deregistration_delay.timeout_seconds";
    public static final String STICKINESS = "stickiness.enabled";
    public static final String STICKINESS_TYPE = "stickiness.type";
    public static final String LB_COOKIE_DURATION = "stickiness.lb_cookie.duration_seconds";
    public static final String APP_COOKIE_NAME = "stickiness.app_cookie.cookie_name";
    public static final String APP_COOKIE_DURATION = "stickiness.app_cookie.duration_seconds";
    public static final String ALGORITHM = "load_balancing.algorithm.type";
    public static final String ANOMALY_MITIGATION = "load_balancing.algorithm.anomaly_mitigation";
    public static final String SLOW_START = "slow_start.duration_seconds";
    public static final String MINIMUM_HEALTHY_COUNT =
            "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count";
    public static final String MINIMUM_HEALTHY_PERCENTAGE =
            "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage";

    private static final int WEEK = 604_800;
    private static final int MOST_TARGETS = 1000;
    private static final List<String> STICKINESS_TYPES = List.of("app_cookie", "lb_cookie", "source_ip");

    public static final Attributes ALL = new Attributes(
            "Target group",
            List.of(
                    number(DEREGISTRATION_DELAY, 300, 0, 3600),
                    flag(STICKINESS, false),
                    new Attribute(STICKINESS_TYPE, "lb_cookie", Allowed.anything()),
                    number(LB_COOKIE_DURATION, 86_400, 1, WEEK),
                    new Attribute(APP_COOKIE_NAME, "", Allowed.anything()),
                    number(APP_COOKIE_DURATION, 86_400, 1, WEEK),
                    new Attribute(
                            ALGORITHM,
                            "round_robin",
                            Allowed.oneOf("round_robin", "least_outstanding_requests", "weighted_random")),
                    new Attribute(ANOMALY_MITIGATION, "off", Allowed.oneOf("on", "off")),
                    new Attribute(SLOW_START, "0", Allowed.between(30, 900).or("0")),
                    new Attribute(
                            "load_balancing.cross_zone.enabled",
                            "use_load_balancer_configuration",
                            Allowed.oneOf("true", "false", "use_load_balancer_configuration")),
                    new Attribute(
                            "target_group_health.dns_failover.minimum_healthy_targets.count",
                            "1",
                            Allowed.between(1, MOST_TARGETS).or("off")),
                    percentage("target_group_health.dns_failover.minimum_healthy_targets.percentage"),
                    number(MINIMUM_HEALTHY_COUNT, 1, 1, MOST_TARGETS),
                    percentage(MINIMUM_HEALTHY_PERCENTAGE)));

    private TargetGroupAttributes() {}

    /// Refuses attributes that don't go together.
    static void check(Attributes.Values values, String protocol) {
        var type = values.text(STICKINESS_TYPE);
        if (!STICKINESS_TYPES.contains(type)) {
            throw Errors.validation("Stickiness type '%s' must be one of %s".formatted(type, STICKINESS_TYPES));
        }
        if (type.equals("source_ip")) {
            throw Errors.invalidConfiguration(
                    "Stickiness type 'source_ip' is not supported for target groups with the %s protocol"
                            .formatted(protocol));
        }
        checkApplicationCookie(values, type);
        checkAlgorithm(values);
    }

    private static void checkApplicationCookie(Attributes.Values values, String type) {
        var cookie = values.text(APP_COOKIE_NAME);
        if (cookie.startsWith("AWSALB")) {
            throw Errors.invalidConfiguration(
                    "The application cookie name '%s' is reserved for use by the load balancer".formatted(cookie));
        }
        if (values.flag(STICKINESS) && type.equals("app_cookie") && cookie.isEmpty()) {
            throw Errors.invalidConfiguration(
                    "You must set an application cookie name to enable stickiness of type 'app_cookie'");
        }
    }

    private static void checkAlgorithm(Attributes.Values values) {
        var algorithm = values.text(ALGORITHM);
        if (!algorithm.equals("round_robin") && values.number(SLOW_START) > 0) {
            throw Errors.invalidConfiguration(
                    "Slow start is not supported with the load balancing algorithm '%s'".formatted(algorithm));
        }
        if (!algorithm.equals("weighted_random")
                && values.text(ANOMALY_MITIGATION).equals("on")) {
            throw Errors.invalidConfiguration(
                    "Anomaly mitigation is supported only with the load balancing algorithm 'weighted_random'");
        }
    }

    private static Attribute percentage(String key) {
        return new Attribute(key, "off", Allowed.between(1, 100).or("off"));
    }
}

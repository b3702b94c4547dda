package dev.hakoniwa.elb.attribute;

import static dev.hakoniwa.elb.attribute.Attribute.flag;
import static dev.hakoniwa.elb.attribute.Attribute.number;
import static dev.hakoniwa.elb.attribute.Attribute.text;

import dev.hakoniwa.elb.Errors;
import java.util.List;
import java.util.Map;

/// The attributes of an Application Load Balancer.
public final class LoadBalancerAttributes {
    public static final String DELETION_PROTECTION = "deletion_protection.enabled";
    public static final String IDLE_TIMEOUT = "idle_timeout.timeout_seconds";
    public static final String CLIENT_KEEP_ALIVE = "client_keep_alive.seconds";
    public static final String PRESERVE_HOST_HEADER = "routing.http.preserve_host_header.enabled";
    public static final String XFF_CLIENT_PORT = "routing.http.xff_client_port.enabled";
    public static final String XFF_MODE = "routing.http.xff_header_processing.mode";

    private static final String CROSS_ZONE = "load_balancing.cross_zone.enabled";

    public static final Attributes ALL = new Attributes(
            "Load balancer",
            List.of(
                    flag("access_logs.s3.enabled", false),
                    text("access_logs.s3.bucket"),
                    text("access_logs.s3.prefix"),
                    flag("connection_logs.s3.enabled", false),
                    text("connection_logs.s3.bucket"),
                    text("connection_logs.s3.prefix"),
                    flag("health_check_logs.s3.enabled", false),
                    text("health_check_logs.s3.bucket"),
                    text("health_check_logs.s3.prefix"),
                    number(IDLE_TIMEOUT, 60, 1, 4000),
                    number(CLIENT_KEEP_ALIVE, 3600, 60, 604_800),
                    flag(DELETION_PROTECTION, false),
                    flag("ipv6.deny_all_igw_traffic", false),
                    flag(CROSS_ZONE, true),
                    new Attribute(
                            "routing.http.desync_mitigation_mode",
                            "defensive",
                            Allowed.oneOf("monitor", "defensive", "strictest")),
                    flag("routing.http.drop_invalid_header_fields.enabled", false),
                    flag(PRESERVE_HOST_HEADER, false),
                    flag("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", false),
                    flag(XFF_CLIENT_PORT, false),
                    new Attribute(XFF_MODE, "append", Allowed.oneOf("append", "preserve", "remove")),
                    flag("routing.http2.enabled", true),
                    flag("waf.fail_open.enabled", false),
                    flag("zonal_shift.config.enabled", false)));

    private LoadBalancerAttributes() {}

    static void check(Map<String, String> wanted) {
        if (wanted.getOrDefault(CROSS_ZONE, "true").equals("false")) {
            throw Errors.invalidConfiguration(
                    "The load balancer attribute '%s' cannot be changed for application load balancers"
                            .formatted(CROSS_ZONE));
        }
    }
}

package dev.hakoniwa.elb.targetgroup;

import dev.hakoniwa.elb.targetgroup.TargetState.Check;
import dev.hakoniwa.elb.targetgroup.TargetState.Fault;
import dev.hakoniwa.elb.targetgroup.TargetState.Thresholds;
import dev.hakoniwa.proxy.Address;
import dev.hakoniwa.proxy.Probe;
import java.time.Duration;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/// How a target group has its targets checked, and what it makes of the results. A pure function of the group.
record HealthCheckPlan(TargetGroup group) {
    static final String TRAFFIC_PORT = "traffic-port";

    private static final Fault TIMEOUT = new Fault("Target.Timeout", "Request timed out");
    private static final Fault FAILED = new Fault("Target.FailedHealthChecks", "Health checks failed");

    Duration interval() {
        return Duration.ofSeconds(group.healthCheckIntervalSeconds());
    }

    Thresholds thresholds() {
        return new Thresholds(group.healthyThresholdCount(), group.unhealthyThresholdCount());
    }

    /// The port that is checked on a target of this port.
    int port(int targetPort) {
        return group.healthCheckPort().equals(TRAFFIC_PORT) ? targetPort : Integer.parseInt(group.healthCheckPort());
    }

    Probe probe(RegisteredTarget target) {
        var tls = group.healthCheckProtocol() == ProtocolEnum.HTTPS;
        var port = group.healthCheckPort().equals(TRAFFIC_PORT)
                ? target.place().address().port()
                : Integer.parseInt(group.healthCheckPort());
        return new Probe.Http(
                new Address(target.place().address().host(), port),
                host(target, tls),
                tls,
                group.healthCheckPath(),
                Duration.ofSeconds(group.healthCheckTimeoutSeconds()));
    }

    Check judge(Probe.Result result) {
        return switch (result) {
            case Probe.Result.Answered(var code)
            when Codes.parse(group.matcher().httpCode()).has(code) -> new Check.Passed();
            case Probe.Result.Answered(var code) ->
                new Check.Failed(new Fault(
                        "Target.ResponseCodeMismatch", "Health checks failed with these codes: [" + code + "]"));
            case Probe.Result.Connected _ -> new Check.Passed();
            case Probe.Result.TimedOut _ -> new Check.Failed(TIMEOUT);
            case Probe.Result.Failed _ -> new Check.Failed(FAILED);
        };
    }

    /// The target's own address and port; the port is left out where it is the protocol's.
    private String host(RegisteredTarget target, boolean tls) {
        var port = port(target.port());
        var address = new Address(
                target.id().startsWith("i-") ? target.place().address().host() : target.id(), port);
        var text = address.toString();
        return port == (tls ? 443 : 80) ? text.substring(0, text.lastIndexOf(':')) : text;
    }
}

package dev.hakoniwa.elb.rule;

import dev.hakoniwa.elb.Constraints;
import dev.hakoniwa.elb.Errors;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;

/// Where and how a listener is to be spoken to.
record Entrance(
        int port,
        String protocol,
        List<Certificate> certificates,
        @Nullable String sslPolicy) {
    static final List<String> PROTOCOLS =
            List.of("HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC");

    static Entrance of(CreateListenerRequest request) {
        new Constraints()
                .required("loadBalancerArn", request.loadBalancerArn())
                .oneOf("protocol", request.protocolAsString(), PROTOCOLS)
                .range("port", request.port(), 1, 65_535)
                .check();
        if (request.port() == null) {
            throw Errors.validation("A listener port must be specified");
        }
        if (request.protocolAsString() == null) {
            throw Errors.validation("A listener protocol must be specified");
        }
        return new Entrance(request.port(), request.protocolAsString(), request.certificates(), request.sslPolicy());
    }

    /// What is not sent stays.
    static Entrance of(ModifyListenerRequest request, Listener listener) {
        new Constraints()
                .oneOf("protocol", request.protocolAsString(), PROTOCOLS)
                .range("port", request.port(), 1, 65_535)
                .check();
        return new Entrance(
                request.port() == null ? listener.port() : request.port(),
                request.protocolAsString() == null ? listener.protocolAsString() : request.protocolAsString(),
                request.certificates(),
                request.sslPolicy());
    }

    /// Refuses what an Application Load Balancer doesn't serve, and HTTPS: there is nowhere to get a certificate
    /// from, so that every one that is named is one that can't be found.
    void check() {
        if (protocol.equals("HTTPS")) {
            if (certificates.size() != 1) {
                throw Errors.invalidConfiguration("You must provide a list containing exactly one certificate "
                        + "if the listener protocol is HTTPS.");
            }
            throw Errors.certificateNotFound(certificates.getFirst().certificateArn());
        }
        if (!protocol.equals("HTTP")) {
            throw Errors.validation("Listener protocol '%s' must be one of 'HTTPS, HTTP'".formatted(protocol));
        }
        if (!certificates.isEmpty()) {
            throw Errors.invalidConfiguration("You cannot specify certificates for a listener with the protocol HTTP");
        }
        if (sslPolicy != null && !sslPolicy.isEmpty()) {
            throw Errors.invalidConfiguration("You cannot specify an SSL policy for a listener with the protocol HTTP");
        }
    }
}

package dev.hakoniwa.elb;

import dev.hakoniwa.aws.Call;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Cipher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SslPolicy;

/// AWS's predefined security policies. A policy's ciphers follow from the protocols and the families it allows.
final class SslPolicies {
    /// The ciphers of TLS 1.2 and older, in the order of their priority.
    private static final List<String> OLDER = List.of(
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES128-SHA256",
            "ECDHE-RSA-AES128-SHA256",
            "ECDHE-ECDSA-AES128-SHA",
            "ECDHE-RSA-AES128-SHA",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-AES256-SHA384",
            "ECDHE-RSA-AES256-SHA384",
            "ECDHE-ECDSA-AES256-SHA",
            "ECDHE-RSA-AES256-SHA",
            "AES128-GCM-SHA256",
            "AES128-SHA256",
            "AES128-SHA",
            "AES256-GCM-SHA384",
            "AES256-SHA256",
            "AES256-SHA");

    private static final List<String> TLS_1_3 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private static final List<SslPolicy> ALL = List.of(
            policy("ELBSecurityPolicy-TLS13-1-3-2021-06", 3, 3, Family.NONE),
            policy("ELBSecurityPolicy-TLS13-1-3-PQ-2025-09", 3, 3, Family.NONE),
            policy("ELBSecurityPolicy-TLS13-1-2-2021-06", 3, 2, Family.FORWARD_SECRET),
            policy("ELBSecurityPolicy-TLS13-1-2-PQ-2025-09", 3, 2, Family.FORWARD_SECRET),
            policy("ELBSecurityPolicy-TLS13-1-2-Res-2021-06", 3, 2, Family.RESTRICTED),
            policy("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", 3, 2, Family.RESTRICTED),
            policy("ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06", 3, 2, Family.WITHOUT_SHA1),
            policy("ELBSecurityPolicy-TLS13-1-2-Ext1-PQ-2025-09", 3, 2, Family.WITHOUT_SHA1),
            policy("ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", 3, 2, Family.EVERY),
            policy("ELBSecurityPolicy-TLS13-1-2-Ext2-PQ-2025-09", 3, 2, Family.EVERY),
            policy("ELBSecurityPolicy-TLS13-1-1-2021-06", 3, 1, Family.EVERY),
            policy("ELBSecurityPolicy-TLS13-1-0-2021-06", 3, 0, Family.EVERY),
            policy("ELBSecurityPolicy-TLS13-1-0-PQ-2025-09", 3, 0, Family.EVERY),
            policy("ELBSecurityPolicy-TLS-1-2-Ext-2018-06", 2, 2, Family.EVERY),
            policy("ELBSecurityPolicy-TLS-1-2-2017-01", 2, 2, Family.WITHOUT_SHA1),
            policy("ELBSecurityPolicy-TLS-1-1-2017-01", 2, 1, Family.EVERY),
            policy("ELBSecurityPolicy-2016-08", 2, 0, Family.EVERY),
            policy("ELBSecurityPolicy-FS-1-2-Res-2020-10", 2, 2, Family.RESTRICTED),
            policy("ELBSecurityPolicy-FS-1-2-Res-2019-08", 2, 2, Family.FORWARD_SECRET),
            policy("ELBSecurityPolicy-FS-1-2-2019-08", 2, 2, Family.EVERY_FORWARD_SECRET),
            policy("ELBSecurityPolicy-FS-1-1-2019-08", 2, 1, Family.EVERY_FORWARD_SECRET),
            policy("ELBSecurityPolicy-FS-2018-06", 2, 0, Family.EVERY_FORWARD_SECRET));

    private SslPolicies() {}

    /// Which of the older ciphers a policy allows.
    private enum Family {
        NONE,
        RESTRICTED,
        FORWARD_SECRET,
        EVERY_FORWARD_SECRET,
        WITHOUT_SHA1,
        EVERY;

        boolean has(String cipher) {
            var forwardSecret = cipher.startsWith("ECDHE-");
            var sha1 = cipher.endsWith("-SHA");
            return switch (this) {
                case NONE -> false;
                case RESTRICTED -> forwardSecret && cipher.contains("-GCM-");
                case FORWARD_SECRET -> forwardSecret && !sha1;
                case EVERY_FORWARD_SECRET -> forwardSecret;
                case WITHOUT_SHA1 -> !sha1;
                case EVERY -> true;
            };
        }
    }

    static DescribeSslPoliciesResponse describe(Call call, DescribeSslPoliciesRequest request) {
        new Constraints()
                .oneOf(
                        "loadBalancerType",
                        request.loadBalancerTypeAsString(),
                        List.of("application", "network", "gateway"))
                .check();
        var chosen = request.names().isEmpty()
                ? ALL
                : request.names().stream().map(SslPolicies::find).toList();
        var page = Pages.of("sslpolicies", chosen, SslPolicy::name, request.marker(), request.pageSize());
        return DescribeSslPoliciesResponse.builder()
                .sslPolicies(page.items())
                .nextMarker(page.nextToken())
                .build();
    }

    private static SslPolicy find(String name) {
        return ALL.stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow(Errors::sslPolicyNotFound);
    }

    /// @param newest the minor version of the newest TLS 1 that the policy speaks
    private static SslPolicy policy(String name, int newest, int oldest, Family family) {
        var protocols = new ArrayList<String>();
        for (var minor = newest; minor >= oldest; minor--) {
            protocols.add(minor == 0 ? "TLSv1" : "TLSv1." + minor);
        }
        var names = new ArrayList<String>(newest == 3 ? TLS_1_3 : List.of());
        OLDER.stream().filter(family::has).forEach(names::add);
        var ciphers = new ArrayList<Cipher>();
        for (var cipher : names) {
            ciphers.add(
                    Cipher.builder().name(cipher).priority(ciphers.size() + 1).build());
        }
        return SslPolicy.builder()
                .name(name)
                .sslProtocols(protocols)
                .ciphers(ciphers)
                .supportedLoadBalancerTypes("application", "network")
                .build();
    }
}

package dev.hakoniwa.aws;

import java.util.EnumSet;
import java.util.Set;

/// An AWS service as the wire knows it (aws-protocols.md §1).
///
/// @param name the signing name, which the credential scope carries, such as `ecs`
/// @param protocols what the service speaks; most speak one protocol, CloudWatch speaks three
/// @param target the prefix of `X-Amz-Target` in the JSON protocols and the service's name in rpc-v2-cbor; empty for
/// the query protocols
/// @param version the API version, which routes the query protocols, such as `2015-12-01`
/// @param namespace the XML namespace of the query protocols' answers; empty for the others
/// @param model the namespace of its shapes, which awsJson 1.0 and rpc-v2-cbor put before an error's name, such as
/// `com.amazonaws.cloudwatch`; empty for the others
public record Service(
        String name, Set<Protocol> protocols, String target, String version, String namespace, String model) {
    public Service {
        protocols = Set.copyOf(protocols);
    }

    public static Service json(String name, String target, String version) {
        return new Service(name, Set.of(Protocol.AWS_JSON_1_1), target, version, "", "");
    }

    public static Service query(String name, String version, String namespace) {
        return new Service(name, Set.of(Protocol.AWS_QUERY), "", version, namespace, "");
    }

    public static Service ec2Query(String name, String version, String namespace) {
        return new Service(name, Set.of(Protocol.EC2_QUERY), "", version, namespace, "");
    }

    /// A service that was of awsQuery once and speaks awsJson 1.0 and rpc-v2-cbor as well, with the same operations.
    public static Service queryCompatible(String name, String target, String version, String namespace, String model) {
        var protocols = EnumSet.of(Protocol.AWS_JSON_1_0, Protocol.RPC_V2_CBOR, Protocol.AWS_QUERY);
        return new Service(name, protocols, target, version, namespace, model);
    }

    /// A service whose requests are told apart by method and address.
    public static Service rest(String name) {
        return new Service(name, Set.of(Protocol.REST_XML), "", "", "", "");
    }

    /// A service that nobody here is.
    static Service unknown(String name) {
        return new Service(name, Set.of(), "", "", "", "");
    }

    boolean speaks(Protocol protocol) {
        return protocols.contains(protocol);
    }

    /// An error's name with the namespace of its shape, where the service has one.
    String absolute(String error) {
        return model.isEmpty() ? error : model + "#" + error;
    }
}

package dev.hakoniwa.aws;

/// An AWS service as the wire knows it (aws-protocols.md §1).
///
/// @param name the signing name, which the credential scope carries, such as `ecs`
/// @param target the prefix of `X-Amz-Target` in the JSON protocols and the service's name in rpc-v2-cbor; empty for
/// the query protocols
/// @param version the API version, which routes the query protocols, such as `2015-12-01`
/// @param namespace the XML namespace of the query protocols' answers; empty for the others
public record Service(String name, Protocol protocol, String target, String version, String namespace) {
    public static Service json(String name, String target, String version) {
        return new Service(name, Protocol.AWS_JSON_1_1, target, version, "");
    }

    public static Service query(String name, String version, String namespace) {
        return new Service(name, Protocol.AWS_QUERY, "", version, namespace);
    }

    public static Service ec2Query(String name, String version, String namespace) {
        return new Service(name, Protocol.EC2_QUERY, "", version, namespace);
    }
}

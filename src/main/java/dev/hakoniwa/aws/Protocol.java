package dev.hakoniwa.aws;

/// The protocols that AWS services speak on one port.
public enum Protocol {
    AWS_JSON_1_0,
    AWS_JSON_1_1,
    AWS_QUERY,
    EC2_QUERY,
    RPC_V2_CBOR,
    REST_XML
}

package dev.hakoniwa.aws;

import software.amazon.awssdk.core.SdkPojo;

/// One request's protocol: how its input is read and how its answer and errors are spelled.
interface Dialect {
    /// Fills the request's builder; throws [dev.hakoniwa.aws.shapes.Malformed].
    void read(SdkPojo builder);

    WireResponse answer(SdkPojo response);

    WireResponse error(AwsError error);

    Faults faults();

    /// The codes of the errors that the protocol's framework has and no service models.
    record Faults(String unknownOperation, String malformed, String internal) {
        static final Faults JSON = new Faults("UnknownOperationException", "SerializationException", "ServerException");
        static final Faults QUERY = new Faults("InvalidAction", "MalformedInput", "InternalFailure");
        static final Faults EC2 = new Faults("InvalidAction", "InvalidQueryParameter", "InternalError");
    }
}

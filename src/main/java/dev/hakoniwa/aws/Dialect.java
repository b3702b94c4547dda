package dev.hakoniwa.aws;

import dev.hakoniwa.aws.shapes.Malformed;
import software.amazon.awssdk.core.SdkPojo;

/// One request's protocol: how its input is read and how its answer and errors are spelled.
interface Dialect {
    /// Fills the request's builder; throws [Malformed].
    void read(SdkPojo builder);

    WireResponse answer(SdkPojo response);

    WireResponse error(AwsError error);

    /// The error for an operation that isn't there.
    AwsError unknownOperation(String message);

    /// The error for a body that can't be read.
    AwsError malformed(Malformed malformed);

    /// The error for a fault of ours.
    AwsError failure(String message);
}

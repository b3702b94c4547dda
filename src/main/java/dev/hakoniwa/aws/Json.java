package dev.hakoniwa.aws;

import dev.hakoniwa.aws.shapes.Shapes;
import software.amazon.awssdk.core.SdkPojo;

/// A shape as awsJson spells it, for limits that AWS sets to its size.
public final class Json {
    private static final Shapes SHAPES = new Shapes();

    private Json() {}

    public static byte[] of(SdkPojo shape) {
        return SHAPES.writeJson(shape);
    }
}

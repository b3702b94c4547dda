package dev.hakoniwa.aws.shapes;

import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/// One member of a shape, ready to be read and written.
final class Member {
    private final SdkField<?> field;
    private final Type type;
    private final SerializedString key;
    private final String xmlName;

    Member(SdkField<?> field) {
        this.field = field;
        this.type = Type.of(field);
        this.key = new SerializedString(field.locationName());
        this.xmlName = field.unmarshallLocationName() == null ? field.locationName() : field.unmarshallLocationName();
    }

    /// The name in requests, and in JSON and CBOR answers too.
    String name() {
        return key.getValue();
    }

    SerializedString key() {
        return key;
    }

    /// The name in XML answers, which EC2 spells otherwise than in requests.
    String xmlName() {
        return xmlName;
    }

    Type type() {
        return type;
    }

    /// The member's value; none if it was never set, as the SDK stands an empty list of its own in for that.
    @Nullable
    Object get(SdkPojo shape) {
        var value = field.getValueOrDefault(shape);
        return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap ? null : value;
    }

    void set(SdkPojo builder, Object value) {
        field.set(builder, value);
    }
}

package dev.hakoniwa.aws.shapes;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;

/// What a member's value is: a scalar, or what a structure, list or map is made of.
final class Type {
    enum Kind {
        STRING,
        BOOLEAN,
        BYTE,
        SHORT,
        INTEGER,
        LONG,
        FLOAT,
        DOUBLE,
        BIG_DECIMAL,
        TIMESTAMP,
        BLOB,
        DOCUMENT,
        STRUCTURE,
        LIST,
        MAP
    }

    private final Kind kind;
    private final TimestampFormat timestampFormat;
    private final @Nullable Supplier<SdkPojo> constructor;
    private final @Nullable Type element;
    private final @Nullable Names names;
    private @Nullable Shape shape;

    private Type(SdkField<?> field) {
        kind = kind(field);
        timestampFormat = timestampFormat(field);
        constructor = kind == Kind.STRUCTURE ? field.constructor() : null;
        if (kind == Kind.LIST) {
            var list = field.getTrait(ListTrait.class);
            element = of(list.memberFieldInfo());
            names = new Names(Objects.requireNonNullElse(list.memberLocationName(), "member"), "", list.isFlattened());
        } else if (kind == Kind.MAP) {
            var map = field.getTrait(MapTrait.class);
            element = of(map.valueFieldInfo());
            names = new Names(map.keyLocationName(), map.valueLocationName(), map.isFlattened());
        } else {
            element = null;
            names = null;
        }
    }

    static Type of(SdkField<?> field) {
        return new Type(field);
    }

    Kind kind() {
        return kind;
    }

    TimestampFormat timestampFormat() {
        return timestampFormat;
    }

    /// What a list or map holds.
    Type element() {
        return Objects.requireNonNull(element);
    }

    /// What the elements of a list, or the keys and values of a map, are called in the query protocols.
    Names names() {
        return Objects.requireNonNull(names);
    }

    /// A builder of the structure.
    SdkPojo builder() {
        return Objects.requireNonNull(constructor).get();
    }

    /// The structure's members: found on first use, as shapes may hold themselves.
    Shape shape() {
        var known = shape;
        if (known == null) {
            known = Shape.of(builder());
            shape = known;
        }
        return known;
    }

    /// @param first the name of a list's element or a map's key
    /// @param second the name of a map's value
    record Names(String first, String second, boolean flat) {}

    private static Kind kind(SdkField<?> field) {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> Kind.STRING;
            case BOOLEAN -> Kind.BOOLEAN;
            case BYTE -> Kind.BYTE;
            case SHORT -> Kind.SHORT;
            case INTEGER -> Kind.INTEGER;
            case LONG -> Kind.LONG;
            case FLOAT -> Kind.FLOAT;
            case DOUBLE -> Kind.DOUBLE;
            case BIG_DECIMAL -> Kind.BIG_DECIMAL;
            case INSTANT -> Kind.TIMESTAMP;
            case SDK_BYTES -> Kind.BLOB;
            case DOCUMENT -> Kind.DOCUMENT;
            case SDK_POJO -> Kind.STRUCTURE;
            case LIST -> Kind.LIST;
            case MAP -> Kind.MAP;
            case NULL -> throw new IllegalStateException("a member without a type: " + field.memberName());
        };
    }

    private static TimestampFormat timestampFormat(SdkField<?> field) {
        var trait = field.getTrait(TimestampFormatTrait.class);
        if (trait == null) {
            return TimestampFormat.OF_PROTOCOL;
        }
        return switch (trait.format()) {
            case ISO_8601 -> TimestampFormat.ISO_8601;
            case RFC_822 -> TimestampFormat.HTTP_DATE;
            case UNIX_TIMESTAMP -> TimestampFormat.SECONDS;
            case UNIX_TIMESTAMP_MILLIS -> TimestampFormat.MILLISECONDS;
        };
    }
}

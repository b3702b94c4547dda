package dev.hakoniwa.aws;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/// Values for every member of any shape, out of a seed.
final class Generated {
    private static final int DEEPEST = 5;
    private static final List<String> STRINGS = List.of(
            "plain",
            "two words",
            "<a href=\"x\">&amp;&lt;'</a>",
            "100% + 1 = &?;/:@",
            "箱庭 🪴 ñ",
            "{\"json\": [1, \"\\u0041\"]}",
            " spaces at both ends ",
            "line\nline\ttab",
            "arn:aws:ecs:eu-west-1:123456789012:cluster/a",
            "");

    private final Random random;
    private final Limits limits;

    Generated(long seed, Limits limits) {
        this.random = new Random(seed);
        this.limits = limits;
    }

    /// What a protocol can't say.
    ///
    /// @param emptyStructures whether a structure without members differs from none
    /// @param emptyLists whether an empty list differs from none
    /// @param emptyMaps whether an empty map differs from none
    /// @param milliseconds whether a timestamp may have a fraction of a second
    record Limits(boolean emptyStructures, boolean emptyLists, boolean emptyMaps, boolean milliseconds) {
        static final Limits NONE = new Limits(true, true, true, true);
    }

    SdkPojo fill(SdkPojo builder) {
        fill(builder, 0);
        return build(builder);
    }

    private boolean fill(SdkPojo builder, int depth) {
        var any = false;
        for (var field : builder.sdkFields()) {
            var value = value(field, declared(builder, field), depth);
            if (value != null) {
                field.set(builder, value);
                any = true;
            }
        }
        return any;
    }

    private @Nullable Object value(SdkField<?> field, @Nullable Type declared, int depth) {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> string(declared);
            case BOOLEAN -> random.nextBoolean();
            case BYTE -> (byte) random.nextInt();
            case SHORT -> (short) random.nextInt();
            case INTEGER -> oneOf(0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, random.nextInt());
            case LONG -> oneOf(0L, 1L, Long.MAX_VALUE, Long.MIN_VALUE, random.nextLong());
            case FLOAT -> oneOf(0f, 1f, 0.1f, -1e30f, Float.NaN, Float.POSITIVE_INFINITY, random.nextFloat());
            case DOUBLE -> oneOf(0d, 1d, 0.1, -1e300, Double.NaN, Double.NEGATIVE_INFINITY, random.nextDouble());
            case BIG_DECIMAL -> new BigDecimal("12345678901234567890.123");
            case INSTANT -> instant(field);
            case SDK_BYTES -> bytes();
            case DOCUMENT ->
                Document.mapBuilder()
                        .putString("text", "<a>")
                        .putNumber("number", 12)
                        .putList("list", List.of(Document.fromBoolean(true), Document.fromNull()))
                        .build();
            case SDK_POJO -> structure(field.constructor(), depth + 1);
            case LIST -> list(field.getTrait(ListTrait.class), declared, depth);
            case MAP -> map(field.getTrait(MapTrait.class), declared, depth);
            case NULL -> null;
        };
    }

    private @Nullable Object structure(Supplier<SdkPojo> constructor, int depth) {
        if (depth > DEEPEST) {
            return null;
        }
        var builder = constructor.get();
        var any = fill(builder, depth);
        return any || limits.emptyStructures() ? build(builder) : null;
    }

    private @Nullable Object list(ListTrait trait, @Nullable Type declared, int depth) {
        var list = new ArrayList<>();
        for (var left = size(trait.isFlattened() || !limits.emptyLists()); left > 0; left--) {
            var value = value(trait.memberFieldInfo(), argument(declared, 0), depth);
            if (value != null) {
                list.add(value);
            }
        }
        return list.isEmpty() && (trait.isFlattened() || !limits.emptyLists()) ? null : list;
    }

    private @Nullable Object map(MapTrait trait, @Nullable Type declared, int depth) {
        var map = new LinkedHashMap<String, Object>();
        for (var left = size(!limits.emptyMaps()); left > 0; left--) {
            var value = value(trait.valueFieldInfo(), argument(declared, 1), depth);
            if (value != null) {
                map.put(string(argument(declared, 0)), value);
            }
        }
        return map.isEmpty() && !limits.emptyMaps() ? null : map;
    }

    private int size(boolean atLeastOne) {
        return atLeastOne ? 1 + random.nextInt(2) : random.nextInt(3);
    }

    private String string(@Nullable Type declared) {
        if (declared instanceof Class<?> type && type.isEnum()) {
            var known = List.of(type.getEnumConstants()).stream()
                    .map(Object::toString)
                    .filter(name -> !name.equals("null"))
                    .toList();
            return known.get(random.nextInt(known.size()));
        }
        return STRINGS.get(random.nextInt(STRINGS.size()));
    }

    private Instant instant(SdkField<?> field) {
        var seconds = random.nextLong(4_000_000_000L);
        var trait = field.getTrait(TimestampFormatTrait.class);
        var whole = !limits.milliseconds() || (trait != null && trait.format() == TimestampFormatTrait.Format.RFC_822);
        return Instant.ofEpochSecond(seconds, whole || random.nextBoolean() ? 0 : random.nextInt(1000) * 1_000_000L);
    }

    private SdkBytes bytes() {
        var bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return SdkBytes.fromByteArray(bytes);
    }

    private Object oneOf(Object... values) {
        return values[random.nextInt(values.length)];
    }

    private static SdkPojo build(SdkPojo builder) {
        return (SdkPojo) ((Buildable) builder).build();
    }

    /// What the model class's getter says that the member is, which tells an enumeration from other strings.
    private static @Nullable Type declared(SdkPojo builder, SdkField<?> field) {
        var getter = Character.toLowerCase(field.memberName().charAt(0))
                + field.memberName().substring(1);
        try {
            var model = builder.getClass().getEnclosingClass();
            return model.getMethod(getter).getGenericReturnType();
        } catch (NoSuchMethodException _) {
            return null;
        }
    }

    private static @Nullable Type argument(@Nullable Type type, int index) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[index] : null;
    }
}

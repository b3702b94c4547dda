package dev.hakoniwa.aws.shapes;

import dev.hakoniwa.aws.shapes.Form.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/// Reads shapes from the fields of awsQuery and ec2Query. Elements of lists come in the order of their numbers, which
/// may have gaps.
final class FormReader {
    private static final Set<String> NOT_MEMBERS = Set.of("Action", "Version");
    private static final String SIGNING = "X-Amz-";
    private static final int MOST_DIGITS = 9;

    private final boolean ec2;
    private final UnknownMembers unknown;

    /// @param ec2 whether every list is flat, as EC2 has it
    FormReader(boolean ec2, UnknownMembers unknown) {
        this.ec2 = ec2;
        this.unknown = unknown;
    }

    void read(Form form, SdkPojo builder, String operation) {
        members(form.root(), Shape.of(builder), builder, new Place(operation, ""));
    }

    /// Where the reader is, for telling what it finds there.
    private record Place(String operation, String path) {
        Place below(String step) {
            return new Place(operation, path.isEmpty() ? step : path + "." + step);
        }
    }

    private void members(Node node, Shape shape, SdkPojo builder, Place place) {
        for (var field : node.children().entrySet()) {
            var name = field.getKey();
            var member = shape.find(name);
            if (member == null) {
                member = shape.findFlat(name);
            }
            if (member != null) {
                var value = value(field.getValue(), member.type(), place.below(name));
                if (value != null) {
                    member.set(builder, value);
                }
            } else if (!place.path().isEmpty() || !(NOT_MEMBERS.contains(name) || name.startsWith(SIGNING))) {
                unknown.found(place.operation(), place.below(name).path());
            }
        }
    }

    private @Nullable Object value(Node node, Type type, Place place) {
        return switch (type.kind()) {
            case STRUCTURE -> structure(node, type, place);
            case LIST -> list(node, type, place);
            case MAP -> map(node, type, place);
            case STRING, BOOLEAN, BYTE, SHORT, INTEGER, LONG, FLOAT, DOUBLE, BIG_DECIMAL, TIMESTAMP, BLOB, DOCUMENT ->
                scalar(node, type, place);
        };
    }

    private Object structure(Node node, Type type, Place place) {
        var builder = type.builder();
        members(node, type.shape(), builder, place);
        return ((Buildable) builder).build();
    }

    private List<Object> list(Node node, Type type, Place place) {
        var flat = ec2 || type.names().flat();
        var elements = flat ? node : wrapped(node, type.names().first());
        var list = new ArrayList<>();
        for (var element : numbered(elements, place).entrySet()) {
            var value = value(element.getValue(), type.element(), place.below(Integer.toString(element.getKey())));
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    private Map<String, Object> map(Node node, Type type, Place place) {
        var names = type.names();
        var map = new LinkedHashMap<String, Object>();
        for (var entry :
                numbered(names.flat() ? node : wrapped(node, "entry"), place).values()) {
            var key = entry.child(names.first());
            var value = entry.child(names.second());
            var element = value == null ? null : value(value, type.element(), place.below(names.second()));
            if (key != null && key.value() != null && element != null) {
                map.put(key.value(), element);
            }
        }
        return map;
    }

    /// The node below which a list's elements stand: below the element's name, `member` or straight below the list.
    private static Node wrapped(Node node, String name) {
        var named = node.child(name);
        if (named != null) {
            return named;
        }
        var usual = node.child("member");
        return usual != null ? usual : node;
    }

    private Map<Integer, Node> numbered(Node node, Place place) {
        var numbered = new TreeMap<Integer, Node>();
        for (var child : node.children().entrySet()) {
            var name = child.getKey();
            if (isNumber(name)) {
                numbered.put(Integer.valueOf(name), child.getValue());
            } else {
                unknown.found(place.operation(), place.below(name).path());
            }
        }
        return numbered;
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.length() <= MOST_DIGITS && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private @Nullable Object scalar(Node node, Type type, Place place) {
        var text = node.value();
        if (text == null) {
            unknown.found(place.operation(), place.path());
            return null;
        }
        try {
            return Texts.read(text, type);
        } catch (IllegalArgumentException | Malformed _) {
            throw ec2 ? Malformed.parameter(place.path(), text) : new Malformed(Texts.refusal(type.kind()));
        }
    }
}

package dev.hakoniwa.aws.shapes;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/// An XML document in the making, as awsQuery and ec2Query answer.
public final class Xml {
    private static final int USUAL_SIZE = 1_024;

    private final StringBuilder out = new StringBuilder(USUAL_SIZE);
    private final boolean ec2;

    private Xml(boolean ec2) {
        this.ec2 = ec2;
    }

    public static Xml ofQuery() {
        return new Xml(false);
    }

    /// EC2's XML, whose timestamps always have milliseconds.
    public static Xml ofEc2() {
        var xml = new Xml(true);
        xml.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        return xml;
    }

    public Xml open(String name) {
        out.append('<').append(name).append('>');
        return this;
    }

    public Xml open(String name, String namespace) {
        out.append('<').append(name);
        if (!namespace.isEmpty()) {
            out.append(" xmlns=\"");
            escape(namespace);
            out.append('"');
        }
        out.append('>');
        return this;
    }

    public Xml close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    /// An element that holds nothing but text.
    public Xml text(String name, String text) {
        open(name);
        escape(text);
        return close(name);
    }

    /// The members of a shape that were set, each as an element.
    public Xml members(SdkPojo value) {
        members(Shape.of(value), value);
        return this;
    }

    public byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void members(Shape shape, SdkPojo value) {
        for (var member : shape.members()) {
            var set = member.get(value);
            if (set != null) {
                element(member.xmlName(), member.type(), set);
            }
        }
    }

    private void element(String name, Type type, Object value) {
        switch (type.kind()) {
            case STRUCTURE -> {
                open(name);
                members(type.shape(), (SdkPojo) value);
                close(name);
            }
            case LIST -> list(name, type, (Collection<?>) value);
            case MAP -> map(name, type, (Map<?, ?>) value);
            case STRING, BOOLEAN, BYTE, SHORT, INTEGER, LONG, FLOAT, DOUBLE, BIG_DECIMAL, TIMESTAMP, BLOB, DOCUMENT ->
                text(name, Texts.write(value, type, ec2));
        }
    }

    private void list(String name, Type type, Collection<?> list) {
        var flat = type.names().flat();
        var each = flat ? name : type.names().first();
        if (!flat) {
            open(name);
        }
        for (var value : list) {
            element(each, type.element(), value);
        }
        if (!flat) {
            close(name);
        }
    }

    private void map(String name, Type type, Map<?, ?> map) {
        var names = type.names();
        var each = names.flat() ? name : "entry";
        if (!names.flat()) {
            open(name);
        }
        for (var entry : map.entrySet()) {
            open(each);
            text(names.first(), String.valueOf(entry.getKey()));
            element(names.second(), type.element(), entry.getValue());
            close(each);
        }
        if (!names.flat()) {
            close(name);
        }
    }

    /// XML can't hold most control characters at all, so that they become the character that says so.
    private void escape(String text) {
        for (var at = 0; at < text.length(); at++) {
            var c = text.charAt(at);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#xD;");
                case '\n', '\t' -> out.append(c);
                default -> out.append(c < ' ' || c == '\uFFFE' || c == '\uFFFF' ? '\uFFFD' : c);
            }
        }
    }
}

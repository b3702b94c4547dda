package dev.hakoniwa.aws.shapes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The fields of a query string or an `application/x-www-form-urlencoded` body, as the tree that the dots in their
/// names spell: `Filter.1.Name` is `Name` of `1` of `Filter`.
public final class Form {
    private static final int DEEPEST = 64;
    private static final int MOST_STEPS = 1_000_000;

    private final Node root = new Node();
    private int steps;

    private Form() {}

    public static Form empty() {
        return new Form();
    }

    /// The fields of the query string and of the body together; where both have a field, the body's holds.
    public static Form parse(String query, byte[] body) {
        var form = new Form();
        form.add(query.getBytes(StandardCharsets.UTF_8));
        form.add(body);
        return form;
    }

    /// The value of a field without dots in its name.
    public Optional<String> value(String name) {
        return Optional.ofNullable(root.children.get(name)).map(node -> node.value);
    }

    Node root() {
        return root;
    }

    /// One step of a field's name: what it stands for itself, and what further steps lead to.
    static final class Node {
        private Map<String, Node> children = Map.of();
        private @Nullable String value;

        @Nullable
        String value() {
            return value;
        }

        Map<String, Node> children() {
            return children;
        }

        @Nullable
        Node child(String name) {
            return children.get(name);
        }

        private Node next(String step) {
            if (children.isEmpty()) {
                children = new LinkedHashMap<>(4);
            }
            return children.computeIfAbsent(step, _ -> new Node());
        }
    }

    private void add(byte[] text) {
        var start = 0;
        for (var at = 0; at <= text.length; at++) {
            if (at == text.length || text[at] == '&') {
                if (at > start) {
                    addField(text, start, at);
                }
                start = at + 1;
            }
        }
    }

    private void addField(byte[] text, int start, int end) {
        var equals = start;
        while (equals < end && text[equals] != '=') {
            equals++;
        }
        var name = decode(text, start, equals);
        var node = root;
        var from = 0;
        for (var depth = 0; depth < DEEPEST; depth++) {
            var dot = name.indexOf('.', from);
            var step = dot < 0 ? name.substring(from) : name.substring(from, dot);
            node = node.next(step);
            if (++steps > MOST_STEPS) {
                throw new Malformed("The query string has too many fields");
            }
            if (dot < 0) {
                node.value = decode(text, Math.min(equals + 1, end), end);
                return;
            }
            from = dot + 1;
        }
    }

    private static String decode(byte[] text, int start, int end) {
        var plain = new ByteArrayOutputStream(end - start);
        for (var at = start; at < end; at++) {
            if (text[at] == '%') {
                plain.write(escaped(text, at, end));
                at += 2;
            } else {
                plain.write(text[at] == '+' ? ' ' : text[at]);
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    private static int escaped(byte[] text, int at, int end) {
        var high = at + 2 < end ? Character.digit(text[at + 1], 16) : -1;
        var low = at + 2 < end ? Character.digit(text[at + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw new Malformed("The query string contains a syntax error");
        }
        return high * 16 + low;
    }
}

package dev.hakoniwa.logs.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hakoniwa.logs.Errors;
import java.util.ArrayList;
import java.util.List;

/// Where a member of a JSON document is: `$.user.name`, `$.items[0].id`, `$.tags[*]`, `$.['a.b']`.
record Selector(List<Step> steps) {
    private sealed interface Step {}

    private record Member(String name) implements Step {}

    private record Element(int index) implements Step {}

    private enum Every implements Step {
        CHILD
    }

    static Selector parse(Cursor cursor) {
        cursor.expect("$");
        var steps = new ArrayList<Step>();
        while (cursor.peek() == '.' || cursor.peek() == '[') {
            steps.add(cursor.next() == '[' ? bracket(cursor) : afterDot(cursor));
        }
        var wildcards = steps.stream().filter(Every.CHILD::equals).count();
        if (steps.isEmpty() || wildcards > 1) {
            throw Errors.invalidFilterPattern();
        }
        return new Selector(List.copyOf(steps));
    }

    /// The nodes that are there.
    List<JsonNode> select(JsonNode document) {
        var found = List.of(document);
        for (var step : steps) {
            found = found.stream().flatMap(node -> follow(node, step).stream()).toList();
        }
        return found;
    }

    private static List<JsonNode> follow(JsonNode node, Step step) {
        return switch (step) {
            case Member(var name) -> node.has(name) ? List.of(node.get(name)) : List.of();
            case Element(var index) -> node.has(index) ? List.of(node.get(index)) : List.of();
            case Every _ -> node.valueStream().toList();
        };
    }

    private static Step afterDot(Cursor cursor) {
        if (cursor.peek() == '[') {
            cursor.next();
            return bracket(cursor);
        }
        if (cursor.take("*")) {
            return Every.CHILD;
        }
        var name = cursor.takeWhile(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '@');
        if (name.isEmpty()) {
            throw Errors.invalidFilterPattern();
        }
        return new Member(name);
    }

    private static Step bracket(Cursor cursor) {
        var step = inBrackets(cursor);
        cursor.expect("]");
        return step;
    }

    private static Step inBrackets(Cursor cursor) {
        if (cursor.take("*")) {
            return Every.CHILD;
        }
        if (cursor.take("'")) {
            return new Member(cursor.quoted('\''));
        }
        if (cursor.take("\"")) {
            return new Member(cursor.quoted('"'));
        }
        var digits = cursor.takeWhile(Character::isDigit);
        if (digits.isEmpty() || digits.length() > 6) {
            throw Errors.invalidFilterPattern();
        }
        return new Element(Integer.parseInt(digits));
    }
}

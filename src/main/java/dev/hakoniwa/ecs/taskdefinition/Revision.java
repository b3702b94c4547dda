package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Identifier;
import java.util.regex.Pattern;

/// What names one task definition: its family and its number in it.
record Revision(String family, int number) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /// Reads `family`, `family:revision` or an ARN; a family alone has the number 0.
    static Revision read(Scope scope, String reference) {
        var text = Identifier.of(scope, "task-definition", reference);
        var colon = text.indexOf(':');
        if (colon < 0) {
            return new Revision(text, 0);
        }
        return new Revision(text.substring(0, colon), number(text.substring(colon + 1)));
    }

    boolean isFamilyAlone() {
        return number == 0;
    }

    /// Keys order families by name, then revisions by number: a space sorts before whatever a family may hold.
    String key() {
        return "%s%010d".formatted(prefix(family), number);
    }

    static String prefix(String family) {
        return family + " ";
    }

    private static int number(String text) {
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) == 0) {
            throw Errors.invalidParameter("Invalid revision number. Number: " + text);
        }
        return Integer.parseInt(text);
    }

    @Override
    public String toString() {
        return family + ":" + number;
    }
}

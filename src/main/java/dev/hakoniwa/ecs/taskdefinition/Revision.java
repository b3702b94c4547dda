package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Identifier;
import java.util.Optional;
import java.util.regex.Pattern;

/// What names one task definition: its family and its number in it.
record Revision(String family, int number) {
    static final String TYPE = "task-definition";

    private static final Pattern EXACT = Pattern.compile("(?<family>[a-zA-Z0-9_-]{1,255}):(?<number>[1-9]\\d{0,8})");

    /// Reads `family`, `family:revision` or an ARN; a family alone has the number 0.
    static Revision read(Scope scope, String reference) {
        var text = Identifier.of(scope, TYPE, reference);
        var colon = text.indexOf(':');
        return colon < 0
                ? new Revision(text, 0)
                : exact(text).orElseThrow(() -> Errors.invalidRevision(text.substring(colon + 1)));
    }

    /// Reads `family:revision` or an ARN of the scope; empty for anything else.
    static Optional<Revision> exact(Scope scope, String reference) {
        if (!reference.startsWith("arn:")) {
            return exact(reference);
        }
        return Arn.parse(reference)
                .filter(arn -> arn.isIn(scope)
                        && arn.service().equals("ecs")
                        && arn.resourceType().equals(TYPE))
                .flatMap(arn -> exact(arn.resourceId()));
    }

    private static Optional<Revision> exact(String text) {
        var matcher = EXACT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Revision(matcher.group("family"), Integer.parseInt(matcher.group("number"))))
                : Optional.empty();
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

    @Override
    public String toString() {
        return family + ":" + number;
    }
}

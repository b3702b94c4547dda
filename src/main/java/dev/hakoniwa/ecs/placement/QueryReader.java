package dev.hakoniwa.ecs.placement;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.ecs.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Reads an expression of the cluster query language from left to right: `or` of `and` of `not` of comparisons.
final class QueryReader {
    private static final int LONGEST = 2000;
    private static final int DEEPEST = 100;
    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9_.:/\\\\-]+");
    private static final Pattern OPERATOR = Pattern.compile("==|!=|>=|<=|=~|!~|>|<|!?[a-z_]+");
    private static final Pattern LITERAL = Pattern.compile("[^\\s()\\[\\],'\"&|]+");

    private final String text;
    private int at;
    private int depth;

    QueryReader(String text) {
        this.text = text;
    }

    Predicate<Facts> read() {
        if (text.length() > LONGEST) {
            throw invalid("it has more than " + LONGEST + " characters");
        }
        var all = or();
        skipSpace();
        if (at < text.length()) {
            throw invalid("an operator or the end was expected");
        }
        return all;
    }

    private Predicate<Facts> or() {
        var all = and();
        while (word("or") || sign("||")) {
            all = all.or(and());
        }
        return all;
    }

    private Predicate<Facts> and() {
        var all = not();
        while (word("and") || sign("&&")) {
            all = all.and(not());
        }
        return all;
    }

    private Predicate<Facts> not() {
        depth++;
        if (depth > DEEPEST) {
            throw invalid("it is nested too deeply");
        }
        var one = word("not") || sign("!") ? not().negate() : sign("(") ? inParentheses() : comparison();
        depth--;
        return one;
    }

    private Predicate<Facts> inParentheses() {
        var inside = or();
        if (!sign(")")) {
            throw invalid("a closing parenthesis was expected");
        }
        return inside;
    }

    private Predicate<Facts> comparison() {
        var start = at;
        var name = next(SUBJECT, "a subject");
        var subject = Subject.of(name).orElseThrow(() -> invalid("unknown subject " + name, start));
        var operatorStart = at;
        var sign = next(OPERATOR, "an operator");
        var operator = Operator.of(sign).orElseThrow(() -> invalid("unknown operator " + sign, operatorStart));
        if (!subject.kind().allows(operator)) {
            throw invalid("operator %s is not supported for %s".formatted(sign, name), operatorStart);
        }
        return Query.predicate(subject, operator, arguments(subject, operator));
    }

    private List<String> arguments(Subject subject, Operator operator) {
        if (operator.takesNothing()) {
            return List.of();
        }
        if (operator.takesList()) {
            return list();
        }
        skipSpace();
        var start = at;
        if (operator.takesPattern()) {
            return List.of(pattern());
        }
        var argument = literal();
        if (!subject.kind().scale().takes(argument)) {
            throw invalid("invalid value " + argument, start);
        }
        return List.of(argument);
    }

    private List<String> list() {
        if (!sign("[")) {
            throw invalid("a list in brackets was expected");
        }
        var items = new ArrayList<String>();
        do {
            items.add(literal());
        } while (sign(","));
        if (!sign("]")) {
            throw invalid("a closing bracket was expected");
        }
        return items;
    }

    /// A regular expression may hold brackets and whatever else without quotes; it ends at a space, or where a
    /// parenthesis closes that it has not opened.
    private String pattern() {
        var start = at;
        var regularExpression = isQuote() ? quoted() : bare();
        try {
            return Pattern.compile(regularExpression).pattern();
        } catch (PatternSyntaxException _) {
            throw invalid("invalid regular expression " + regularExpression, start);
        }
    }

    private String bare() {
        var start = at;
        var open = 0;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            var letter = text.charAt(at);
            open += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (open < 0) {
                break;
            }
            at = Math.min(text.length(), at + (letter == '\\' ? 2 : 1));
        }
        if (at == start) {
            throw invalid("a regular expression was expected");
        }
        return text.substring(start, at);
    }

    private String literal() {
        skipSpace();
        return isQuote() ? quoted() : next(LITERAL, "a value");
    }

    private boolean isQuote() {
        return at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"');
    }

    private String quoted() {
        var end = text.indexOf(text.charAt(at), at + 1);
        if (end < 0) {
            throw invalid("a closing quote was expected");
        }
        var inside = text.substring(at + 1, end);
        at = end + 1;
        return inside;
    }

    private String next(Pattern form, String what) {
        skipSpace();
        var matcher = form.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw invalid(what + " was expected");
        }
        at = matcher.end();
        return matcher.group();
    }

    private boolean sign(String sign) {
        skipSpace();
        var found = text.startsWith(sign, at);
        at += found ? sign.length() : 0;
        return found;
    }

    /// A word that does not go on, as `not` does in `not_here` but not in `not(`.
    private boolean word(String word) {
        skipSpace();
        var end = at + word.length();
        var found = text.startsWith(word, at)
                && (end == text.length()
                        || !SUBJECT.matcher(text.substring(end, end + 1)).matches());
        at += found ? word.length() : 0;
        return found;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private AwsError invalid(String why) {
        return invalid(why, at);
    }

    private AwsError invalid(String why, int where) {
        return Errors.invalidParameter("Invalid expression '%s': %s at character %d."
                .formatted(text, why, Math.min(where, text.length()) + 1));
    }
}

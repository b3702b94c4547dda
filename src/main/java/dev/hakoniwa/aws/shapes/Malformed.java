package dev.hakoniwa.aws.shapes;

/// The bytes of a request don't make the shape they should; the message is for the caller.
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean oneValue;

    private Malformed(String message, boolean oneValue) {
        super(message, null, false, false);
        this.oneValue = oneValue;
    }

    Malformed(String message) {
        this(message, false);
    }

    /// A parameter's value that is not of its type, as EC2 says it.
    static Malformed parameter(String name, String value) {
        return new Malformed("Value (%s) for parameter %s is invalid.".formatted(cut(value), cut(name)), true);
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    /// Whether the request is well-formed but for the value of one parameter.
    public boolean isOneValue() {
        return oneValue;
    }

    private static String cut(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }
}

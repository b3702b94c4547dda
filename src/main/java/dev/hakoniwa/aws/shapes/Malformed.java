package dev.hakoniwa.aws.shapes;

/// The bytes of a request don't make the shape they should; the message is for the caller.
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
        super(message, null, false, false);
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}

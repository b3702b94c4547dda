package dev.hakoniwa.proxy.http;

/// A message that breaks the rules of HTTP. It carries the status that a client gets for such a request.
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private Malformed(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static Malformed because(String message) {
        return new Malformed(400, message);
    }

    static Malformed uriTooLong() {
        return new Malformed(414, "the request line is too long");
    }

    static Malformed notImplemented(String message) {
        return new Malformed(501, message);
    }

    static Malformed version() {
        return new Malformed(505, "not a version of HTTP/1");
    }

    public int status() {
        return status;
    }
}

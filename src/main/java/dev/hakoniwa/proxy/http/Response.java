package dev.hakoniwa.proxy.http;

/// A response's head, read and checked.
public final class Response {
    private static final int CODE = 9;

    private final Head head;
    private final Framing framing;
    private final int status;

    private Response(Head head) {
        this.head = head;
        var version = Version.in(head, 0);
        status = status(head);
        framing = new Framing(head, version);
    }

    public static Response of(Head head) {
        return new Response(head);
    }

    public Head head() {
        return head;
    }

    public int status() {
        return status;
    }

    /// The status code with its phrase, as the server wrote it.
    public String statusLine() {
        return head.text(CODE, head.firstLineEnd());
    }

    /// One that others follow.
    public boolean isInterim() {
        return status < 200 && status != 101;
    }

    public boolean keepsAlive() {
        return framing.keepsAlive();
    }

    public boolean isChunked() {
        return framing.isChunked();
    }

    /// Whether its body ends with the connection.
    public boolean endsWithConnection() {
        return !framing.isChunked() && !framing.hasLength();
    }

    public boolean hasBody(Request request) {
        return !request.isHead() && status >= 200 && status != 204 && status != 304;
    }

    public Body body(Request request) {
        if (!hasBody(request)) {
            return Body.none();
        }
        if (framing.isChunked()) {
            return new Chunks();
        }
        return framing.hasLength() ? Body.of(framing.contentLength()) : Body.untilClose();
    }

    /// Whether the header line is for this connection only.
    public boolean endsHere(int index) {
        return framing.endsHere(head, index);
    }

    private static int status(Head head) {
        if (head.firstLineEnd() < CODE + 3 || head.byteAt(CODE - 1) != ' ') {
            throw Malformed.because("no status");
        }
        var status = 0;
        for (var i = CODE; i < CODE + 3; i++) {
            var digit = head.byteAt(i) - '0';
            status = digit < 0 || digit > 9 ? -1000 : status * 10 + digit;
        }
        if (status < 100 || (head.firstLineEnd() > CODE + 3 && head.byteAt(CODE + 3) != ' ')) {
            throw Malformed.because("a status that is not a number");
        }
        return status;
    }
}

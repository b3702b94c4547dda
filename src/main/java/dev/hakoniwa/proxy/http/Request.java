package dev.hakoniwa.proxy.http;

import org.jspecify.annotations.Nullable;

/// A request's head, read and checked.
public final class Request {
    private final Head head;
    private final Version version;
    private final Framing framing;
    private final String method;
    private final String target;
    private final @Nullable String host;
    private final boolean expectsContinue;

    private Request(Head head) {
        this.head = head;
        var methodEnd = methodEnd(head);
        var targetEnd = targetEnd(head, methodEnd + 1);
        method = method(head, methodEnd);
        version = Version.in(head, targetEnd + 1);
        if (head.firstLineEnd() != targetEnd + 9) {
            throw Malformed.because("more than three parts in the request line");
        }
        framing = new Framing(head, version);
        var uri = head.text(methodEnd + 1, targetEnd);
        var authority = uri.startsWith("/") ? null : authority(uri);
        target = target(uri, authority);
        var hostLine = hostLine();
        host = authority != null ? authority.substring(authority.indexOf("//") + 2) : hostLine;
        expectsContinue = expects("100-continue");
    }

    public static Request of(Head head) {
        return new Request(head);
    }

    public Head head() {
        return head;
    }

    public Version version() {
        return version;
    }

    public String method() {
        return method;
    }

    /// Path and query, as the client wrote them.
    public String target() {
        return target;
    }

    public String path() {
        var query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    public String query() {
        var query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /// The host that the request asks for, with its port if it names one.
    public @Nullable String host() {
        return host;
    }

    /// The `X-Amzn-Trace-Id` that came with it.
    public @Nullable String traceId() {
        for (var i = 0; i < head.size(); i++) {
            if (head.field(i) == Field.TRACE_ID) {
                return head.value(i);
            }
        }
        return null;
    }

    public boolean expectsContinue() {
        return expectsContinue;
    }

    public boolean keepsAlive() {
        return framing.keepsAlive();
    }

    public boolean isChunked() {
        return framing.isChunked();
    }

    /// The protocol that the client wants to change to; absent if it doesn't.
    public @Nullable String upgrade() {
        return framing.upgrade();
    }

    public boolean isHead() {
        return method.equals("HEAD");
    }

    public boolean hasBody() {
        return framing.isChunked() || framing.contentLength() > 0;
    }

    /// Whether it may be sent again after it may have reached a target.
    public boolean mayBeRepeated() {
        return !hasBody() && upgrade() == null && (method.equals("GET") || isHead());
    }

    public Body body() {
        return framing.isChunked()
                ? new Chunks()
                : framing.hasLength() ? Body.of(framing.contentLength()) : Body.none();
    }

    /// Whether the header line is for this connection only.
    public boolean endsHere(int index) {
        return framing.endsHere(head, index);
    }

    private static int methodEnd(Head head) {
        var at = 0;
        while (at < head.firstLineEnd() && Head.isToken(head.byteAt(at))) {
            at++;
        }
        if (at == 0 || at == head.firstLineEnd() || head.byteAt(at) != ' ') {
            throw Malformed.because("no method");
        }
        return at;
    }

    private static int targetEnd(Head head, int from) {
        var at = from;
        while (at < head.firstLineEnd() && head.byteAt(at) != ' ' && head.byteAt(at) != '\t') {
            at++;
        }
        if (at == from || at == head.firstLineEnd()) {
            throw Malformed.because("no target");
        }
        return at;
    }

    private static String method(Head head, int end) {
        return switch (head.byteAt(0)) {
            case 'G' -> end == 3 ? known(head, "GET") : head.text(0, end);
            case 'P' -> end == 4 ? known(head, "POST") : head.text(0, end);
            default -> head.text(0, end);
        };
    }

    private static String known(Head head, String name) {
        for (var i = 1; i < name.length(); i++) {
            if (head.byteAt(i) != name.charAt(i)) {
                return head.text(0, name.length());
            }
        }
        return name;
    }

    /// Scheme and authority of a target in absolute form; absent for the form `*`.
    private @Nullable String authority(String uri) {
        if (uri.equals("*") && method.equals("OPTIONS")) {
            return null;
        }
        if (method.equals("CONNECT")) {
            return "//" + uri;
        }
        var start =
                uri.regionMatches(true, 0, "http://", 0, 7) ? 7 : uri.regionMatches(true, 0, "https://", 0, 8) ? 8 : 0;
        var end = start;
        while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
            end++;
        }
        if (start == 0 || end == start) {
            throw Malformed.because("a target that is neither a path nor a URL");
        }
        return uri.substring(0, end);
    }

    private static String target(String uri, @Nullable String authority) {
        if (authority == null) {
            return uri;
        }
        var rest = authority.length() < uri.length() ? uri.substring(authority.length()) : "";
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private @Nullable String hostLine() {
        var line = -1;
        for (var i = 0; i < head.size(); i++) {
            if (head.field(i) == Field.HOST) {
                if (line >= 0) {
                    throw Malformed.because("more than one Host");
                }
                line = i;
            }
        }
        if (line < 0 && version == Version.HTTP_1_1) {
            throw Malformed.because("no Host");
        }
        return line < 0 ? null : head.value(line);
    }

    private boolean expects(String what) {
        for (var i = 0; i < head.size(); i++) {
            if (head.field(i) == Field.EXPECT && head.value(i).equalsIgnoreCase(what)) {
                return true;
            }
        }
        return false;
    }
}

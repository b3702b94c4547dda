package dev.hakoniwa.proxy.http;

/// The versions of HTTP that have a textual form.
public enum Version {
    HTTP_1_0,
    HTTP_1_1;

    /// The version whose name ends the head's first line, beginning at `from`.
    static Version in(Head head, int from) {
        var text = head.text(from, Math.min(head.firstLineEnd(), from + 8));
        return switch (text) {
            case "HTTP/1.1" -> HTTP_1_1;
            case "HTTP/1.0" -> HTTP_1_0;
            default -> {
                if (text.startsWith("HTTP/") && text.length() > 5 && Character.isDigit(text.charAt(5))) {
                    throw Malformed.version();
                }
                throw Malformed.because("not HTTP");
            }
        };
    }
}

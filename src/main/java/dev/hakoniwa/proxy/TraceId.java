package dev.hakoniwa.proxy;

import org.jspecify.annotations.Nullable;

/// The `X-Amzn-Trace-Id` header: `Root` tells one client's request from all others and is kept from hop to hop, `Self`
/// is this hop's own.
final class TraceId {
    private TraceId() {}

    /// What the target gets.
    ///
    /// @param received what the client sent; absent if it sent none
    static String forward(@Nullable String received, Loop loop) {
        if (received == null || received.isBlank()) {
            return "Root=" + fresh(loop);
        }
        if (!has(received, "Root=")) {
            return "Root=" + fresh(loop) + ";" + received;
        }
        return "Self=" + fresh(loop) + ";" + withoutSelf(received);
    }

    private static boolean has(String traceId, String name) {
        for (var part : traceId.split(";", -1)) {
            if (part.strip().startsWith(name)) {
                return true;
            }
        }
        return false;
    }

    private static String withoutSelf(String traceId) {
        var kept = new StringBuilder();
        for (var part : traceId.split(";", -1)) {
            if (!part.strip().startsWith("Self=")) {
                kept.append(kept.isEmpty() ? "" : ";").append(part);
            }
        }
        return kept.toString();
    }

    private static String fresh(Loop loop) {
        var id = new char[35];
        id[0] = '1';
        id[1] = '-';
        id[10] = '-';
        hex(id, 2, 8, loop.now().getEpochSecond());
        hex(id, 11, 12, loop.random().nextLong());
        hex(id, 23, 12, loop.random().nextLong());
        return new String(id);
    }

    private static void hex(char[] to, int from, int digits, long value) {
        for (var i = 0; i < digits; i++) {
            to[from + digits - 1 - i] = Character.forDigit((int) (value >>> (4 * i)) & 0xF, 16);
        }
    }
}

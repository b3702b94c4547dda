package dev.hakoniwa.proxy.http;

import java.util.ArrayList;
import java.util.List;

/// The header fields that a proxy treats in its own way.
public enum Field {
    OTHER(""),
    CONNECTION("connection"),
    CONTENT_LENGTH("content-length"),
    COOKIE("cookie"),
    EXPECT("expect"),
    FORWARDED_FOR("x-forwarded-for"),
    FORWARDED_PORT("x-forwarded-port"),
    FORWARDED_PROTO("x-forwarded-proto"),
    HOST("host"),
    KEEP_ALIVE("keep-alive"),
    PROXY_CONNECTION("proxy-connection"),
    RELAY("x-hakoniwa-relay"),
    SET_COOKIE("set-cookie"),
    TE("te"),
    TRACE_ID("x-amzn-trace-id"),
    TRANSFER_ENCODING("transfer-encoding"),
    UPGRADE("upgrade");

    private static final Field[][] BY_LENGTH = byLength();

    private final String lowerCase;

    Field(String lowerCase) {
        this.lowerCase = lowerCase;
    }

    /// The field whose name stands in these bytes, in whatever case.
    static Field named(byte[] bytes, int from, int to) {
        var length = to - from;
        if (length >= BY_LENGTH.length) {
            return OTHER;
        }
        for (var field : BY_LENGTH[length]) {
            if (field.isAt(bytes, from)) {
                return field;
            }
        }
        return OTHER;
    }

    private boolean isAt(byte[] bytes, int from) {
        for (var i = 0; i < lowerCase.length(); i++) {
            if ((bytes[from + i] | 0x20) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static Field[][] byLength() {
        var lists = new ArrayList<List<Field>>();
        for (var field : values()) {
            while (lists.size() <= field.lowerCase.length()) {
                lists.add(new ArrayList<>());
            }
            lists.get(field.lowerCase.length()).add(field);
        }
        lists.getFirst().clear();
        return lists.stream().map(list -> list.toArray(Field[]::new)).toArray(Field[][]::new);
    }

    @Override
    public String toString() {
        return lowerCase;
    }
}

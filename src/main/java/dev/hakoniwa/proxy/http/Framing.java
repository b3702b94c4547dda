package dev.hakoniwa.proxy.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the header lines of a message say of its body and its connection. Whatever could be read in two ways is
/// malformed.
final class Framing {
    private static final long UNKNOWN = -1;

    private final Version version;
    private long contentLength = UNKNOWN;
    private boolean chunked;
    private boolean close;
    private boolean keepAlive;
    private boolean upgrade;
    private @Nullable String protocol;
    private List<String> hopByHop = List.of();

    Framing(Head head, Version version) {
        this.version = version;
        for (var i = 0; i < head.size(); i++) {
            read(head, i);
        }
        if (chunked && contentLength != UNKNOWN) {
            throw Malformed.because("both a length and a transfer coding");
        }
    }

    boolean isChunked() {
        return chunked;
    }

    boolean hasLength() {
        return contentLength != UNKNOWN;
    }

    long contentLength() {
        return contentLength;
    }

    boolean keepsAlive() {
        return version == Version.HTTP_1_1 ? !close : keepAlive && !close;
    }

    /// The protocol that the connection is to change to. HTTP/2 in plain text is not among those a load balancer lets
    /// pass.
    @Nullable
    String upgrade() {
        return upgrade && version == Version.HTTP_1_1 && protocol != null && !protocol.equalsIgnoreCase("h2c")
                ? protocol
                : null;
    }

    /// Whether `Connection` names this header line as one that goes no further.
    boolean endsHere(Head head, int index) {
        for (var name : hopByHop) {
            if (head.isNamed(index, name)) {
                return true;
            }
        }
        return false;
    }

    private void read(Head head, int index) {
        switch (head.field(index)) {
            case CONTENT_LENGTH -> contentLength(head.value(index));
            case TRANSFER_ENCODING -> transferEncoding(head.value(index));
            case CONNECTION -> connection(head.value(index));
            case UPGRADE -> protocol = head.value(index);
            case OTHER,
                    COOKIE,
                    EXPECT,
                    FORWARDED_FOR,
                    FORWARDED_PORT,
                    FORWARDED_PROTO,
                    HOST,
                    KEEP_ALIVE,
                    PROXY_CONNECTION,
                    RELAY,
                    SET_COOKIE,
                    TE,
                    TRACE_ID -> {}
        }
    }

    private void contentLength(String value) {
        if (contentLength != UNKNOWN) {
            throw Malformed.because("more than one length");
        }
        if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw Malformed.because("a length that is not a number");
        }
        contentLength = Long.parseLong(value);
    }

    private void transferEncoding(String value) {
        if (chunked || version == Version.HTTP_1_0) {
            throw Malformed.because("more transfer codings than there can be");
        }
        if (!value.equalsIgnoreCase("chunked")) {
            throw Malformed.notImplemented("a transfer coding other than chunked");
        }
        chunked = true;
    }

    private void connection(String value) {
        for (var option : value.split(",", -1)) {
            var name = option.strip();
            if (name.equalsIgnoreCase("close")) {
                close = true;
            } else if (name.equalsIgnoreCase("keep-alive")) {
                keepAlive = true;
            } else if (name.equalsIgnoreCase("upgrade")) {
                upgrade = true;
            } else if (!name.isEmpty()) {
                addHopByHop(name);
            }
        }
    }

    private void addHopByHop(String name) {
        if (hopByHop.isEmpty()) {
            hopByHop = new ArrayList<>();
        }
        hopByHop.add(name);
    }
}

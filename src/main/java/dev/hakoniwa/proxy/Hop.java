package dev.hakoniwa.proxy;

import dev.hakoniwa.proxy.LoadBalancer.ForwardedFor;
import dev.hakoniwa.proxy.http.Field;
import dev.hakoniwa.proxy.http.Output;
import dev.hakoniwa.proxy.http.Request;
import dev.hakoniwa.proxy.http.Response;
import dev.hakoniwa.proxy.http.Version;
import dev.hakoniwa.proxy.route.Rewrite;

/// Writes heads anew for the next hop: what belongs to one connection goes, what a load balancer adds is added.
final class Hop {
    private static final int MOST_FORWARDED = 30;

    private Hop() {}

    /// What the load balancer adds to a request.
    ///
    /// @param forwardedFor what is added to `X-Forwarded-For`: the client's address, and maybe its port
    record Added(ForwardedFor mode, String forwardedFor, int listenerPort, String traceId) {}

    static void writeRequest(Output output, Request request, Rewrite rewrite, Added added) {
        output.text(request.method()).text(" ").text(rewrite.target()).text(" HTTP/1.1");
        output.newLine().line("Host", rewrite.host());
        var head = request.head();
        for (var i = 0; i < head.size(); i++) {
            if (passesToTarget(request, i, added.mode())) {
                head.copy(i, output);
            }
        }
        if (added.mode() == ForwardedFor.APPEND) {
            output.text("X-Forwarded-For: ");
            writeForwarded(output, request);
            output.text(added.forwardedFor()).newLine();
        }
        output.line("X-Forwarded-Proto", "http");
        output.text("X-Forwarded-Port: ").number(added.listenerPort()).newLine();
        output.line("X-Amzn-Trace-Id", added.traceId());
        var upgrade = request.upgrade();
        if (upgrade != null) {
            output.line("Connection", "upgrade").line("Upgrade", upgrade);
        }
        output.newLine();
    }

    /// Whether `X-Forwarded-For` names more addresses than a load balancer accepts.
    static boolean isForwardedTooOften(Request request) {
        var head = request.head();
        var addresses = 0;
        for (var i = 0; i < head.size(); i++) {
            if (head.field(i) == Field.FORWARDED_FOR) {
                addresses +=
                        1 + (int) head.value(i).chars().filter(c -> c == ',').count();
            }
        }
        return addresses > MOST_FORWARDED;
    }

    /// The `Host` header that a target gets if the client's is not preserved: with the listener's port if that is none
    /// of the default ones, without a port otherwise.
    static String host(String host, int listenerPort) {
        var colon = host.lastIndexOf(':');
        var hasPort = colon >= 0 && colon > host.lastIndexOf(']');
        if (listenerPort == 80 || listenerPort == 443) {
            return hasPort ? host.substring(0, colon) : host;
        }
        return hasPort ? host : host + ":" + listenerPort;
    }

    /// Status line and header lines, without the empty line: cookies may follow.
    static void writeResponse(Output output, Response response, Request request) {
        output.text("HTTP/1.1 ").text(response.statusLine()).newLine();
        var head = response.head();
        for (var i = 0; i < head.size(); i++) {
            if (passesToClient(response, request, i)) {
                head.copy(i, output);
            }
        }
        if (response.hasBody(request) && response.endsWithConnection() && request.version() == Version.HTTP_1_1) {
            output.line("Transfer-Encoding", "chunked");
        }
    }

    private static boolean passesToTarget(Request request, int line, ForwardedFor mode) {
        return switch (request.head().field(line)) {
            case OTHER -> !request.endsHere(line);
            case CONTENT_LENGTH, COOKIE, SET_COOKIE, TRANSFER_ENCODING -> true;
            case EXPECT -> request.version() == Version.HTTP_1_1;
            case FORWARDED_FOR -> mode == ForwardedFor.PRESERVE;
            case CONNECTION,
                    FORWARDED_PORT,
                    FORWARDED_PROTO,
                    HOST,
                    KEEP_ALIVE,
                    PROXY_CONNECTION,
                    RELAY,
                    TE,
                    TRACE_ID,
                    UPGRADE -> false;
        };
    }

    private static boolean passesToClient(Response response, Request request, int line) {
        return switch (response.head().field(line)) {
            case CONNECTION, KEEP_ALIVE, PROXY_CONNECTION -> false;
            case TRANSFER_ENCODING -> request.version() == Version.HTTP_1_1 && response.status() != 101;
            case UPGRADE -> response.status() == 101 || response.status() == 426;
            case OTHER,
                    CONTENT_LENGTH,
                    COOKIE,
                    EXPECT,
                    FORWARDED_FOR,
                    FORWARDED_PORT,
                    FORWARDED_PROTO,
                    HOST,
                    RELAY,
                    SET_COOKIE,
                    TE,
                    TRACE_ID -> !response.endsHere(line);
        };
    }

    private static void writeForwarded(Output output, Request request) {
        var head = request.head();
        for (var i = 0; i < head.size(); i++) {
            if (head.field(i) == Field.FORWARDED_FOR && !head.value(i).isEmpty()) {
                output.text(head.value(i)).text(", ");
            }
        }
    }
}

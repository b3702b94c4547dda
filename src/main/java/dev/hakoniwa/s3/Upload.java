package dev.hakoniwa.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The content of an upload as it was before clients cut it into chunks, with the checksums that came along, all of
/// which hold.
///
/// @param checksums in base64
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
record Upload(byte[] content, Map<Checksum, String> checksums) {
    private static final String CHUNKED = "aws-chunked";
    private static final String STREAMING = "STREAMING-";

    static Upload of(Sent request) {
        var fields = new HashMap<>(request.headers());
        var isChunked = request.header("x-amz-content-sha256").orElse("").startsWith(STREAMING)
                || request.header("content-encoding").orElse("").contains(CHUNKED);
        var content = isChunked ? unchunked(request.body(), fields) : request.body();
        checkMd5(request, content);
        checkHash(request, content);
        return new Upload(content, checksums(fields, content));
    }

    /// The content encodings that are the object's own.
    static String encodings(String header) {
        return String.join(
                ",",
                Stream.of(header.split(","))
                        .map(String::trim)
                        .filter(encoding -> !encoding.isEmpty() && !encoding.equals(CHUNKED))
                        .toList());
    }

    /// Each chunk is `SIZE[;chunk-signature=...]`, a line break, its bytes, and a line break; behind the empty one
    /// stand trailers.
    private static byte[] unchunked(byte[] body, Map<String, String> trailers) {
        var content = new ByteArrayOutputStream(body.length);
        var at = 0;
        while (true) {
            var line = line(body, at);
            at += line.length() + 2;
            var size = size(line);
            if (size == 0) {
                break;
            }
            if (size > body.length - at - 2) {
                throw Errors.incompleteBody();
            }
            content.write(body, at, size);
            at += size + 2;
        }
        while (at < body.length) {
            var line = line(body, at);
            at += line.length() + 2;
            var colon = line.indexOf(':');
            if (colon > 0) {
                var name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
                trailers.put(name, line.substring(colon + 1).trim());
            }
        }
        return content.toByteArray();
    }

    private static String line(byte[] body, int from) {
        for (var i = from; i + 1 < body.length; i++) {
            if (body[i] == '\r' && body[i + 1] == '\n') {
                return new String(body, from, i - from, StandardCharsets.ISO_8859_1);
            }
        }
        if (from >= body.length) {
            throw Errors.incompleteBody();
        }
        return new String(body, from, body.length - from, StandardCharsets.ISO_8859_1);
    }

    private static int size(String line) {
        try {
            var size = Integer.parseInt(line.split(";", 2)[0].trim(), 16);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw Errors.incompleteBody();
    }

    private static void checkMd5(Sent request, byte[] content) {
        var sent = request.header("content-md5");
        if (sent.isEmpty()) {
            return;
        }
        byte[] digest;
        try {
            digest = Base64.getDecoder().decode(sent.get());
        } catch (IllegalArgumentException _) {
            throw Errors.invalidDigest();
        }
        if (digest.length != 16) {
            throw Errors.invalidDigest();
        }
        if (!MessageDigest.isEqual(digest, Checksum.digest("MD5", content))) {
            throw Errors.badDigest();
        }
    }

    private static void checkHash(Sent request, byte[] content) {
        var sent = request.header("x-amz-content-sha256").orElse("");
        if (sent.matches("[0-9a-f]{64}")
                && !sent.equals(HexFormat.of().formatHex(Checksum.digest("SHA-256", content)))) {
            throw Errors.otherHash();
        }
    }

    private static Map<Checksum, String> checksums(Map<String, String> fields, byte[] content) {
        var checksums = new HashMap<Checksum, String>();
        for (var field : fields.entrySet()) {
            Checksum.ofHeader(field.getKey()).ifPresent(checksum -> {
                if (!checksum.of(content).equals(field.getValue())) {
                    throw Errors.badChecksum(checksum.name());
                }
                checksums.put(checksum, field.getValue());
            });
        }
        return checksums;
    }
}

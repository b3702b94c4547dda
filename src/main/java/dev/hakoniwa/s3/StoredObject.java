package dev.hakoniwa.s3;

import java.time.Instant;
import java.util.Map;

/// An object: its content, and the headers that describe it, which come back as they were sent.
///
/// @param headers by their names in lower case: the content's type and so on, and the caller's own `x-amz-meta-...`
@SuppressWarnings("ArrayRecordComponent") // contents are not compared
record StoredObject(
        String key,
        byte[] content,
        String etag,
        Map<Checksum, String> checksums,
        Map<String, String> headers,
        Instant modifiedAt) {
    StoredObject {
        checksums = Map.copyOf(checksums);
        headers = Map.copyOf(headers);
    }
}

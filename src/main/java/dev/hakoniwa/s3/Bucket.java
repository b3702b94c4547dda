package dev.hakoniwa.s3;

import java.time.Instant;

/// A bucket, and the region that it says it is in.
record Bucket(String name, String region, Instant createdAt) {}

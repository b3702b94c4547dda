package dev.hakoniwa.s3;

import dev.hakoniwa.core.AccountId;

/// What other services ask about objects. It may be asked outside of any step.
public interface ObjectReader {
    /// The content of an object; throws S3's error if there is no such object or bucket.
    byte[] read(AccountId account, String bucket, String key);
}

package dev.hakoniwa.proxy;

import java.time.Duration;

/// One health check of one target.
public sealed interface Probe {
    Address address();

    Duration timeout();

    /// A GET that follows no redirect and verifies no certificate.
    ///
    /// @param host what the `Host` header says: the target's own address and port
    record Http(Address address, String host, boolean tls, String path, Duration timeout) implements Probe {}

    /// A connection, closed again at once.
    record Tcp(Address address, Duration timeout) implements Probe {}

    /// What came of it.
    sealed interface Result {
        /// An HTTP answer; whether its code is a good one is for the asker to say.
        record Answered(int code) implements Result {}

        record Connected() implements Result {}

        /// No connection or no answer within the timeout.
        record TimedOut() implements Result {}

        /// The connection was refused or broke, or the answer was not HTTP.
        record Failed(String reason) implements Result {}
    }
}

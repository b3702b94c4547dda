package dev.hakoniwa.proxy;

/// What a load balancer has done so far.
///
/// @param requests requests received
/// @param targets answers of targets
/// @param own answers that the load balancer made itself
/// @param connectionErrors connections to targets that could not be made
public record Traffic(long requests, Codes targets, Codes own, long connectionErrors) {
    /// Answers counted by the class of their status.
    public record Codes(long ok, long redirects, long clientErrors, long serverErrors) {}
}

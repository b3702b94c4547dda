package dev.hakoniwa.proxy;

import java.util.concurrent.CompletionStage;

/// Sends health checks.
public interface Probes {
    /// Starts one check and returns at once. The stage never fails: what goes wrong is a [Probe.Result].
    CompletionStage<Probe.Result> send(Probe probe);
}

package dev.hakoniwa.elb;

import dev.hakoniwa.proxy.Probe;
import dev.hakoniwa.proxy.Probes;
import dev.hakoniwa.testing.Shipped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Answers every probe at once, as it is told to, or leaves it open.
final class FakeProbes implements Probes {
    private final List<Probe> sent = new ArrayList<>();
    private final List<CompletableFuture<Probe.Result>> open = new ArrayList<>();
    private Function<Probe, Probe.Result> answer = _ -> new Probe.Result.Answered(200);
    private boolean holding;

    List<Probe> sent() {
        return Shipped.notWith(sent);
    }

    void answer(int code) {
        answer(new Probe.Result.Answered(code));
    }

    void answer(Probe.Result result) {
        answer = Shipped.notWith(_ -> result);
    }

    /// Leaves probes open until [#release].
    void hold() {
        holding = Shipped.notWith(true);
    }

    void release() {
        holding = false;
        var waiting = List.copyOf(open);
        open.clear();
        waiting.forEach(stage -> stage.complete(new Probe.Result.Answered(200)));
    }

    @Override
    public CompletionStage<Probe.Result> send(Probe probe) {
        sent.add(probe);
        if (!holding) {
            return CompletableFuture.completedFuture(answer.apply(probe));
        }
        var stage = new CompletableFuture<Probe.Result>();
        open.add(stage);
        return stage;
    }
}

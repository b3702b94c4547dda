package dev.hakoniwa.ecs;

import dev.hakoniwa.proxy.DataPlane;
import dev.hakoniwa.proxy.Endpoint;
import dev.hakoniwa.proxy.LoadBalancer;
import dev.hakoniwa.proxy.Probe;
import dev.hakoniwa.proxy.Probes;
import dev.hakoniwa.proxy.Target;
import dev.hakoniwa.proxy.TargetGroup;
import dev.hakoniwa.proxy.Traffic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/// A data plane without traffic but what a test says, and health checks that find what a test says.
public final class TestDataPlane implements DataPlane, Probes {
    private static final Traffic.Codes NONE = new Traffic.Codes(0, 0, 0, 0);

    private final Map<String, Integer> inFlight = new HashMap<>();
    private final Map<String, Integer> codes = new HashMap<>();
    private Predicate<String> answers = _ -> true;
    private int usualCode = 200;

    /// How many requests are under way on a target from now on.
    public void inFlight(String address, int requests) {
        inFlight.put(address, requests);
    }

    /// Nothing is under way anywhere any more.
    public void noRequests() {
        inFlight.clear();
    }

    /// What every target's health check answers, unless something else is said of the target.
    public void everyTargetAnswers(int code) {
        usualCode = code;
    }

    public void targetAnswers(String address, int code) {
        codes.put(address, code);
    }

    /// Which addresses answer at all.
    public void answersAt(Predicate<String> whoAnswers) {
        answers = whoAnswers;
    }

    @Override
    public CompletionStage<Probe.Result> send(Probe probe) {
        var address = probe.address().host();
        return CompletableFuture.completedFuture(
                answers.test(address)
                        ? new Probe.Result.Answered(codes.getOrDefault(address, usualCode))
                        : new Probe.Result.TimedOut());
    }

    @Override
    public CompletionStage<List<Endpoint>> apply(LoadBalancer loadBalancer) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<Void> remove(String loadBalancerId) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void group(TargetGroup group) {}

    @Override
    public void removeGroup(String groupId) {}

    @Override
    public void targets(String groupId, List<Target> targets) {}

    @Override
    public int inFlight(String groupId, String targetId, int port) {
        return inFlight.getOrDefault(targetId, 0);
    }

    @Override
    public void cut(String groupId, String targetId, int port) {
        inFlight.remove(targetId);
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of();
    }

    @Override
    public Traffic traffic(String loadBalancerId) {
        return new Traffic(0, NONE, NONE, 0);
    }
}

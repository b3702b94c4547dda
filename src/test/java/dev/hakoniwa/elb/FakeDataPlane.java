package dev.hakoniwa.elb;

import dev.hakoniwa.proxy.Address;
import dev.hakoniwa.proxy.DataPlane;
import dev.hakoniwa.proxy.Endpoint;
import dev.hakoniwa.proxy.LoadBalancer;
import dev.hakoniwa.proxy.Target;
import dev.hakoniwa.proxy.TargetGroup;
import dev.hakoniwa.proxy.Traffic;
import dev.hakoniwa.testing.Shipped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Remembers what it is told.
final class FakeDataPlane implements DataPlane {
    private static final Traffic.Codes NONE = new Traffic.Codes(0, 0, 0, 0);

    private final Map<String, LoadBalancer> loadBalancers = new ConcurrentHashMap<>();
    private final Map<String, TargetGroup> groups = new LinkedHashMap<>();
    private final Map<String, List<Target>> targets = new LinkedHashMap<>();
    private final List<String> cuts = new ArrayList<>();
    private final List<String> tellings = new ArrayList<>();
    private int inFlight;
    private volatile @Nullable CountDownLatch gate;

    LoadBalancer loadBalancer(String arn) {
        return Shipped.notWith(loadBalancers).get(arn);
    }

    TargetGroup targetGroup(String arn) {
        return Shipped.notWith(groups).get(arn);
    }

    List<Target> targets(String targetGroupArn) {
        return Shipped.notWith(targets).getOrDefault(targetGroupArn, List.of());
    }

    /// The targets that were cut, as `id:port`.
    List<String> cuts() {
        return Shipped.notWith(cuts);
    }

    /// The groups whose targets were told, one by one.
    List<String> tellings() {
        return Shipped.notWith(tellings);
    }

    boolean isEmpty() {
        return Shipped.notWith(loadBalancers).isEmpty() && groups.isEmpty();
    }

    void inFlight(int everywhere) {
        inFlight = Shipped.notWith(everywhere);
    }

    /// Lets the next load balancer that is told take effect only when the latch opens.
    void holdNext(CountDownLatch latch) {
        gate = Shipped.notWith(latch);
    }

    boolean isHolding() {
        return gate == null;
    }

    @Override
    public CompletionStage<List<Endpoint>> apply(LoadBalancer loadBalancer) {
        var latch = gate;
        if (latch != null) {
            gate = null;
            await(latch);
        }
        loadBalancers.put(loadBalancer.id(), loadBalancer);
        return CompletableFuture.completedFuture(endpoints(loadBalancer));
    }

    @Override
    public CompletionStage<Void> remove(String loadBalancerId) {
        loadBalancers.remove(loadBalancerId);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void group(TargetGroup group) {
        groups.put(group.id(), group);
    }

    @Override
    public void removeGroup(String groupId) {
        groups.remove(groupId);
        targets.remove(groupId);
    }

    @Override
    public void targets(String groupId, List<Target> now) {
        tellings.add(groupId);
        targets.put(groupId, now);
    }

    @Override
    public int inFlight(String groupId, String targetId, int port) {
        return inFlight;
    }

    @Override
    public void cut(String groupId, String targetId, int port) {
        cuts.add(targetId + ":" + port);
    }

    @Override
    public List<Endpoint> endpoints() {
        return loadBalancers.values().stream()
                .flatMap(loadBalancer -> endpoints(loadBalancer).stream())
                .toList();
    }

    @Override
    public Traffic traffic(String loadBalancerId) {
        return new Traffic(0, NONE, NONE, 0);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("held for too long");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Endpoint> endpoints(LoadBalancer loadBalancer) {
        return loadBalancer.listeners().stream()
                .map(listener -> new Endpoint(
                        loadBalancer.id(),
                        loadBalancer.dnsName(),
                        listener.port(),
                        List.of(new Address("127.0.0.1", listener.port())),
                        null))
                .toList();
    }
}

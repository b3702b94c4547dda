package dev.hakoniwa.proxy;

import dev.hakoniwa.core.Time;
import dev.hakoniwa.testing.FreePort;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A proxy on ephemeral ports of the loopback address, with one load balancer to begin with.
final class TestProxy implements AutoCloseable {
    static final String GROUP = "targets";
    static final String DNS_NAME = "web-1.us-east-1.elb.localhost";
    private static final Vertx VERTX = Vertx.vertx();

    private final Time time = Time.stopped(Instant.parse("2026-03-01T12:00:00Z"));
    private final Proxy proxy;
    private final int port = FreePort.next();

    private TestProxy(Proxy.Settings settings) {
        proxy = new Proxy(VERTX, time, settings);
    }

    static TestProxy start() {
        return start(new Proxy.Settings(Set.of(), false, false, 2, Duration.ofMillis(500)));
    }

    static TestProxy start(Proxy.Settings settings) {
        return new TestProxy(settings);
    }

    /// One that forwards to healthy targets.
    static TestProxy to(ScriptedTarget... targets) {
        var proxy = start();
        proxy.listen(Action.Forward.to(GROUP));
        proxy.healthy(targets);
        return proxy;
    }

    static Vertx vertx() {
        return VERTX;
    }

    Proxy proxy() {
        return proxy;
    }

    Time time() {
        return time;
    }

    /// The port of the one listener.
    int port() {
        return port;
    }

    void listen(Action defaultAction, Rule... rules) {
        listen(LoadBalancer.Attributes.DEFAULT, defaultAction, rules);
    }

    void listen(LoadBalancer.Attributes attributes, Action defaultAction, Rule... rules) {
        var listener = new Listener(port, List.of(rules), defaultAction);
        apply(new LoadBalancer("web", DNS_NAME, null, attributes, List.of(listener)));
    }

    /// The idle timeout that the listener has from now on.
    void idleTimeout(Duration idleTimeout) {
        listen(
                new LoadBalancer.Attributes(
                        idleTimeout, Duration.ofHours(1), LoadBalancer.ForwardedFor.APPEND, false, false),
                Action.Forward.to(GROUP));
    }

    List<Endpoint> apply(LoadBalancer loadBalancer) {
        return get(proxy.apply(loadBalancer).toCompletableFuture());
    }

    void healthy(ScriptedTarget... targets) {
        proxy.targets(GROUP, Arrays.stream(targets).map(TestProxy::inService).toList());
    }

    static Target inService(ScriptedTarget target) {
        return target(target, Target.State.HEALTHY);
    }

    static Target target(ScriptedTarget target, Target.State state) {
        return new Target("127.0.0.1", target.port(), target.address(), state);
    }

    int inFlight(ScriptedTarget target) {
        return proxy.inFlight(GROUP, "127.0.0.1", target.port());
    }

    static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /// Waits until it is so, for ten seconds at most.
    static void eventually(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come to pass within ten seconds");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Override
    public void close() {
        proxy.close();
    }
}

package dev.hakoniwa.proxy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// The event loops that carry the traffic. They start when they are first needed.
final class Loops implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final List<Loop> all;
    private final AtomicBoolean starting = new AtomicBoolean();
    private final Promise<String> started = Promise.promise();

    Loops(Vertx vertx, int number, InstantSource clock) {
        this.vertx = vertx;
        this.all = IntStream.range(0, number)
                .mapToObj(index -> new Loop(index, clock))
                .toList();
    }

    List<Loop> all() {
        return all;
    }

    Loop first() {
        return all.getFirst();
    }

    Future<Void> start() {
        if (starting.compareAndSet(false, true)) {
            var next = all.iterator();
            Supplier<Verticle> verticles = next::next;
            vertx.deployVerticle(verticles, new DeploymentOptions().setInstances(all.size()))
                    .onComplete(started);
        }
        return started.future().mapEmpty();
    }

    /// Closes every socket, and waits for that.
    @Override
    public void close() {
        if (starting.compareAndSet(false, true)) {
            started.fail("closed before it was started");
            return;
        }
        var closed =
                started.future().compose(this::undeploy).toCompletionStage().toCompletableFuture();
        try {
            closed.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            System.getLogger(Loops.class.getName()).log(System.Logger.Level.WARNING, "the proxy did not close", e);
        }
    }

    /// Quarkus undeploys whatever is deployed before it lets the application end.
    private Future<Void> undeploy(String id) {
        return vertx.deploymentIDs().contains(id) ? vertx.undeploy(id) : Future.succeededFuture();
    }
}

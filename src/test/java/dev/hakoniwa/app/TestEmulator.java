package dev.hakoniwa.app;

import dev.hakoniwa.app.Emulator.Outside;
import dev.hakoniwa.aws.Router;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Problems;
import dev.hakoniwa.core.SeededBackground;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.ecr.blobs.BlobStore;
import dev.hakoniwa.ecs.TaskEndpoints.Addresses;
import dev.hakoniwa.proxy.Proxy;
import dev.hakoniwa.runtime.Behaviour;
import dev.hakoniwa.runtime.SimulatedEngine;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// The whole emulator over a simulated engine, with a time that is moved by hand. Load balancers have real sockets.
final class TestEmulator implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Time time = Time.stopped(Instant.parse("2026-01-01T00:00:00Z"));
    private final Proxy proxy = new Proxy(vertx, time, Proxy.Settings.of(Set.of(4566)));
    private final BlobStore blobs;
    private final Emulator emulator;

    TestEmulator() {
        try {
            Path folder = Files.createTempDirectory("hakoniwa-test");
            folder.toFile().deleteOnExit();
            blobs = BlobStore.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var ids = Ids.random();
        var engine = new SimulatedEngine(time, time, ids, Behaviour.calm());
        var settings = Settings.read(_ -> Optional.empty(), new Problems());
        var background = new SeededBackground(time, 1);
        emulator = new Emulator(
                settings,
                new Outside(engine, time, background, ids, proxy, proxy.probes(), blobs, () -> Addresses.NONE));
    }

    Router router() {
        return emulator.router();
    }

    @Override
    public void close() {
        proxy.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        try {
            blobs.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.hakoniwa.ecr;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Events;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.core.VirtualThreads;
import dev.hakoniwa.ecr.blobs.BlobStore;
import dev.hakoniwa.testing.InMemoryAws;
import dev.hakoniwa.testing.Shipped;
import dev.hakoniwa.testing.TestTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.ecr.EcrClient;

/// An ECR in a folder, with a time that stands still and SDK clients that speak to it without a network.
public final class TestEcr implements AutoCloseable {
    public static final String ACCOUNT = "000000000000";
    public static final String REGION = "us-east-1";
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    private final Time time = Time.stopped(START);
    private final TestTime testTime = new TestTime(time);
    private final VirtualThreads background = new VirtualThreads(Duration.ofSeconds(5));
    private final Path folder;
    private final int port;
    private final BlobStore store;
    private final Ecr ecr;
    private final InMemoryAws aws;

    public TestEcr(Path folder) {
        this(folder, 4566);
    }

    public TestEcr(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        this.store = open(folder);
        var tables = new Tables();
        var foundation = new Foundation(tables, time, time, background, Ids.random(), new Events());
        this.ecr = new Ecr(foundation, new RegistryAddress("localhost", port), store);
        this.aws = InMemoryAws.of(tables, time, new EcrApi(ecr).operations());
        ecr.start();
    }

    private static BlobStore open(Path folder) {
        try {
            return BlobStore.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A text with the account that is really called in the place of each that it names, and the registry's address.
    public String in(String text) {
        var port = Shipped.isPlayed() ? Shipped.port() : this.port;
        return aws.accounts().in(text).replace("localhost:4566", "localhost:" + port);
    }

    public static Scope scope(String account, String region) {
        return new Scope(new AccountId(account), new Region(region));
    }

    public EcrClient client() {
        return client(ACCOUNT, REGION);
    }

    public EcrClient client(String account, String region) {
        return aws.client(EcrClient.builder(), scope(account, region));
    }

    public Ecr ecr() {
        return Shipped.notWith(ecr);
    }

    public TestTime time() {
        return testTime;
    }

    /// Waits for everything that runs in the background. Nothing can be started after it.
    public void settle() {
        var _ = Shipped.notWith(this);
        background.close();
    }

    /// How many contents lie on the disk.
    public long contents() {
        return filesIn("blobs");
    }

    /// How many uploads lie on the disk.
    public long uploads() {
        return filesIn("uploads");
    }

    private long filesIn(String name) {
        try (var files = Files.walk(Shipped.notWith(folder).resolve(name))) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        background.close();
        try {
            store.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

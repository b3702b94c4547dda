package dev.hakoniwa.ecr.blobs;

import dev.hakoniwa.core.Scope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Content on its way in. It grows at its end alone, and its digest is taken as it comes, so nothing is read twice and
/// a client whose connection broke goes on where it was.
///
/// Whoever appends or ends it has its turn ([#take]); all else may be asked at any time.
public final class Upload {
    private final String id;
    private final Scope scope;
    private final String repository;
    private final Path path;
    private final ReentrantLock turn = new ReentrantLock();
    private final MessageDigest algorithm = Digest.algorithm();
    private @Nullable FileChannel file;
    private volatile long received;
    private volatile boolean ended;
    private long partStart;
    private long lastPart = Long.MAX_VALUE;
    private long smallestInnerPart = Long.MAX_VALUE;

    Upload(String id, Scope scope, String repository, Path path) {
        this.id = id;
        this.scope = scope;
        this.repository = repository;
        this.path = path;
    }

    public String id() {
        return id;
    }

    boolean belongsTo(Scope otherScope, String otherRepository) {
        return scope.equals(otherScope) && repository.equals(otherRepository);
    }

    /// Waits until nobody else works on this upload; false if that takes too long or the upload has ended meanwhile.
    public boolean take(Duration patience) {
        try {
            if (!turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
        if (ended) {
            turn.unlock();
            return false;
        }
        return true;
    }

    /// Gives the turn back.
    public void release() {
        turn.unlock();
    }

    boolean isTaken() {
        return turn.isLocked();
    }

    public long received() {
        return received;
    }

    public boolean hasEnded() {
        return ended;
    }

    /// Takes all of `bytes` in, or none of them.
    public void append(ByteBuffer bytes) throws IOException {
        if (ended) {
            throw new IOException("the upload was cancelled");
        }
        var content = bytes.duplicate();
        var position = received;
        var into = open();
        while (bytes.hasRemaining()) {
            position += into.write(bytes, position);
        }
        algorithm.update(content);
        received = position;
    }

    /// Says that a part is over: all but the last part of an upload have a least size.
    public void endPart() {
        smallestInnerPart = Math.min(smallestInnerPart, lastPart);
        lastPart = received - partStart;
        partStart = received;
    }

    public boolean hasInnerPartBelow(long size) {
        return smallestInnerPart < size;
    }

    /// The digest of what was received so far.
    public Digest digest() {
        return Digest.soFar(algorithm);
    }

    /// Ends the upload with its content at `target`, where the same content may already be.
    void moveTo(Path target) throws IOException {
        var written = open();
        written.truncate(received);
        close();
        if (Files.exists(target)) {
            Files.delete(path);
        } else {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        }
        ended = true;
    }

    /// Ends the upload without a trace. Who has its turn can append no more, and is waited for.
    void drop() throws IOException {
        ended = true;
        turn.lock();
        try {
            close();
            Files.deleteIfExists(path);
        } finally {
            turn.unlock();
        }
    }

    private FileChannel open() throws IOException {
        if (file == null) {
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }
        return file;
    }

    private void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}

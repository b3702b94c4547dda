package dev.hakoniwa.ecr.blobs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// A folder of content, each file named by its digest and there whole or not at all.
///
/// A file appears ([#publish]) and goes ([#discard]) under its digest's own lock, and each asks there whether it
/// should: so no push finds its content taken away by a clean-up that looked a moment before.
public final class BlobStore implements AutoCloseable {
    private static final int LOCKS = 64;
    private static final String LOCK = "lock";

    private final Path folder;
    private final boolean isMade;
    private final Path contents;
    private final Path uploads;
    private final FileChannel lockFile;
    private final ReentrantLock[] turns =
            IntStream.range(0, LOCKS).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    private BlobStore(Path folder, boolean isMade, FileChannel lockFile) {
        this.folder = folder;
        this.isMade = isMade;
        this.contents = folder.resolve("blobs").resolve("sha256");
        this.uploads = folder.resolve("uploads");
        this.lockFile = lockFile;
    }

    /// Takes the folder for this process alone, and drops what uploads of an earlier one left in it.
    public static BlobStore open(Path folder) throws IOException {
        var isMade = Files.notExists(folder);
        Files.createDirectories(folder);
        var lockFile = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isOurs(lockFile)) {
            lockFile.close();
            throw new IOException("another emulator uses the data folder " + folder);
        }
        var store = new BlobStore(folder, isMade, lockFile);
        Files.createDirectories(store.contents);
        Files.createDirectories(store.uploads);
        store.dropUploads();
        return store;
    }

    private static boolean isOurs(FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    /// Where the content with this digest is, if it is there.
    public Path path(Digest digest) {
        return shelf(digest).resolve(digest.hex());
    }

    private Path shelf(Digest digest) {
        return contents.resolve(digest.hex().substring(0, 2));
    }

    Path uploadPath(String id) {
        return uploads.resolve(id);
    }

    /// Makes what was uploaded the content of `digest`, then runs `link`, which says in the tables who holds it.
    public void publish(Upload upload, Digest digest, Runnable link) throws IOException {
        var turn = turn(digest);
        turn.lock();
        try {
            Files.createDirectories(shelf(digest));
            upload.moveTo(path(digest));
            link.run();
        } finally {
            turn.unlock();
        }
    }

    /// Deletes the content unless it is `wanted` after all.
    public void discard(Digest digest, BooleanSupplier wanted) throws IOException {
        var turn = turn(digest);
        turn.lock();
        try {
            if (!wanted.getAsBoolean()) {
                Files.deleteIfExists(path(digest));
            }
        } finally {
            turn.unlock();
        }
    }

    /// Deletes every content that isn't `wanted`.
    public void sweep(Predicate<Digest> wanted) throws IOException {
        try (var files = Files.find(contents, 2, (_, attributes) -> attributes.isRegularFile())) {
            for (var file : (Iterable<Path>) files::iterator) {
                var digest = Digest.parse("sha256:" + file.getFileName());
                if (digest.isPresent()) {
                    discard(digest.get(), () -> wanted.test(digest.get()));
                }
            }
        }
    }

    private void dropUploads() throws IOException {
        try (var files = Files.list(uploads)) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }

    private ReentrantLock turn(Digest digest) {
        return turns[Math.floorMod(digest.hashCode(), LOCKS)];
    }

    /// Gives the folder up. Content that it still holds stays; else it is left as it was found, and goes if it was
    /// made.
    @Override
    public void close() throws IOException {
        try (lockFile) {
            dropUploads();
            Files.delete(uploads);
            try (var shelves = Files.list(contents)) {
                for (var shelf : (Iterable<Path>) shelves::iterator) {
                    Files.delete(shelf);
                }
            }
            Files.delete(contents);
            Files.delete(contents.getParent());
            Files.delete(folder.resolve(LOCK));
            if (isMade) {
                Files.delete(folder);
            }
        } catch (DirectoryNotEmptyException | NoSuchFileException _) {
            // somebody else's to remove
        }
    }
}

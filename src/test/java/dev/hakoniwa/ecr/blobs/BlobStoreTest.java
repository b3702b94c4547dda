package dev.hakoniwa.ecr.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobStoreTest {
    private static final Scope SCOPE = new Scope(new AccountId("000000000000"), new Region("us-east-1"));

    @TempDir
    private Path folder;

    private BlobStore store;

    @BeforeEach
    void open() throws IOException {
        store = BlobStore.open(folder);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void contentAppearsWhenItIsPublished() throws IOException {
        var upload = upload("one", "some content");
        var digest = upload.digest();
        var before = Files.exists(store.path(digest));

        store.publish(upload, digest, () -> {});

        assertThat(before).isFalse();
        assertThat(store.path(digest)).hasContent("some content");
        assertThat(digest).isEqualTo(Digest.of("some content".getBytes(StandardCharsets.UTF_8)));
        assertThat(upload.hasEnded()).isTrue();
        assertThat(store.uploadPath("one")).doesNotExist();
    }

    @Test
    void aFolderThatHoldsNothingIsLeftAsItWasFound() throws IOException {
        var made = folder.resolve("made");
        var upload = upload("one", "some content");
        store.publish(upload, upload.digest(), () -> {});
        store.discard(upload.digest(), () -> false);

        store.close();
        BlobStore.open(made).close();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void contentOutlivesTheStore() throws IOException {
        var upload = upload("one", "some content");
        store.publish(upload, upload.digest(), () -> {});

        store.close();

        assertThat(store.path(upload.digest())).hasContent("some content");
    }

    @Test
    void theSameContentIsKeptOnce() throws IOException {
        var first = upload("one", "some content");
        var second = upload("two", "some content");
        store.publish(first, first.digest(), () -> {});

        store.publish(second, second.digest(), () -> {});

        assertThat(store.path(second.digest())).hasContent("some content");
        assertThat(store.uploadPath("two")).doesNotExist();
    }

    @Test
    void emptyContentIsContent() throws IOException {
        var upload = upload("one", "");

        store.publish(upload, upload.digest(), () -> {});

        assertThat(store.path(upload.digest())).isEmptyFile();
    }

    @Test
    void wantedContentStays() throws IOException {
        var upload = upload("one", "some content");
        store.publish(upload, upload.digest(), () -> {});

        store.discard(upload.digest(), () -> true);
        var kept = Files.exists(store.path(upload.digest()));
        store.discard(upload.digest(), () -> false);

        assertThat(kept).isTrue();
        assertThat(store.path(upload.digest())).doesNotExist();
    }

    @Test
    void aSweepLeavesWhatIsWanted() throws IOException {
        var one = upload("one", "wanted");
        var two = upload("two", "unwanted");
        store.publish(one, one.digest(), () -> {});
        store.publish(two, two.digest(), () -> {});

        store.sweep(one.digest()::equals);

        assertThat(store.path(one.digest())).exists();
        assertThat(store.path(two.digest())).doesNotExist();
    }

    @Test
    void aFolderIsOneEmulators() {
        assertThatThrownBy(() -> BlobStore.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another emulator uses the data folder");
    }

    @Test
    void uploadsOfAnEarlierProcessAreDropped() throws IOException {
        var published = upload("one", "some content");
        store.publish(published, published.digest(), () -> {});
        upload("two", "never finished");
        store.close();

        store = BlobStore.open(folder);

        assertThat(store.uploadPath("two")).doesNotExist();
        assertThat(store.path(published.digest())).exists();
    }

    @Test
    void aDroppedUploadTakesNothingMore() throws IOException {
        var upload = upload("one", "some content");

        upload.drop();

        assertThat(upload.take(Duration.ofMillis(1))).isFalse();
        assertThatThrownBy(() -> append(upload, "more")).isInstanceOf(IOException.class);
        assertThat(store.uploadPath("one")).doesNotExist();
    }

    @Test
    void whatCouldNotBeWrittenIsNotCounted() throws IOException {
        var upload = new Upload("x", SCOPE, "app", folder.resolve("missing").resolve("x"));

        assertThatThrownBy(() -> append(upload, "some content")).isInstanceOf(IOException.class);
        Files.createDirectory(folder.resolve("missing"));
        append(upload, "other");

        assertThat(upload.received()).isEqualTo(5);
        assertThat(upload.digest()).isEqualTo(Digest.of("other".getBytes(StandardCharsets.UTF_8)));
    }

    private Upload upload(String id, String content) throws IOException {
        var upload = new Upload(id, SCOPE, "app", store.uploadPath(id));
        append(upload, content);
        return upload;
    }

    private static void append(Upload upload, String content) throws IOException {
        upload.append(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
    }
}

package dev.hakoniwa.s3;

import static dev.hakoniwa.s3.InMemoryS3.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.WireTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.S3Object;

@WireTest
final class ListingTest {
    private final InMemoryS3 aws = new InMemoryS3();

    @BeforeEach
    void fill() {
        aws.client.createBucket(b -> b.bucket("files"));
        Stream.of("a.txt", "logs/1", "logs/2", "logs/old/3", "pics/ü & <x>.png", "z")
                .forEach(key -> aws.put("files", key, key));
        aws.client.createBucket(b -> b.bucket("files2"));
        aws.put("files2", "other", "x");
    }

    @Test
    void allKeysComeInTheirOrder() {
        var listed = aws.client.listObjectsV2(l -> l.bucket("files"));

        assertThat(keys(listed.contents()))
                .containsExactly("a.txt", "logs/1", "logs/2", "logs/old/3", "pics/ü & <x>.png", "z");
        assertThat(listed.keyCount()).isEqualTo(6);
        assertThat(listed.isTruncated()).isFalse();
        assertThat(listed.contents().getFirst().size()).isEqualTo(5);
        assertThat(listed.contents().getFirst().lastModified()).isEqualTo(aws.time.start());
    }

    @Test
    void whatIsDeeperIsToldByItsPrefix() {
        var top = aws.client.listObjectsV2(l -> l.bucket("files").delimiter("/"));
        var logs =
                aws.client.listObjectsV2(l -> l.bucket("files").delimiter("/").prefix("logs/"));

        assertThat(keys(top.contents())).containsExactly("a.txt", "z");
        assertThat(prefixes(top.commonPrefixes())).containsExactly("logs/", "pics/");
        assertThat(keys(logs.contents())).containsExactly("logs/1", "logs/2");
        assertThat(prefixes(logs.commonPrefixes())).containsExactly("logs/old/");
    }

    @Test
    void pagesFollowOneAnother() {
        var keys = new ArrayList<String>();
        var prefixes = new ArrayList<String>();
        aws.client
                .listObjectsV2Paginator(l -> l.bucket("files").delimiter("/").maxKeys(1))
                .forEach(page -> {
                    keys.addAll(keys(page.contents()));
                    prefixes.addAll(prefixes(page.commonPrefixes()));
                });

        assertThat(keys).containsExactly("a.txt", "z");
        assertThat(prefixes).containsExactly("logs/", "pics/");
    }

    @Test
    void aListingBeginsBehindAKey() {
        var listed = aws.client.listObjectsV2(l -> l.bucket("files").startAfter("logs/2"));

        assertThat(keys(listed.contents())).containsExactly("logs/old/3", "pics/ü & <x>.png", "z");
    }

    @Test
    void theOlderListingHasMarkers() {
        var first = aws.client.listObjects(l -> l.bucket("files").maxKeys(4));
        var second = aws.client.listObjects(l -> l.bucket("files").marker(first.nextMarker()));

        assertThat(keys(first.contents())).hasSize(4);
        assertThat(first.isTruncated()).isTrue();
        assertThat(keys(second.contents())).containsExactly("pics/ü & <x>.png", "z");
        assertThat(second.isTruncated()).isFalse();
    }

    @Test
    void nonsenseIsRefused() {
        assertFails(
                () -> aws.client.listObjectsV2(l -> l.bucket("files").maxKeys(-1)),
                400,
                "InvalidArgument",
                "Argument maxKeys must be an integer between 0 and 2147483647");
        assertFails(
                () -> aws.client.listObjectsV2(l -> l.bucket("files").continuationToken("%%%")),
                400,
                "InvalidArgument",
                "The continuation token provided is incorrect");
    }

    private static List<String> keys(List<S3Object> objects) {
        return objects.stream().map(S3Object::key).toList();
    }

    private static List<String> prefixes(List<CommonPrefix> prefixes) {
        return prefixes.stream().map(CommonPrefix::prefix).toList();
    }
}

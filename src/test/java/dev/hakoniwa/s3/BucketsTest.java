package dev.hakoniwa.s3;

import static dev.hakoniwa.s3.InMemoryS3.IRELAND;
import static dev.hakoniwa.s3.InMemoryS3.OTHER_ACCOUNT;
import static dev.hakoniwa.s3.InMemoryS3.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

@WireTest
final class BucketsTest {
    private final InMemoryS3 aws = new InMemoryS3();

    @Test
    void aBucketIsThereOnceItIsCreated() {
        aws.client.createBucket(b -> b.bucket("files"));

        assertThat(aws.client.listBuckets().buckets())
                .extracting(Bucket::name, Bucket::creationDate)
                .containsExactly(tuple("files", aws.time.start()));
        assertThat(aws.client.headBucket(b -> b.bucket("files")).bucketRegion()).isEqualTo("us-east-1");
        assertThat(aws.client.getBucketLocation(b -> b.bucket("files")).locationConstraintAsString())
                .isNullOrEmpty();
    }

    @Test
    void aBucketIsInTheRegionThatItWasCreatedIn() {
        aws.in(IRELAND)
                .createBucket(b -> b.bucket("files")
                        .createBucketConfiguration(c -> c.locationConstraint(BucketLocationConstraint.EU_WEST_1)));

        assertThat(aws.client.getBucketLocation(b -> b.bucket("files")).locationConstraint())
                .isEqualTo(BucketLocationConstraint.EU_WEST_1);
        assertFails(
                () -> aws.client.createBucket(b -> b.bucket("more")
                        .createBucketConfiguration(c -> c.locationConstraint(BucketLocationConstraint.EU_WEST_1))),
                400,
                "IllegalLocationConstraintException",
                "The eu-west-1 location constraint is incompatible for the region specific endpoint this request was"
                        + " sent to.");
    }

    @Test
    void itsOwnerMayCreateABucketAgainInTheFirstRegionOnly() {
        aws.client.createBucket(b -> b.bucket("files"));

        aws.client.createBucket(b -> b.bucket("files"));

        assertFails(
                () -> aws.in(IRELAND)
                        .createBucket(b -> b.bucket("files")
                                .createBucketConfiguration(
                                        c -> c.locationConstraint(BucketLocationConstraint.EU_WEST_1))),
                409,
                "BucketAlreadyOwnedByYou",
                "Your previous request to create the named bucket succeeded and you already own it.");
    }

    @Test
    void onlyAnEmptyBucketIsDeleted() {
        aws.client.createBucket(b -> b.bucket("files"));
        aws.put("files", "a", "content");

        assertFails(
                () -> aws.client.deleteBucket(b -> b.bucket("files")),
                409,
                "BucketNotEmpty",
                "The bucket you tried to delete is not empty");
        aws.client.deleteObject(d -> d.bucket("files").key("a"));
        aws.client.deleteBucket(b -> b.bucket("files"));

        assertThatThrownBy(() -> aws.client.headBucket(b -> b.bucket("files")))
                .isInstanceOf(NoSuchBucketException.class);
        assertFails(
                () -> aws.client.listObjectsV2(l -> l.bucket("files")),
                404,
                "NoSuchBucket",
                "The specified bucket does not exist");
    }

    @Test
    @InJvm("a name below localhost, which not every machine knows")
    void theBucketMayStandInTheHost() {
        aws.virtualHosts.createBucket(b -> b.bucket("my.files"));

        assertThat(aws.client.listBuckets().buckets()).extracting(Bucket::name).containsExactly("my.files");
    }

    @Test
    void accountsDoNotSeeOneAnother() {
        aws.client.createBucket(b -> b.bucket("files"));

        assertThat(aws.in(OTHER_ACCOUNT).listBuckets().buckets()).isEmpty();
    }

    @Test
    void whatIsNotHereSaysSo() {
        aws.client.createBucket(b -> b.bucket("files"));

        assertFails(
                () -> aws.client.getBucketPolicy(b -> b.bucket("files")),
                501,
                "NotImplemented",
                "A header or query you provided implies functionality that is not implemented: ?policy");
    }
}

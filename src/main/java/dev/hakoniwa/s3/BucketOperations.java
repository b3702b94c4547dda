package dev.hakoniwa.s3;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.WireResponse;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;

/// The operations on buckets.
final class BucketOperations {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final String FIRST_REGION = "us-east-1";

    private final Buckets buckets;
    private final InstantSource clock;

    BucketOperations(Buckets buckets, InstantSource clock) {
        this.buckets = buckets;
        this.clock = clock;
    }

    WireResponse list(Call call, Sent request) {
        var owner = call.account().value();
        return Answers.xml(Xml.document(
                "ListAllMyBucketsResult",
                xml -> xml.element("Owner", o -> o.element("ID", owner)).element("Buckets", list -> {
                    for (var bucket : buckets.all(call.account())) {
                        list.element(
                                "Bucket",
                                b -> b.element("Name", bucket.name())
                                        .element("CreationDate", Listing.time(bucket.createdAt()))
                                        .element("BucketRegion", bucket.region()));
                    }
                })));
    }

    /// In the first of AWS's regions a bucket may be created again by its owner.
    WireResponse create(Call call, Sent request) {
        var name = request.bucket();
        if (!NAME.matcher(name).matches()
                || name.contains("..")
                || ADDRESS.matcher(name).matches()) {
            throw Errors.invalidBucketName(name);
        }
        var region = call.region().name();
        var constraint = request.body().length == 0
                ? ""
                : Xml.texts(Upload.of(request).content(), "LocationConstraint").stream()
                        .findFirst()
                        .orElse("");
        if (constraint.isEmpty() ? !region.equals(FIRST_REGION) : !constraint.equals(region)) {
            throw Errors.otherRegion(constraint.isEmpty() ? "unspecified" : constraint);
        }
        if (buckets.contains(call.account(), name)) {
            if (!region.equals(FIRST_REGION)) {
                throw Errors.bucketExists(name);
            }
        } else {
            buckets.put(call.account(), new Bucket(name, region, clock.instant()));
        }
        return Answers.empty(200, Map.of("Location", "/" + name));
    }

    WireResponse head(Call call, Sent request) {
        var bucket = buckets.get(call.account(), request.bucket());
        return Answers.empty(200, Map.of("x-amz-bucket-region", bucket.region(), "Content-Type", "application/xml"));
    }

    WireResponse location(Call call, Sent request) {
        var region = buckets.get(call.account(), request.bucket()).region();
        return Answers.xml(Xml.document("LocationConstraint", xml -> {
            if (!region.equals(FIRST_REGION)) {
                xml.text(region);
            }
        }));
    }

    WireResponse delete(Call call, Sent request) {
        buckets.get(call.account(), request.bucket());
        buckets.remove(call.account(), request.bucket());
        return Answers.empty(204);
    }
}

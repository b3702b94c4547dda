package dev.hakoniwa.s3;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Service;
import dev.hakoniwa.aws.WireRequest;
import dev.hakoniwa.aws.WireResponse;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Tables;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// S3, put together. What a request asks for shows in its method, its address and a parameter that names a part of a
/// bucket or object, such as `?location`.
public final class S3 implements ObjectReader {
    public static final Service SERVICE = Service.rest("s3");

    /// The parts of buckets and objects that aren't here.
    private static final Set<String> PARTS = Set.of(
            "accelerate",
            "acl",
            "analytics",
            "attributes",
            "cors",
            "delete",
            "encryption",
            "intelligent-tiering",
            "inventory",
            "legal-hold",
            "lifecycle",
            "location",
            "logging",
            "metadataTable",
            "metrics",
            "notification",
            "object-lock",
            "ownershipControls",
            "partNumber",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "replication",
            "requestPayment",
            "restore",
            "retention",
            "select",
            "session",
            "tagging",
            "torrent",
            "uploadId",
            "uploads",
            "versionId",
            "versioning",
            "versions",
            "website");

    private final Tables tables;
    private final Buckets buckets;
    private final List<Route> routes;

    public S3(Foundation foundation) {
        tables = foundation.tables();
        buckets = new Buckets(foundation.tables());
        var onBuckets = new BucketOperations(buckets, foundation.clock());
        var onObjects = new ObjectOperations(buckets, foundation.clock());
        var listing = new Listing(buckets);
        routes = List.of(
                new Route("ListBuckets", "GET", Level.ALL, "", onBuckets::list),
                new Route("CreateBucket", "PUT", Level.BUCKET, "", onBuckets::create),
                new Route("HeadBucket", "HEAD", Level.BUCKET, "", onBuckets::head),
                new Route("DeleteBucket", "DELETE", Level.BUCKET, "", onBuckets::delete),
                new Route("GetBucketLocation", "GET", Level.BUCKET, "location", onBuckets::location),
                new Route("ListObjectsV2", "GET", Level.BUCKET, "list-type", listing::second),
                new Route("ListObjects", "GET", Level.BUCKET, "", listing::first),
                new Route("DeleteObjects", "POST", Level.BUCKET, "delete", onObjects::deleteAll),
                new Route("PutObject", "PUT", Level.OBJECT, "", onObjects::put),
                new Route("GetObject", "GET", Level.OBJECT, "", onObjects::get),
                new Route("HeadObject", "HEAD", Level.OBJECT, "", onObjects::head),
                new Route("DeleteObject", "DELETE", Level.OBJECT, "", onObjects::delete));
    }

    /// What a request is about.
    private enum Level {
        ALL,
        BUCKET,
        OBJECT;

        static Level of(Sent request) {
            if (request.bucket().isEmpty()) {
                return ALL;
            }
            return request.key().isEmpty() ? BUCKET : OBJECT;
        }
    }

    /// An operation, and the requests that are for it.
    ///
    /// @param parameter what must stand in the query; empty if nothing must
    private record Route(
            String name, String method, Level level, String parameter, BiFunction<Call, Sent, WireResponse> answer) {
        boolean fits(Sent request) {
            return method.equals(request.method())
                    && level == Level.of(request)
                    && (parameter.isEmpty() || request.has(parameter))
                    && request.query().keySet().stream()
                            .noneMatch(part -> PARTS.contains(part) && !part.equals(parameter));
        }
    }

    /// The table of the operations.
    public Operations operations() {
        var names = routes.stream().map(Route::name).collect(Collectors.toCollection(LinkedHashSet::new));
        return Operations.rest(SERVICE, names, this::answer);
    }

    @Override
    public byte[] read(AccountId account, String bucket, String key) {
        return tables.write(() -> buckets.object(account, bucket, key).content());
    }

    private WireResponse answer(Call call, WireRequest request) {
        var sent = Sent.of(request);
        return Answers.with(answer(call, sent), "x-amz-request-id", call.requestId());
    }

    private WireResponse answer(Call call, Sent request) {
        try {
            return tables.write(() -> route(request).answer().apply(call, request));
        } catch (AwsError error) {
            return Answers.error(error, request, call);
        }
    }

    private Route route(Sent request) {
        return routes.stream().filter(route -> route.fits(request)).findFirst().orElseThrow(() -> missing(request));
    }

    private static AwsError missing(Sent request) {
        return request.query().keySet().stream()
                .filter(PARTS::contains)
                .findFirst()
                .map(part -> Errors.notImplemented("?" + part))
                .orElseGet(Errors::methodNotAllowed);
    }
}

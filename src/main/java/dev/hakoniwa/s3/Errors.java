package dev.hakoniwa.s3;

import dev.hakoniwa.aws.AwsError;

/// S3's errors, in its words.
final class Errors {
    private Errors() {}

    static AwsError noSuchBucket(String bucket) {
        return AwsError.of("NoSuchBucket", 404, "The specified bucket does not exist")
                .with("BucketName", bucket);
    }

    static AwsError noSuchKey(String key) {
        return AwsError.of("NoSuchKey", 404, "The specified key does not exist.")
                .with("Key", key);
    }

    static AwsError bucketExists(String bucket) {
        return AwsError.of(
                        "BucketAlreadyOwnedByYou",
                        409,
                        "Your previous request to create the named bucket succeeded and you already own it.")
                .with("BucketName", bucket);
    }

    static AwsError bucketNotEmpty(String bucket) {
        return AwsError.of("BucketNotEmpty", 409, "The bucket you tried to delete is not empty")
                .with("BucketName", bucket);
    }

    static AwsError invalidBucketName(String bucket) {
        return AwsError.client("InvalidBucketName", "The specified bucket is not valid.")
                .with("BucketName", bucket);
    }

    static AwsError otherRegion(String constraint) {
        return AwsError.client(
                "IllegalLocationConstraintException",
                "The %s location constraint is incompatible for the region specific endpoint this request was sent to."
                        .formatted(constraint));
    }

    static AwsError keyTooLong() {
        return AwsError.client("KeyTooLongError", "Your key is too long");
    }

    static AwsError invalidArgument(String message, String name, String value) {
        return AwsError.client("InvalidArgument", message)
                .with("ArgumentName", name)
                .with("ArgumentValue", value);
    }

    static AwsError malformedXml() {
        return AwsError.client(
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
    }

    static AwsError incompleteBody() {
        return AwsError.client(
                "IncompleteBody",
                "You did not provide the number of bytes specified by the Content-Length HTTP header");
    }

    static AwsError invalidDigest() {
        return AwsError.client("InvalidDigest", "The Content-MD5 you specified was invalid.");
    }

    static AwsError badDigest() {
        return AwsError.client("BadDigest", "The Content-MD5 you specified did not match what we received.");
    }

    static AwsError otherHash() {
        return AwsError.client(
                "XAmzContentSHA256Mismatch",
                "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }

    static AwsError badChecksum(String algorithm) {
        return AwsError.client(
                "BadDigest", "The %s you specified did not match the calculated checksum.".formatted(algorithm));
    }

    static AwsError invalidRange() {
        return AwsError.of("InvalidRange", 416, "The requested range is not satisfiable");
    }

    static AwsError preconditionFailed(String condition) {
        return AwsError.of("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold")
                .with("Condition", condition);
    }

    static AwsError methodNotAllowed() {
        return AwsError.of("MethodNotAllowed", 405, "The specified method is not allowed against this resource.");
    }

    static AwsError notImplemented(String what) {
        return AwsError.of(
                "NotImplemented",
                501,
                "A header or query you provided implies functionality that is not implemented: %s".formatted(what));
    }
}

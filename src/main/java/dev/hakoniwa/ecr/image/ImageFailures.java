package dev.hakoniwa.ecr.image;

import dev.hakoniwa.ecr.Errors;
import dev.hakoniwa.ecr.blobs.Digest;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/// Why one image of several could not be given or deleted.
final class ImageFailures {
    private static final Pattern DIGEST = Pattern.compile("[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+");

    private ImageFailures() {}

    static ImageFailure missingDigestAndTag(ImageIdentifier id) {
        return failure(id, ImageFailureCode.MISSING_DIGEST_AND_TAG, Errors.MISSING_DIGEST_AND_TAG);
    }

    static ImageFailure invalidDigest(ImageIdentifier id) {
        return failure(
                id,
                ImageFailureCode.INVALID_IMAGE_DIGEST,
                "Invalid request parameters: image digest should satisfy the regex '" + DIGEST + "'");
    }

    static ImageFailure invalidTag(ImageIdentifier id) {
        return failure(
                id,
                ImageFailureCode.INVALID_IMAGE_TAG,
                "Invalid request parameters: image tag should satisfy the regex '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'");
    }

    static ImageFailure notFound(ImageIdentifier id) {
        return failure(id, ImageFailureCode.IMAGE_NOT_FOUND, "Requested image not found");
    }

    static ImageFailure tagDoesNotMatchDigest(ImageIdentifier id) {
        return failure(
                id, ImageFailureCode.IMAGE_TAG_DOES_NOT_MATCH_DIGEST, "Requested image tag does not match its digest");
    }

    static ImageFailure inaccessible(ImageIdentifier id) {
        return failure(id, ImageFailureCode.IMAGE_INACCESSIBLE, "Requested image is archived");
    }

    static ImageFailure referencedByManifestList(ImageIdentifier id, List<Digest> lists) {
        return failure(
                id,
                ImageFailureCode.IMAGE_REFERENCED_BY_MANIFEST_LIST,
                "Requested image referenced by manifest list: " + lists);
    }

    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    private static ImageFailure failure(ImageIdentifier id, ImageFailureCode code, String reason) {
        return ImageFailure.builder()
                .imageId(id)
                .failureCode(code)
                .failureReason(reason)
                .build();
    }
}

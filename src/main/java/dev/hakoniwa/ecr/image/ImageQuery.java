package dev.hakoniwa.ecr.image;

import dev.hakoniwa.ecr.Constraints;
import dev.hakoniwa.ecr.Errors;
import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.blobs.Digest;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/// Finds the image that an image id of a request means: by tag, by digest, or by both if they agree.
final class ImageQuery {
    private final Images images;

    ImageQuery(Images images) {
        this.images = images;
    }

    /// What an image id leads to.
    sealed interface Result {
        record Found(StoredImage image) implements Result {}

        record Failed(ImageFailure failure) implements Result {}
    }

    Result find(RepositoryKey repository, ImageIdentifier id) {
        if (id.imageDigest() == null && id.imageTag() == null) {
            return new Result.Failed(ImageFailures.missingDigestAndTag(id));
        }
        if (id.imageDigest() != null && !ImageFailures.isDigest(id.imageDigest())) {
            return new Result.Failed(ImageFailures.invalidDigest(id));
        }
        if (id.imageTag() != null && !Constraints.isTag(id.imageTag())) {
            return new Result.Failed(ImageFailures.invalidTag(id));
        }
        return findValid(repository, id);
    }

    private Result findValid(RepositoryKey repository, ImageIdentifier id) {
        var found = id.imageTag() == null ? byDigest(repository, id) : images.find(repository, id.imageTag());
        if (found.isEmpty()) {
            return new Result.Failed(ImageFailures.notFound(id));
        }
        if (id.imageDigest() != null && !found.get().digest().toString().equals(id.imageDigest())) {
            return new Result.Failed(ImageFailures.tagDoesNotMatchDigest(id));
        }
        return new Result.Found(found.get());
    }

    private Optional<StoredImage> byDigest(RepositoryKey repository, ImageIdentifier id) {
        return Digest.parse(id.imageDigest()).flatMap(digest -> images.find(repository, digest));
    }

    /// The image, or ECR's error for an operation that wants all it asks for.
    StoredImage get(RepositoryKey repository, ImageIdentifier id) {
        if (id.imageDigest() == null && id.imageTag() == null) {
            throw Errors.missingDigestAndTag();
        }
        return switch (find(repository, id)) {
            case Result.Found(var image) -> image;
            case Result.Failed _ -> throw Errors.imageNotFound(repository, id.imageDigest(), id.imageTag());
        };
    }
}

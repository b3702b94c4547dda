package dev.hakoniwa.ecr;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.ecr.blobs.Digest;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// ECR's errors, by name and in its words.
public final class Errors {
    /// What is said of an image id that is empty, as an error and as a failure among others.
    public static final String MISSING_DIGEST_AND_TAG =
            "Invalid request parameters: both tag and digest cannot be null";

    private Errors() {}

    public static AwsError invalidParameter(String member, String constraint) {
        return AwsError.client(
                "InvalidParameterException",
                "Invalid parameter at '%s' failed to satisfy constraint: '%s'".formatted(member, constraint));
    }

    public static AwsError invalidToken() {
        return invalidParameter("nextToken", "must be the token of an earlier page of the same listing");
    }

    public static AwsError missingDigestAndTag() {
        return AwsError.client("InvalidParameterException", MISSING_DIGEST_AND_TAG);
    }

    public static AwsError repositoryNotFound(RepositoryKey repository) {
        return AwsError.client(
                "RepositoryNotFoundException",
                "The repository with name '%s' does not exist in the registry with id '%s'"
                        .formatted(repository.name(), repository.registryId()));
    }

    public static AwsError repositoryAlreadyExists(RepositoryKey repository) {
        return AwsError.client(
                "RepositoryAlreadyExistsException",
                "The repository with name '%s' already exists in the registry with id '%s'"
                        .formatted(repository.name(), repository.registryId()));
    }

    public static AwsError repositoryNotEmpty(RepositoryKey repository) {
        return AwsError.client(
                "RepositoryNotEmptyException",
                "The repository with name '%s' in registry with id '%s' cannot be deleted because it still contains images"
                        .formatted(repository.name(), repository.registryId()));
    }

    public static AwsError repositoryPolicyNotFound(RepositoryKey repository) {
        return AwsError.client(
                "RepositoryPolicyNotFoundException",
                "Repository policy does not exist for the repository with name '%s' in the registry with id '%s'"
                        .formatted(repository.name(), repository.registryId()));
    }

    public static AwsError lifecyclePolicyNotFound(RepositoryKey repository) {
        return AwsError.client(
                "LifecyclePolicyNotFoundException",
                "Lifecycle policy does not exist for the repository with name '%s' in the registry with id '%s'"
                        .formatted(repository.name(), repository.registryId()));
    }

    public static AwsError previewNotFound(RepositoryKey repository) {
        return AwsError.client(
                "LifecyclePolicyPreviewNotFoundException",
                "Lifecycle policy preview does not exist for the repository with name '%s' in the registry with id '%s'"
                        .formatted(repository.name(), repository.registryId()));
    }

    public static AwsError previewInProgress(RepositoryKey repository) {
        return AwsError.client(
                "LifecyclePolicyPreviewInProgressException",
                "A lifecycle policy preview is already in progress for the repository with name '%s' in the registry with id '%s'"
                        .formatted(repository.name(), repository.registryId()));
    }

    public static AwsError imageNotFound(RepositoryKey repository, @Nullable String digest, @Nullable String tag) {
        return AwsError.client(
                "ImageNotFoundException",
                "The image with imageId {imageDigest:'%s', imageTag:'%s'} does not exist within the repository with name '%s' in the registry with id '%s'"
                        .formatted(digest, tag, repository.name(), repository.registryId()));
    }

    public static AwsError imageAlreadyExists(RepositoryKey repository, Digest digest, @Nullable String tag) {
        return AwsError.client(
                "ImageAlreadyExistsException",
                "Image with digest '%s' and tag '%s' already exists in the repository with name '%s' in registry with id '%s'"
                        .formatted(digest, tag, repository.name(), repository.registryId()));
    }

    public static AwsError imageTagAlreadyExists(RepositoryKey repository, String tag) {
        return AwsError.client(
                "ImageTagAlreadyExistsException",
                "The image tag '%s' already exists in the '%s' repository and cannot be overwritten because the tag is immutable."
                        .formatted(tag, repository.name()));
    }

    public static AwsError imageDigestDoesNotMatch() {
        return AwsError.client(
                "ImageDigestDoesNotMatchException",
                "The calculated digest of the image does not match the digest provided");
    }

    public static AwsError imageStorageClassUpdateNotSupported(String message) {
        return AwsError.client("ImageStorageClassUpdateNotSupportedException", message);
    }

    public static AwsError layersNotFound(RepositoryKey repository, Collection<Digest> digests) {
        return AwsError.client(
                "LayersNotFoundException",
                "Layers with digests '%s' required for pushing image into repository with name '%s' in the registry with id '%s' do not exist"
                        .formatted(digests, repository.name(), repository.registryId()));
    }

    public static AwsError layerNotFound(RepositoryKey repository, String digest) {
        return AwsError.client(
                "LayersNotFoundException",
                "The layer with digest '%s' does not exist in the repository with name '%s' in the registry with id '%s'"
                        .formatted(digest, repository.name(), repository.registryId()));
    }

    public static AwsError layerInaccessible(RepositoryKey repository, Digest digest) {
        return AwsError.client(
                "LayerInaccessibleException",
                "The layer with digest '%s' in the repository with name '%s' in the registry with id '%s' is not available because it is not associated with an image"
                        .formatted(digest, repository.name(), repository.registryId()));
    }

    public static AwsError layerAlreadyExists(RepositoryKey repository, Digest digest) {
        return AwsError.client(
                "LayerAlreadyExistsException",
                "Layer with digest '%s' already exists in the repository with name '%s' in the registry with id '%s'"
                        .formatted(digest, repository.name(), repository.registryId()));
    }

    public static AwsError referencedImagesNotFound(RepositoryKey repository, Collection<Digest> digests) {
        return AwsError.client(
                "ReferencedImagesNotFoundException",
                "Images with digests '%s' required for pushing image into repository with name '%s' in the registry with id '%s' do not exist"
                        .formatted(digests, repository.name(), repository.registryId()));
    }

    public static AwsError uploadNotFound(RepositoryKey repository, String uploadId) {
        return AwsError.client(
                "UploadNotFoundException",
                "The upload with id '%s' could not be found, or is not valid for the repository with name '%s' in the registry with id '%s'"
                        .formatted(uploadId, repository.name(), repository.registryId()));
    }

    public static AwsError invalidLayerPart(RepositoryKey repository, String uploadId, long received) {
        return AwsError.client(
                        "InvalidLayerPartException",
                        "The layer part size is not valid, or the first byte specified is not consecutive to the last byte of a previous layer part upload.")
                .with("registryId", repository.registryId())
                .with("repositoryName", repository.name())
                .with("uploadId", uploadId)
                .with("lastValidByteReceived", Math.max(0, received - 1));
    }

    public static AwsError layerPartTooSmall() {
        return AwsError.client("LayerPartTooSmallException", "Layer parts must be at least 5 MiB in size.");
    }

    public static AwsError emptyUpload() {
        return AwsError.client("EmptyUploadException", "The specified layer upload does not contain any layer parts.");
    }

    public static AwsError invalidLayer() {
        return AwsError.client(
                "InvalidLayerException",
                "The layer digest calculation performed by Amazon ECR upon receipt of the image layer does not match the digest specified.");
    }

    public static AwsError invalidTag(String message) {
        return AwsError.client("InvalidTagParameterException", message);
    }

    public static AwsError tooManyTags() {
        return AwsError.client(
                "TooManyTagsException",
                "The list of tags on the repository is over the limit. The maximum number of tags that can be applied to a repository is 50.");
    }

    /// The disk is full, or gone.
    public static AwsError storageFailed(IOException cause) {
        return AwsError.of("ServerException", 500, "The layer could not be stored: " + cause.getMessage());
    }
}

package dev.hakoniwa.ecr.registry;

import dev.hakoniwa.aws.AwsError;

/// An error as a registry words it.
final class RegistryError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    private RegistryError(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    /// ECR's error of the API in the registry's words.
    static RegistryError of(AwsError error) {
        return switch (error.code()) {
            case "RepositoryNotFoundException" -> new RegistryError(404, "NAME_UNKNOWN", error.message());
            case "ImageTagAlreadyExistsException" -> new RegistryError(400, "TAG_INVALID", error.message());
            case "LayersNotFoundException", "ReferencedImagesNotFoundException" ->
                new RegistryError(404, "MANIFEST_BLOB_UNKNOWN", error.message());
            case "InvalidParameterException" -> new RegistryError(400, "MANIFEST_INVALID", error.message());
            default -> new RegistryError(error.status(), "UNKNOWN", error.message());
        };
    }

    static RegistryError nowhere() {
        return new RegistryError(404, "UNSUPPORTED", "The registry has no such path");
    }

    static RegistryError unsupported() {
        return new RegistryError(405, "UNSUPPORTED", "The operation is unsupported.");
    }

    static RegistryError malformed(String what) {
        return new RegistryError(400, "UNSUPPORTED", what);
    }

    static RegistryError nameInvalid() {
        return new RegistryError(400, "NAME_INVALID", "invalid repository name");
    }

    static RegistryError digestInvalid(String message) {
        return new RegistryError(400, "DIGEST_INVALID", message);
    }

    static RegistryError tagInvalid(String tag) {
        return new RegistryError(400, "TAG_INVALID", "manifest tag '" + tag + "' is not valid");
    }

    static RegistryError manifestUnknown() {
        return new RegistryError(404, "MANIFEST_UNKNOWN", "Requested image not found");
    }

    static RegistryError manifestInvalid(String message) {
        return new RegistryError(400, "MANIFEST_INVALID", message);
    }

    static RegistryError manifestTooLarge(int most) {
        return new RegistryError(413, "SIZE_INVALID", "the manifest is larger than " + most + " bytes");
    }

    static RegistryError imageArchived() {
        return new RegistryError(403, "DENIED", "The requested image is archived and must be restored first");
    }

    static RegistryError blobUnknown() {
        return new RegistryError(404, "BLOB_UNKNOWN", "blob unknown to registry");
    }

    static RegistryError uploadUnknown() {
        return new RegistryError(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    }

    static RegistryError uploadInvalid(int status, String message) {
        return new RegistryError(status, "BLOB_UPLOAD_INVALID", message);
    }

    static RegistryError sizeInvalid(String message) {
        return new RegistryError(400, "SIZE_INVALID", message);
    }

    static RegistryError pageInvalid() {
        return new RegistryError(400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested");
    }

    static RegistryError denied(String message) {
        return new RegistryError(403, "DENIED", message);
    }

    static RegistryError storageFailed() {
        return new RegistryError(503, "UNKNOWN", "The registry's storage failed");
    }

    static RegistryError failed() {
        return new RegistryError(500, "UNKNOWN", "Hakoniwa failed at this request; its log says why");
    }
}

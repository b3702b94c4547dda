package dev.hakoniwa.secrets.manager;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.aws.Constraints;
import org.jspecify.annotations.Nullable;

/// The errors of Secrets Manager, in its words, and the checks an operation opens with.
final class Errors {
    private Errors() {}

    /// A member that must have been sent.
    static <T> T present(@Nullable T value, String member) {
        if (value == null) {
            new Constraints().required(member, null).check(Errors::validation);
            throw new IllegalStateException(member);
        }
        return value;
    }

    static AwsError validation(String message) {
        return AwsError.client("ValidationException", message);
    }

    static AwsError invalidName() {
        return validation("Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
                + " following: -/_+=.@!");
    }

    static AwsError invalidParameter(String message) {
        return AwsError.client("InvalidParameterException", message);
    }

    static AwsError bothValues() {
        return invalidParameter(
                "You can't specify both a binary secret value and a string secret value in the same secret.");
    }

    static AwsError noValue() {
        return invalidParameter("You must provide either SecretString or SecretBinary.");
    }

    static AwsError secretNotFound() {
        return notFound("Secrets Manager can't find the specified secret.");
    }

    static AwsError stageNotFound(String stage) {
        return notFound("Secrets Manager can't find the specified secret value for staging label: %s".formatted(stage));
    }

    static AwsError versionNotFound(String versionId) {
        return notFound("Secrets Manager can't find the specified secret value for VersionId: %s".formatted(versionId));
    }

    private static AwsError notFound(String message) {
        return AwsError.client("ResourceNotFoundException", message);
    }

    static AwsError secretExists(String name) {
        return AwsError.client(
                "ResourceExistsException",
                "The operation failed because the secret %s already exists.".formatted(name));
    }

    static AwsError versionExists(String versionId) {
        return AwsError.client(
                "ResourceExistsException",
                ("You can't use ClientRequestToken %s because that value is already in use for a version of secret"
                                + " with a different value.")
                        .formatted(versionId));
    }

    static AwsError markedForDeletion() {
        return invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
    }

    static AwsError nameOfADeletedSecret() {
        return invalidRequest(
                "You can't create this secret because a secret with this name is already scheduled for" + " deletion.");
    }

    static AwsError stageOfAnotherVersion() {
        return invalidRequest("You provided a VersionStage that is not associated to the provided VersionId.");
    }

    private static AwsError invalidRequest(String message) {
        return AwsError.client("InvalidRequestException", message);
    }

    static AwsError forceOrWindow() {
        return invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }

    static AwsError recoveryWindow() {
        return invalidParameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }

    static AwsError stageIsElsewhere(String stage, String versionId) {
        return invalidParameter(("The parameter RemoveFromVersionId can't be empty. Staging label %s is currently"
                        + " attached to version %s, so you must explicitly reference that version in"
                        + " RemoveFromVersionId.")
                .formatted(stage, versionId));
    }

    static AwsError stageIsNotThere(String stage, String versionId) {
        return invalidParameter(
                "The parameter RemoveFromVersionId must be the version that staging label %s is attached"
                                .formatted(stage)
                        + " to, which version %s is not.".formatted(versionId));
    }

    static AwsError currentMustStay() {
        return invalidParameter(
                "You can only move staging label AWSCURRENT to a different secret version. It can't be completely"
                        + " removed.");
    }

    static AwsError tooManyStages() {
        return AwsError.client(
                "LimitExceededException", "A version can have at most 20 staging labels attached to it.");
    }

    static AwsError tooManyTags() {
        return invalidParameter("A secret can have at most 50 tags.");
    }

    static AwsError reservedTag() {
        return invalidParameter("Tag keys can't begin with aws:, which is reserved.");
    }

    static AwsError malformedPolicy() {
        return AwsError.client("MalformedPolicyDocumentException", "This resource policy contains invalid Json.");
    }

    static AwsError invalidToken() {
        return AwsError.client("InvalidNextTokenException", "The NextToken value is invalid.");
    }

    static AwsError noReplicas() {
        return invalidParameter("Hakoniwa does not replicate secrets to other regions.");
    }
}

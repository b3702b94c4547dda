package dev.hakoniwa.iam;

import dev.hakoniwa.aws.AwsError;

/// The errors of IAM and STS, in their words.
final class Errors {
    private Errors() {}

    static AwsError validation(String message) {
        return AwsError.client("ValidationError", message);
    }

    static AwsError invalidInput(String message) {
        return AwsError.client("InvalidInput", message);
    }

    static AwsError malformed(String message) {
        return AwsError.client("MalformedPolicyDocument", message);
    }

    static AwsError roleNotFound(String name) {
        return notFound("The role with name %s cannot be found.".formatted(name));
    }

    static AwsError rolePolicyNotFound(String name) {
        return notFound("The role policy with name %s cannot be found.".formatted(name));
    }

    static AwsError policyNotFound(String arn) {
        return notFound("Policy %s was not found.".formatted(arn));
    }

    static AwsError policyNotAttachable(String arn) {
        return notFound("Policy %s does not exist or is not attachable.".formatted(arn));
    }

    static AwsError versionNotFound(String arn, String version) {
        return notFound("Policy %s version %s does not exist or is not attachable.".formatted(arn, version));
    }

    static AwsError userNotFound(String name) {
        return notFound("The user with name %s cannot be found.".formatted(name));
    }

    static AwsError deletionNotFound(String taskId) {
        return notFound("Service-linked role deletion task %s cannot be found.".formatted(taskId));
    }

    static AwsError roleExists(String name) {
        return exists("Role with name %s already exists.".formatted(name));
    }

    static AwsError policyExists(String name) {
        return exists("A policy called %s already exists. Duplicate names are not allowed.".formatted(name));
    }

    static AwsError roleNameTaken(String name) {
        return invalidInput(
                "Service role name %s has been taken in this account, please try a different suffix.".formatted(name));
    }

    static AwsError roleHasAttachedPolicies() {
        return conflict("Cannot delete entity, must detach all policies first.");
    }

    static AwsError roleHasInlinePolicies() {
        return conflict("Cannot delete entity, must delete policies first.");
    }

    static AwsError policyIsAttached() {
        return conflict("Cannot delete a policy attached to entities.");
    }

    static AwsError policyHasVersions() {
        return conflict("This policy has more than one version. Before you delete a policy, you must delete the "
                + "policy's versions. The default version is deleted with the policy.");
    }

    static AwsError versionIsDefault() {
        return conflict("Cannot delete the default version of a policy.");
    }

    static AwsError tooManyVersions() {
        return limit("A managed policy can have up to 5 versions. Before you create a new version, you must delete an "
                + "existing version.");
    }

    static AwsError quota(String quota, int most) {
        return limit("Cannot exceed quota for %s: %d".formatted(quota, most));
    }

    static AwsError inlineTooLong(String role, int most) {
        return limit("Maximum policy size of %d bytes exceeded for role %s".formatted(most, role));
    }

    static AwsError protectedRole(String name) {
        return AwsError.client(
                "UnmodifiableEntity",
                "Cannot perform the operation on the protected role '%s' - this role is only modifiable by AWS"
                        .formatted(name));
    }

    static AwsError awsManaged(String action, String principal, String policyArn) {
        return denied(principal, action, "policy " + policyArn);
    }

    static AwsError assumeDenied(String principal, String roleArn) {
        return denied(principal, "sts:AssumeRole", roleArn);
    }

    static AwsError noSessionTokenForSessions() {
        return AwsError.of("AccessDenied", 403, "Cannot call GetSessionToken with session credentials");
    }

    /// As services other than IAM word it.
    static AwsError notAuthorized(String principal, String action, String resource, String why) {
        return AwsError.client(
                "AccessDeniedException",
                "User: %s is not authorized to perform: %s on resource: %s %s"
                        .formatted(principal, action, resource, why));
    }

    private static AwsError denied(String principal, String action, String resource) {
        return AwsError.of(
                "AccessDenied",
                403,
                "User: %s is not authorized to perform: %s on resource: %s".formatted(principal, action, resource));
    }

    private static AwsError notFound(String message) {
        return AwsError.of("NoSuchEntity", 404, message);
    }

    private static AwsError exists(String message) {
        return AwsError.of("EntityAlreadyExists", 409, message);
    }

    private static AwsError conflict(String message) {
        return AwsError.of("DeleteConflict", 409, message);
    }

    private static AwsError limit(String message) {
        return AwsError.of("LimitExceeded", 409, message);
    }
}

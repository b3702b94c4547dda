package dev.hakoniwa.secrets.parameter;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.aws.Constraints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The errors of the Parameter Store, in its words, and the checks an operation opens with.
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

    static AwsError reservedName(String name) {
        return AwsError.client("AccessDeniedException", "No access to reserved parameter name: %s.".formatted(name));
    }

    static AwsError reservedPrefix() {
        return validation("Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).");
    }

    static AwsError invalidName() {
        return validation("""
            Parameter name: can't be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist \
            of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the \
            following 3 symbols .-_""");
    }

    static AwsError notFullyQualified() {
        return validation("Parameter name must be a fully qualified name.");
    }

    static AwsError tooDeep() {
        return AwsError.client(
                "HierarchyLevelLimitExceededException", "Parameter hierarchy can have a maximum of fifteen levels.");
    }

    static AwsError invalidPath() {
        return validation("""
            The parameter doesn't meet the parameter name requirements. The parameter name must begin with a \
            forward slash "/". It can't be prefixed with "aws" or "ssm" (case-insensitive). It must use only \
            letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters \
            are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: \
            /get/parameters2-/by1./path0_.""");
    }

    static AwsError noType() {
        return validation("A parameter type is required when you create a parameter.");
    }

    static AwsError otherType() {
        return AwsError.client("HierarchyTypeMismatchException", """
            Parameter Store doesn't support changing a parameter type in a hierarchy. For example, you can't change \
            a parameter from a String type to a SecureString type. You must create a new, unique parameter.""");
    }

    static AwsError exists() {
        return AwsError.client(
                "ParameterAlreadyExists",
                "The parameter already exists. To overwrite this value, set the overwrite option in the request to"
                        + " true.");
    }

    static AwsError tagsAndOverwrite() {
        return validation("""
            Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please \
            remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or \
            RemoveTagsFromResource.""");
    }

    static AwsError tooLong(String tier, int longest) {
        return validation("%s tier parameters support a maximum parameter value of %d characters.%s"
                .formatted(tier, longest, tier.equals("Standard") ? """
                     To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. \
                    For more information, see \
                    https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html""" : ""));
    }

    static AwsError policiesNeedAdvancedTier() {
        return validation("Parameter policies are only supported in the advanced-parameter tier.");
    }

    static AwsError invalidPolicies() {
        return AwsError.client(
                "InvalidPolicyTypeException", "The policies must be a JSON array of policies, each with a Type.");
    }

    static AwsError keyNeedsSecureString() {
        return validation("KeyId is required for SecureString type parameter only.");
    }

    static AwsError patternMismatch(String pattern) {
        return AwsError.client(
                "ParameterPatternMismatchException",
                "Parameter value, cannot be validated against allowedPattern: %s".formatted(pattern));
    }

    static AwsError invalidPattern(String pattern) {
        return AwsError.client(
                "InvalidAllowedPatternException",
                "The allowedPattern %s is not a regular expression.".formatted(pattern));
    }

    static AwsError invalidDataType(String type) {
        return validation(
                "The following data type is not supported: %s (Data type names are all lowercase.)".formatted(type));
    }

    /// Parameter Store says no more than the code.
    static AwsError notFound() {
        return AwsError.client("ParameterNotFound", "");
    }

    static AwsError versionNotFound(String name, String version) {
        return AwsError.client(
                "ParameterVersionNotFound",
                "Systems Manager could not find version %s of %s. Verify the version and try again."
                        .formatted(version, name));
    }

    static AwsError oldestVersionIsLabelled(String name, long version) {
        return AwsError.client("ParameterMaxVersionLimitExceeded", """
            You attempted to create a new version of %s by calling the PutParameter API with the overwrite flag. \
            Version %d, the oldest version, can't be deleted because it has a label associated with it. Move the \
            label to another version of the parameter, and try again.""".formatted(name, version));
    }

    static AwsError tooManyLabels() {
        return AwsError.client("ParameterVersionLabelLimitExceeded", """
            A parameter version can have maximum 10 labels.Move one or more labels to another version and try \
            again.""");
    }

    static AwsError invalidFilterKey(String key, List<String> valid) {
        return AwsError.client(
                "InvalidFilterKey",
                "The following filter key is not valid: %s. Valid filter keys include: [%s]."
                        .formatted(key, String.join(", ", valid)));
    }

    static AwsError invalidFilterOption(String option, List<String> valid) {
        return AwsError.client(
                "InvalidFilterOption",
                "The following filter option is not valid: %s. Valid options include: [%s]"
                        .formatted(option, String.join(", ", valid)));
    }

    static AwsError filterWithoutValues(String key) {
        return AwsError.client(
                "InvalidFilterValue",
                "The following filter values are missing : null for filter key %s".formatted(key));
    }

    static AwsError oneKindOfFilter() {
        return validation("You can use either Filters or ParameterFilters in a single request.");
    }

    static AwsError invalidToken() {
        return AwsError.client("InvalidNextToken", "The specified token is not valid.");
    }

    static AwsError invalidResourceType() {
        return AwsError.client("InvalidResourceType", "The resource type is not valid. Hakoniwa tags parameters only.");
    }

    static AwsError invalidResourceId(String id) {
        return AwsError.client(
                "InvalidResourceId", "The resource ID \"%s\" is not valid. Verify the ID and try again.".formatted(id));
    }

    static AwsError tooManyTags() {
        return AwsError.client("TooManyTagsError", "A parameter can have at most 50 tags.");
    }

    static AwsError reservedTag() {
        return validation("Tag keys can't begin with aws:, which is reserved.");
    }
}

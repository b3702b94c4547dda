package dev.hakoniwa.logs;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.aws.Constraints;
import org.jspecify.annotations.Nullable;

/// The errors of CloudWatch Logs, in its words, and the checks an operation opens with.
public final class Errors {
    private Errors() {}

    /// A member that must have been sent.
    static <T> T present(@Nullable T value, String member) {
        if (value == null) {
            new Constraints().required(member, null).check(Errors::invalidParameter);
            throw new IllegalStateException(member);
        }
        return value;
    }

    /// What every wrong member is answered with.
    public static AwsError invalidParameter(String message) {
        return AwsError.client("InvalidParameterException", message);
    }

    /// A filter pattern that isn't one.
    public static AwsError invalidFilterPattern() {
        return invalidParameter("Invalid filter pattern");
    }

    /// A filter pattern with a bare word that should stand in quotes.
    public static AwsError invalidTerm(String term) {
        return invalidParameter("Invalid character(s) in term '%s'".formatted(term));
    }

    static AwsError groupNotFound() {
        return AwsError.client("ResourceNotFoundException", "The specified log group does not exist.");
    }

    static AwsError streamNotFound() {
        return AwsError.client("ResourceNotFoundException", "The specified log stream does not exist.");
    }

    static AwsError groupExists() {
        return AwsError.client("ResourceAlreadyExistsException", "The specified log group already exists");
    }

    static AwsError streamExists() {
        return AwsError.client("ResourceAlreadyExistsException", "The specified log stream already exists");
    }

    static AwsError invalidToken() {
        return invalidParameter("The specified nextToken is invalid.");
    }

    static AwsError groupIsProtected() {
        return AwsError.client(
                "ValidationException",
                "The log group cannot be deleted because deletion protection is enabled. Disable deletion protection "
                        + "before you delete it.");
    }

    static AwsError notChronological() {
        return invalidParameter("Log events in a single PutLogEvents request must be in chronological order.");
    }

    static AwsError spansTooMuch() {
        return invalidParameter(
                "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
    }

    static AwsError uploadTooLarge(long bytes, long most) {
        return invalidParameter("Upload too large: %d bytes exceeds limit of %d".formatted(bytes, most));
    }

    static AwsError eventTooLarge(long bytes, long most) {
        return invalidParameter("Log event too large: %d bytes exceeds limit of %d".formatted(bytes, most));
    }

    static AwsError oneGroupOnly() {
        return invalidParameter(
                "You must include either the logGroupName or the logGroupIdentifier parameter, but not both.");
    }

    static AwsError namesOrPrefix() {
        return invalidParameter(
                "The parameters logStreamNames and logStreamNamePrefix are mutually exclusive. Specify only one of them.");
    }

    static AwsError prefixOrPattern() {
        return invalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }

    static AwsError noPrefixWhenOrderedByTime() {
        return invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }

    static AwsError tooManyTags() {
        return AwsError.client("TooManyTagsException", "The resource has too many tags: at most 50 are allowed.");
    }
}

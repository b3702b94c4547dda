package dev.hakoniwa.ecs;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.core.AccountId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ECS's errors, by name and in its words, and the checks an operation opens with.
public final class Errors {
    private Errors() {}

    /// The text of a required member; ECS says that it can not be blank.
    public static String present(@Nullable String value, String member) {
        if (value == null || value.isBlank()) {
            throw invalidParameter(member + " can not be blank.");
        }
        return value;
    }

    public static AwsError client(String message) {
        return AwsError.client("ClientException", message);
    }

    public static AwsError invalidParameter(String message) {
        return AwsError.client("InvalidParameterException", message);
    }

    public static AwsError clusterNotFound() {
        return AwsError.client("ClusterNotFoundException", "Cluster not found.");
    }

    public static AwsError clusterInactive() {
        return AwsError.client("ClusterNotFoundException", "The referenced cluster was inactive.");
    }

    public static AwsError clusterContainsServices() {
        return AwsError.client(
                "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.");
    }

    public static AwsError clusterContainsTasks() {
        return AwsError.client(
                "ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.");
    }

    public static AwsError clusterContainsContainerInstances() {
        return AwsError.client(
                "ClusterContainsContainerInstancesException",
                "The Cluster cannot be deleted while Container Instances are active or draining.");
    }

    public static AwsError resourceInUse() {
        return AwsError.client(
                "ResourceInUseException", "The specified capacity provider is in use and cannot be removed.");
    }

    /// A cluster's ARN that names another account.
    public static AwsError accountIdsMismatch() {
        return invalidParameter("AccountIDs mismatch");
    }

    /// Another resource's ARN that names another account.
    public static AwsError otherAccount(String theirs, AccountId ours) {
        return invalidParameter("Identifier is for " + theirs + ". Your accountId is " + ours);
    }

    /// An ARN of something in another cluster than the one that the request is about.
    public static AwsError otherCluster(String theirs, String ours) {
        return invalidParameter(
                "Invalid identifier: Identifier is for cluster " + theirs + ". Your cluster is " + ours);
    }

    public static AwsError otherRegion() {
        return invalidParameter("Invalid Region in ARN");
    }

    /// An ARN of a kind of resource that isn't the one that is wanted.
    public static AwsError unsupportedResourceType(String type) {
        return invalidParameter("Unsupported resource type: " + type);
    }

    public static AwsError invalidArn() {
        return invalidParameter("Invalid arn syntax.");
    }

    public static AwsError invalidToken() {
        return invalidParameter("Invalid token.");
    }

    /// What RunTask and CreateService say of a task definition that isn't there.
    public static AwsError taskDefinitionNotFound() {
        return client("TaskDefinition not found.");
    }

    /// What RunTask and CreateService say of a task definition that is no longer ACTIVE.
    public static AwsError taskDefinitionInactive() {
        return client("TaskDefinition is inactive");
    }

    /// What the operations on task definitions say of one that isn't there.
    public static AwsError unableToDescribeTaskDefinition() {
        return client("Unable to describe task definition.");
    }

    public static AwsError revisionMissing() {
        return client("Revision is missing.");
    }

    public static AwsError invalidRevision(String number) {
        return invalidParameter("Invalid revision number. Number: " + number);
    }

    /// What the operations on tags say of a task definition that isn't there.
    public static AwsError taskDefinitionDoesNotExist() {
        return invalidParameter("The specified task definition does not exist.");
    }

    /// What the operations on tags say of a cluster that has been deleted.
    public static AwsError inactiveClusterCannotBeTagged() {
        return invalidParameter("The specified cluster is inactive. Specify an active cluster and try again.");
    }

    public static AwsError platformUnknown() {
        return AwsError.client("PlatformUnknownException", "The specified platform does not exist.");
    }

    public static AwsError taskNotFound() {
        return invalidParameter("The referenced task was not found.");
    }

    public static AwsError containerInstanceNotFound(String id) {
        return invalidParameter("Referenced container instance %s not found.".formatted(id));
    }

    /// What the agent says to a task that is gone.
    public static AwsError noTaskForRequest() {
        return AwsError.of("ResourceNotFoundException", 404, "Failed to find a task for the request");
    }

    /// What the agent says to a task that would have it call ECS.
    public static AwsError noTaskRole() {
        return AwsError.of(
                "AccessDeniedException", 403, "Invalid Request: no task IAM role credentials available for task");
    }

    /// What ExecuteCommand says of a task that wasn't run for it, or a container that doesn't run.
    public static AwsError executeCommandNotEnabled() {
        return invalidParameter("""
            The execute command failed because execute command was not enabled when the task was run or the execute \
            command agent isn’t running. Wait and try again or run a new task with execute command enabled and try \
            again.""");
    }

    /// What ExecuteCommand says when it can't tell which container is meant.
    public static AwsError severalContainers() {
        return invalidParameter("The task provided has multiple containers running in it. Provide a container name, and"
                + " then try again.");
    }

    public static AwsError containerNotFound(String name) {
        return invalidParameter("The container " + name + " was not found in the task. Provide the name of a container"
                + " of the task, and then try again.");
    }

    public static AwsError tooManySessions(int most) {
        return client("Unable to start new execute sessions because the maximum session limit of " + most
                + " has been reached.");
    }

    public static AwsError serviceNotFound() {
        return AwsError.client("ServiceNotFoundException", "Service not found.");
    }

    public static AwsError serviceNotActive() {
        return AwsError.client("ServiceNotActiveException", "Service was not ACTIVE.");
    }

    public static AwsError serviceDeploymentNotFound() {
        return AwsError.client(
                "ServiceDeploymentNotFoundException", "The specified service deployment could not be found.");
    }

    /// What StopServiceDeployment says of one that has come to its end.
    public static AwsError serviceDeploymentIsOver(String status) {
        return AwsError.client(
                "ConflictException", "The service deployment cannot be stopped because its status is " + status + ".");
    }

    /// A client token that was used for another request.
    public static AwsError conflict(List<String> resourceIds) {
        return AwsError.client(
                        "ConflictException",
                        "The client token was already used with different parameters. Use another one and try again.")
                .with("resourceIds", resourceIds);
    }

    /// What CreateCluster says of a cluster that is there, but not as the request wants it.
    public static AwsError inconsistentIdempotentRequest() {
        return invalidParameter(
                "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).");
    }

    /// An ARN inside a task definition that isn't one.
    public static AwsError clientInvalidArn() {
        return client("Invalid arn syntax.");
    }

    /// What the operations on tags say of a task, service or container instance named without its cluster.
    public static AwsError longArnNeeded() {
        return invalidParameter("Long arn format must be used for tagging operations");
    }
}

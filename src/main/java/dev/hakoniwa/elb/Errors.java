package dev.hakoniwa.elb;

import dev.hakoniwa.aws.AwsError;
import java.util.Collection;
import java.util.List;

/// Elastic Load Balancing's errors, by name and in its words.
public final class Errors {
    private Errors() {}

    public static AwsError validation(String message) {
        return AwsError.client("ValidationError", message);
    }

    public static AwsError invalidConfiguration(String message) {
        return AwsError.client("InvalidConfigurationRequest", message);
    }

    public static AwsError operationNotPermitted(String message) {
        return AwsError.client("OperationNotPermitted", message);
    }

    public static AwsError invalidAction(String message) {
        return AwsError.client("InvalidLoadBalancerAction", message);
    }

    /// What AWS can do and we can't yet; `what` is a plural.
    public static AwsError notAvailable(String what) {
        return invalidConfiguration(what + " are not available in Hakoniwa yet");
    }

    /// A text that names no resource of the kind that is wanted.
    ///
    /// @param kind such as `load balancer`
    public static AwsError notAnArn(String text, String kind) {
        return validation("'%s' is not a valid %s ARN".formatted(text, kind));
    }

    public static AwsError loadBalancersNotFound() {
        return AwsError.client("LoadBalancerNotFound", "One or more load balancers not found");
    }

    public static AwsError loadBalancerNotFound(String arn) {
        return AwsError.client("LoadBalancerNotFound", "Load balancer '%s' not found".formatted(arn));
    }

    public static AwsError listenersNotFound() {
        return AwsError.client("ListenerNotFound", "One or more listeners not found");
    }

    public static AwsError listenerNotFound(String arn) {
        return AwsError.client("ListenerNotFound", "Listener '%s' not found".formatted(arn));
    }

    public static AwsError rulesNotFound() {
        return AwsError.client("RuleNotFound", "One or more rules not found");
    }

    public static AwsError targetGroupsNotFound() {
        return AwsError.client("TargetGroupNotFound", "One or more target groups not found");
    }

    public static AwsError targetGroupsNotFound(Collection<String> arns) {
        return AwsError.client(
                "TargetGroupNotFound", "Target groups '%s' not found".formatted(String.join(", ", arns)));
    }

    public static AwsError duplicateLoadBalancerName(String name) {
        return AwsError.client(
                "DuplicateLoadBalancerName",
                "A load balancer with the same name '%s' exists, but with different settings".formatted(name));
    }

    public static AwsError duplicateTargetGroupName(String name) {
        return AwsError.client(
                "DuplicateTargetGroupName",
                "A target group with the same name '%s' exists, but with different settings".formatted(name));
    }

    public static AwsError duplicateListener(String loadBalancerArn) {
        return AwsError.client(
                "DuplicateListener",
                "A listener already exists on this port for this load balancer '%s'".formatted(loadBalancerArn));
    }

    public static AwsError priorityInUse(int priority) {
        return AwsError.client("PriorityInUse", "Priority '%d' is currently in use".formatted(priority));
    }

    public static AwsError targetGroupInUse(String arn) {
        return AwsError.client(
                "ResourceInUse", "Target group '%s' is currently in use by a listener or a rule".formatted(arn));
    }

    public static AwsError targetGroupsOfOtherLoadBalancers(List<String> arns) {
        return AwsError.client(
                "TargetGroupAssociationLimit",
                "The following target groups cannot be associated with more than one load balancer: "
                        + String.join(", ", arns));
    }

    public static AwsError subnetNotFound(String id) {
        return AwsError.client("SubnetNotFound", "The subnet ID '%s' does not exist".formatted(id));
    }

    public static AwsError invalidSubnet(String message) {
        return AwsError.client("InvalidSubnet", message);
    }

    public static AwsError securityGroupsNotFound() {
        return AwsError.client("InvalidSecurityGroup", "One or more security groups are invalid");
    }

    public static AwsError invalidTarget(String message) {
        return AwsError.client("InvalidTarget", message);
    }

    public static AwsError certificateNotFound(String arn) {
        return AwsError.client("CertificateNotFound", "Certificate '%s' not found".formatted(arn));
    }

    public static AwsError sslPolicyNotFound() {
        return AwsError.client("SSLPolicyNotFound", "One or more SSL policies not found");
    }

    public static AwsError duplicateTagKeys(String key) {
        return AwsError.client("DuplicateTagKeys", "Tag key '%s' was specified more than once".formatted(key));
    }

    /// A quota that is used up.
    ///
    /// @param code such as `TooManyRules`
    /// @param what such as `rules on this load balancer`
    public static AwsError tooMany(String code, String what, int limit) {
        return AwsError.client(code, "The maximum number of %s, %d, has been reached".formatted(what, limit));
    }
}

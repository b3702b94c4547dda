package dev.hakoniwa.ecs;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;

/// What names a resource in a request: its short name or its ARN.
public final class Identifier {
    private Identifier() {}

    /// The part of `nameOrArn` behind the resource's type: `web` of `arn:aws:ecs:us-east-1:123456789012:cluster/web`. A
    /// short name is given back as it is.
    public static String of(Scope scope, String type, String nameOrArn) {
        if (!nameOrArn.startsWith("arn:")) {
            return nameOrArn;
        }
        var arn = arn(scope, nameOrArn);
        if (!arn.resourceType().equals(type)) {
            throw Errors.unsupportedResourceType(arn.resourceType());
        }
        return arn.resourceId();
    }

    /// The last part of what names a resource of a cluster's. An ARN may be long (`service/cluster/web`) or short; a
    /// cluster in it must be that which the request is about.
    public static String within(Scope scope, String cluster, String type, String nameOrArn) {
        var resource = of(scope, type, nameOrArn);
        var slash = resource.lastIndexOf('/');
        if (slash >= 0 && !resource.substring(0, slash).equals(cluster)) {
            throw Errors.otherCluster(resource.substring(0, slash), cluster);
        }
        return resource.substring(slash + 1);
    }

    /// An ARN of ECS's in the caller's account and region.
    public static Arn arn(Scope scope, String text) {
        var arn = parse(text);
        if (!arn.region().equals(scope.region().name())) {
            throw Errors.otherRegion();
        }
        if (!arn.account().equals(scope.account().value())) {
            throw foreign(scope, arn);
        }
        return arn;
    }

    private static Arn parse(String text) {
        return Arn.parse(text).filter(arn -> arn.service().equals("ecs")).orElseThrow(Errors::invalidArn);
    }

    private static AwsError foreign(Scope scope, Arn arn) {
        return arn.resourceType().equals("cluster")
                ? Errors.accountIdsMismatch()
                : Errors.otherAccount(arn.account(), scope.account());
    }
}

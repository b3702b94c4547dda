package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Service;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;

/// The table of STS's operations.
public final class StsApi {
    public static final Service SERVICE =
            Service.query("sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/");

    private StsApi() {}

    public static Operations operations(Iam iam) {
        return Operations.of(SERVICE)
                .on("GetCallerIdentity", GetCallerIdentityRequest::builder, iam.sts::callerIdentity)
                .on("AssumeRole", AssumeRoleRequest::builder, iam.sts::assumeRole)
                .on("GetSessionToken", GetSessionTokenRequest::builder, iam.sts::sessionToken);
    }
}

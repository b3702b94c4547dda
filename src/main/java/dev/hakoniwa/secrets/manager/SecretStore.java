package dev.hakoniwa.secrets.manager;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Service;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageRequest;
import software.amazon.awssdk.services.secretsmanager.model.ValidateResourcePolicyRequest;

/// Secrets Manager, put together.
public final class SecretStore {
    public static final Service SERVICE = Service.json("secretsmanager", "secretsmanager", "2017-10-17");

    private final Secrets secrets;
    private final ValueOperations values;

    public SecretStore(Foundation foundation) {
        secrets = new Secrets(foundation);
        values = new ValueOperations(secrets);
    }

    /// The table of the operations.
    public Operations operations() {
        var operations = Operations.of(SERVICE);
        addSecrets(operations);
        addPolicies(operations);
        var stages = new StageOperations(secrets);
        var tags = new SecretTags(secrets);
        return operations
                .on("GetSecretValue", GetSecretValueRequest::builder, values::get)
                .on("BatchGetSecretValue", BatchGetSecretValueRequest::builder, values::batchGet)
                .on("PutSecretValue", PutSecretValueRequest::builder, values::put)
                .on("UpdateSecretVersionStage", UpdateSecretVersionStageRequest::builder, stages::update)
                .on("ListSecretVersionIds", ListSecretVersionIdsRequest::builder, stages::list)
                .on("TagResource", TagResourceRequest::builder, tags::tag)
                .on("UntagResource", UntagResourceRequest::builder, tags::untag)
                .on("GetRandomPassword", GetRandomPasswordRequest::builder, new RandomPasswords(secrets)::get);
    }

    private void addSecrets(Operations operations) {
        var about = new SecretOperations(secrets);
        operations
                .on("CreateSecret", CreateSecretRequest::builder, about::create)
                .on("UpdateSecret", UpdateSecretRequest::builder, about::update)
                .on("DescribeSecret", DescribeSecretRequest::builder, about::describe)
                .on("DeleteSecret", DeleteSecretRequest::builder, about::delete)
                .on("RestoreSecret", RestoreSecretRequest::builder, about::restore)
                .on("ListSecrets", ListSecretsRequest::builder, new SecretListings(secrets)::list);
    }

    private void addPolicies(Operations operations) {
        var policies = new ResourcePolicies(secrets);
        operations
                .on("PutResourcePolicy", PutResourcePolicyRequest::builder, policies::put)
                .on("GetResourcePolicy", GetResourcePolicyRequest::builder, policies::get)
                .on("DeleteResourcePolicy", DeleteResourcePolicyRequest::builder, policies::delete)
                .on("ValidateResourcePolicy", ValidateResourcePolicyRequest::builder, policies::validate);
    }

    /// A version's text, which is empty if the secret holds bytes; throws Secrets Manager's error if it isn't there.
    /// Belongs inside a step.
    ///
    /// @param stage null for AWSCURRENT, or for whatever labels the version has
    public String text(Scope scope, String secretId, @Nullable String versionId, @Nullable String stage) {
        var content = values.read(scope, secretId, versionId, stage).version().content();
        return Objects.requireNonNullElse(content.text(), "");
    }
}

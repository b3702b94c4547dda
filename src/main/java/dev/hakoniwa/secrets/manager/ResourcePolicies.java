package dev.hakoniwa.secrets.manager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.ValidateResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.ValidateResourcePolicyResponse;

/// The policies of secrets, which are kept and shown, and not enforced.
final class ResourcePolicies {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int LONGEST = 20_480;

    private final Secrets secrets;

    ResourcePolicies(Secrets secrets) {
        this.secrets = secrets;
    }

    PutResourcePolicyResponse put(Call call, PutResourcePolicyRequest request) {
        var secret = secrets.kept(call.scope(), request.secretId());
        var policy = checked(request.resourcePolicy());
        secrets.put(call.scope(), secret.with(secret.about().under(policy)));
        return PutResourcePolicyResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .build();
    }

    GetResourcePolicyResponse get(Call call, GetResourcePolicyRequest request) {
        var secret = secrets.kept(call.scope(), request.secretId());
        return GetResourcePolicyResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .resourcePolicy(secret.about().policy())
                .build();
    }

    DeleteResourcePolicyResponse delete(Call call, DeleteResourcePolicyRequest request) {
        var secret = secrets.kept(call.scope(), request.secretId());
        secrets.put(call.scope(), secret.with(secret.about().under(null)));
        return DeleteResourcePolicyResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .build();
    }

    ValidateResourcePolicyResponse validate(Call call, ValidateResourcePolicyRequest request) {
        if (request.secretId() != null) {
            secrets.kept(call.scope(), request.secretId());
        }
        checked(request.resourcePolicy());
        return ValidateResourcePolicyResponse.builder()
                .policyValidationPassed(true)
                .validationErrors(List.of())
                .build();
    }

    private static String checked(@Nullable String sent) {
        var policy = Errors.present(sent, "resourcePolicy");
        new Constraints().length("resourcePolicy", policy, 1, LONGEST).check(Errors::validation);
        try {
            var document = JSON.readTree(policy);
            if (!document.isObject() || !document.has("Statement")) {
                throw Errors.malformedPolicy();
            }
        } catch (JsonProcessingException _) {
            throw Errors.malformedPolicy();
        }
        return policy;
    }
}

package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Call;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionResponse;

/// The operations on the versions of managed policies.
final class PolicyVersions {
    private static final int MOST = 5;

    private final Directory directory;
    private final Policies policies;
    private final InstantSource clock;

    PolicyVersions(Directory directory, Policies policies, InstantSource clock) {
        this.directory = directory;
        this.policies = policies;
        this.clock = clock;
    }

    CreatePolicyVersionResponse create(Call call, CreatePolicyVersionRequest request) {
        var policy = policies.own(call, Names.arn(request.policyArn(), "policyArn"), "iam:CreatePolicyVersion");
        var document = Policies.document(request.policyDocument());
        if (policy.versions().size() == MOST) {
            throw Errors.tooManyVersions();
        }
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var isDefault = Boolean.TRUE.equals(request.setAsDefault());
        var version = PolicyVersion.builder()
                .versionId("v" + (policy.lastVersion() + 1))
                .isDefaultVersion(isDefault)
                .createDate(now)
                .document(document)
                .build();
        var versions =
                Stream.concat(Stream.of(version), policy.versions().stream()).toList();
        var changed = new KeptPolicy(policy.shape().copy(p -> p.updateDate(now)), versions, policy.lastVersion() + 1);
        directory.put(call.account(), isDefault ? changed.withDefault(version.versionId()) : changed);
        return CreatePolicyVersionResponse.builder()
                .policyVersion(version.copy(v -> v.document(null)))
                .build();
    }

    GetPolicyVersionResponse get(Call call, GetPolicyVersionRequest request) {
        var policy = directory.policy(call.account(), Names.arn(request.policyArn(), "policyArn"));
        var version = version(policy, request.versionId());
        return GetPolicyVersionResponse.builder()
                .policyVersion(version.copy(v -> v.document(PolicyDocument.encoded(version.document()))))
                .build();
    }

    ListPolicyVersionsResponse list(Call call, ListPolicyVersionsRequest request) {
        var policy = directory.policy(call.account(), Names.arn(request.policyArn(), "policyArn"));
        var page = Pages.of(
                "versions " + policy.arn(),
                policy.versions(),
                PolicyVersion::versionId,
                request.marker(),
                request.maxItems());
        return ListPolicyVersionsResponse.builder()
                .versions(page.items().stream()
                        .map(v -> v.copy(c -> c.document(null)))
                        .toList())
                .marker(page.nextToken())
                .isTruncated(page.nextToken() != null)
                .build();
    }

    SetDefaultPolicyVersionResponse setDefault(Call call, SetDefaultPolicyVersionRequest request) {
        var policy = policies.own(call, Names.arn(request.policyArn(), "policyArn"), "iam:SetDefaultPolicyVersion");
        var version = version(policy, request.versionId());
        directory.put(call.account(), policy.withDefault(version.versionId()));
        return SetDefaultPolicyVersionResponse.builder().build();
    }

    DeletePolicyVersionResponse delete(Call call, DeletePolicyVersionRequest request) {
        var policy = policies.own(call, Names.arn(request.policyArn(), "policyArn"), "iam:DeletePolicyVersion");
        var version = version(policy, request.versionId());
        if (Boolean.TRUE.equals(version.isDefaultVersion())) {
            throw Errors.versionIsDefault();
        }
        var rest = policy.versions().stream()
                .filter(v -> !v.versionId().equals(version.versionId()))
                .toList();
        directory.put(call.account(), new KeptPolicy(policy.shape(), rest, policy.lastVersion()));
        return DeletePolicyVersionResponse.builder().build();
    }

    private static PolicyVersion version(KeptPolicy policy, String asked) {
        var versionId = Names.required(asked, "versionId");
        return policy.version(versionId).orElseThrow(() -> Errors.versionNotFound(policy.arn(), versionId));
    }
}

package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.Ids;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyResponse;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyResponse;

/// The operations on managed policies.
final class Policies {
    static final int LENGTH = 6144;

    private final Directory directory;
    private final Ids ids;
    private final InstantSource clock;

    Policies(Directory directory, Ids ids, InstantSource clock) {
        this.directory = directory;
        this.ids = ids;
        this.clock = clock;
    }

    CreatePolicyResponse create(Call call, CreatePolicyRequest request) {
        var name = Names.policy(request.policyName());
        var path = Names.path(request.path());
        new Constraints().length("description", request.description(), 0, 1000).check(Errors::validation);
        var document = document(request.policyDocument());
        var tags = IamTags.with(List.of(), request.tags());
        if (directory.hasPolicy(call.account(), name)) {
            throw Errors.policyExists(name);
        }
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var policy = Policy.builder()
                .policyName(name)
                .path(path)
                .policyId("ANPA" + ids.hex(17).toUpperCase(Locale.ROOT))
                .arn(Directory.arn(call.account(), "policy" + path + name).toString())
                .description(request.description())
                .defaultVersionId("v1")
                .isAttachable(true)
                .createDate(now)
                .updateDate(now)
                .tags(tags)
                .build();
        var first = PolicyVersion.builder()
                .versionId("v1")
                .isDefaultVersion(true)
                .createDate(now)
                .document(document)
                .build();
        var kept = new KeptPolicy(policy, List.of(first), 1);
        directory.put(call.account(), kept);
        // Like IAM, the answer leaves the description to GetPolicy.
        var view = view(call, kept).copy(p -> p.description(null));
        return CreatePolicyResponse.builder().policy(view).build();
    }

    GetPolicyResponse get(Call call, GetPolicyRequest request) {
        var policy = directory.policy(call.account(), Names.arn(request.policyArn(), "policyArn"));
        return GetPolicyResponse.builder().policy(view(call, policy)).build();
    }

    ListPoliciesResponse list(Call call, ListPoliciesRequest request) {
        var prefix = Names.prefix(request.pathPrefix());
        var onlyAttached = Boolean.TRUE.equals(request.onlyAttached());
        var all = inScope(call, request.scope())
                .filter(policy -> policy.shape().path().startsWith(prefix))
                .map(policy -> view(call, policy).copy(p -> p.description(null).tags((List<Tag>) null)))
                .filter(policy -> !onlyAttached || policy.attachmentCount() > 0)
                .toList();
        var page = Pages.of(
                String.join(" ", "policies", request.scopeAsString(), prefix, Boolean.toString(onlyAttached)),
                all,
                Policy::arn,
                request.marker(),
                request.maxItems());
        return ListPoliciesResponse.builder()
                .policies(page.items())
                .marker(page.nextToken())
                .isTruncated(page.nextToken() != null)
                .build();
    }

    ListEntitiesForPolicyResponse entities(Call call, ListEntitiesForPolicyRequest request) {
        var policy = directory.policy(call.account(), Names.arn(request.policyArn(), "policyArn"));
        var roles = directory.attachedRoles(call.account(), policy.arn()).stream()
                .map(name -> PolicyRole.builder()
                        .roleName(name)
                        .roleId(directory.role(call.account(), name).shape().roleId())
                        .build())
                .toList();
        var page =
                Pages.of("entities " + policy.arn(), roles, PolicyRole::roleName, request.marker(), request.maxItems());
        return ListEntitiesForPolicyResponse.builder()
                .policyRoles(page.items())
                .policyUsers(List.of())
                .policyGroups(List.of())
                .marker(page.nextToken())
                .isTruncated(page.nextToken() != null)
                .build();
    }

    DeletePolicyResponse delete(Call call, DeletePolicyRequest request) {
        var policy = own(call, Names.arn(request.policyArn(), "policyArn"), "iam:DeletePolicy");
        var attached = directory.attachedRoles(call.account(), policy.arn());
        var bounded = directory.boundedRoles(call.account(), policy.arn());
        if (!attached.isEmpty() || !bounded.isEmpty()) {
            throw Errors.policyIsAttached();
        }
        if (policy.versions().size() > 1) {
            throw Errors.policyHasVersions();
        }
        directory.remove(call.account(), policy);
        return DeletePolicyResponse.builder().build();
    }

    TagPolicyResponse tag(Call call, TagPolicyRequest request) {
        var policy = own(call, Names.arn(request.policyArn(), "policyArn"), "iam:TagPolicy");
        setTags(call, policy, IamTags.with(policy.shape().tags(), request.tags()));
        return TagPolicyResponse.builder().build();
    }

    UntagPolicyResponse untag(Call call, UntagPolicyRequest request) {
        var policy = own(call, Names.arn(request.policyArn(), "policyArn"), "iam:UntagPolicy");
        setTags(call, policy, IamTags.without(policy.shape().tags(), request.tagKeys()));
        return UntagPolicyResponse.builder().build();
    }

    ListPolicyTagsResponse tags(Call call, ListPolicyTagsRequest request) {
        var policy = directory.policy(call.account(), Names.arn(request.policyArn(), "policyArn"));
        var page =
                Pages.of("tags " + policy.arn(), policy.shape().tags(), Tag::key, request.marker(), request.maxItems());
        return ListPolicyTagsResponse.builder()
                .tags(page.items())
                .marker(page.nextToken())
                .isTruncated(page.nextToken() != null)
                .build();
    }

    /// The account's own policy: nobody but AWS changes AWS's.
    KeptPolicy own(Call call, String arn, String action) {
        if (ManagedPolicies.find(arn).isPresent()) {
            throw Errors.awsManaged(action, call.principal(), arn);
        }
        return directory.policy(call.account(), arn);
    }

    static String document(String text) {
        var document = PolicyDocument.identity(text, "policyDocument");
        if (PolicyDocument.length(document) > LENGTH) {
            throw Errors.quota("PolicySize", LENGTH);
        }
        return document;
    }

    private void setTags(Call call, KeptPolicy policy, List<Tag> tags) {
        directory.put(
                call.account(),
                new KeptPolicy(policy.shape().copy(p -> p.tags(tags)), policy.versions(), policy.lastVersion()));
    }

    private Stream<KeptPolicy> inScope(Call call, PolicyScopeType scope) {
        var own = directory.policies(call.account()).stream();
        if (scope == PolicyScopeType.LOCAL) {
            return own;
        }
        var managed = ManagedPolicies.all().stream();
        return scope == PolicyScopeType.AWS ? managed : Stream.concat(own, managed);
    }

    private Policy view(Call call, KeptPolicy policy) {
        var attachments = directory.attachedRoles(call.account(), policy.arn()).size();
        var boundaries = directory.boundedRoles(call.account(), policy.arn()).size();
        return policy.shape().copy(p -> p.attachmentCount(attachments).permissionsBoundaryUsageCount(boundaries));
    }
}

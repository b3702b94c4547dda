package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Call;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;

/// The operations on roles' policies: those within a role, and those attached to it.
final class RolePolicies {
    private static final int ATTACHED_AT_MOST = 10;
    private static final int INLINE_LENGTH = 10_240;

    private final Directory directory;

    RolePolicies(Directory directory) {
        this.directory = directory;
    }

    PutRolePolicyResponse put(Call call, PutRolePolicyRequest request) {
        var name = Names.policy(request.policyName());
        var document = PolicyDocument.identity(request.policyDocument(), "policyDocument");
        var role = directory
                .modifiable(call.account(), Names.role(request.roleName()))
                .withInline(name, document);
        var length =
                role.inline().values().stream().mapToInt(PolicyDocument::length).sum();
        if (length > INLINE_LENGTH) {
            throw Errors.inlineTooLong(role.name(), INLINE_LENGTH);
        }
        directory.put(call.account(), role);
        return PutRolePolicyResponse.builder().build();
    }

    GetRolePolicyResponse get(Call call, GetRolePolicyRequest request) {
        var role = directory.role(call.account(), Names.role(request.roleName()));
        var name = inline(role, request.policyName());
        return GetRolePolicyResponse.builder()
                .roleName(role.name())
                .policyName(name)
                .policyDocument(PolicyDocument.encoded(role.inline().getOrDefault(name, "")))
                .build();
    }

    DeleteRolePolicyResponse delete(Call call, DeleteRolePolicyRequest request) {
        var role = directory.modifiable(call.account(), Names.role(request.roleName()));
        directory.put(call.account(), role.withoutInline(inline(role, request.policyName())));
        return DeleteRolePolicyResponse.builder().build();
    }

    ListRolePoliciesResponse list(Call call, ListRolePoliciesRequest request) {
        var role = directory.role(call.account(), Names.role(request.roleName()));
        var names = List.copyOf(role.inline().keySet());
        var page = Pages.of("inline " + role.name(), names, name -> name, request.marker(), request.maxItems());
        return ListRolePoliciesResponse.builder()
                .policyNames(page.items())
                .marker(page.nextToken())
                .isTruncated(page.nextToken() != null)
                .build();
    }

    AttachRolePolicyResponse attach(Call call, AttachRolePolicyRequest request) {
        var role = directory.modifiable(call.account(), Names.role(request.roleName()));
        var arn = Names.arn(request.policyArn(), "policyArn");
        var policy = directory.findPolicy(call.account(), arn).orElseThrow(() -> Errors.policyNotAttachable(arn));
        if (!role.attached().containsKey(arn) && role.attached().size() == ATTACHED_AT_MOST) {
            throw Errors.quota("PoliciesPerRole", ATTACHED_AT_MOST);
        }
        directory.put(call.account(), role.withAttached(arn, policy.shape().policyName()));
        return AttachRolePolicyResponse.builder().build();
    }

    DetachRolePolicyResponse detach(Call call, DetachRolePolicyRequest request) {
        var role = directory.modifiable(call.account(), Names.role(request.roleName()));
        var arn = Names.arn(request.policyArn(), "policyArn");
        if (!role.attached().containsKey(arn)) {
            throw Errors.policyNotFound(arn);
        }
        directory.put(call.account(), role.withoutAttached(arn));
        return DetachRolePolicyResponse.builder().build();
    }

    ListAttachedRolePoliciesResponse attached(Call call, ListAttachedRolePoliciesRequest request) {
        var role = directory.role(call.account(), Names.role(request.roleName()));
        var prefix = Names.prefix(request.pathPrefix());
        var all = role.attached().entrySet().stream()
                .filter(policy -> policy.getKey().contains(":policy" + prefix))
                .map(policy -> AttachedPolicy.builder()
                        .policyArn(policy.getKey())
                        .policyName(policy.getValue())
                        .build())
                .toList();
        var page = Pages.of(
                "attached " + role.name() + prefix,
                all,
                AttachedPolicy::policyArn,
                request.marker(),
                request.maxItems());
        return ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(page.items())
                .marker(page.nextToken())
                .isTruncated(page.nextToken() != null)
                .build();
    }

    private static String inline(KeptRole role, String asked) {
        var name = Names.policy(asked);
        if (!role.inline().containsKey(name)) {
            throw Errors.rolePolicyNotFound(name);
        }
        return name;
    }
}

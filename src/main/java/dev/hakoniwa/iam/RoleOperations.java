package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/// The operations on roles themselves.
final class RoleOperations {
    private static final int TRUST_LENGTH = 2048;
    private static final int SHORTEST_SESSION = 3600;
    private static final int LONGEST_SESSION = 43_200;

    private final Directory directory;
    private final Ids ids;
    private final InstantSource clock;

    RoleOperations(Directory directory, Ids ids, InstantSource clock) {
        this.directory = directory;
        this.ids = ids;
        this.clock = clock;
    }

    CreateRoleResponse create(Call call, CreateRoleRequest request) {
        var name = Names.role(request.roleName());
        var path = Names.path(request.path());
        check(request.description(), request.maxSessionDuration());
        var trust = trust(request.assumeRolePolicyDocument(), "assumeRolePolicyDocument");
        var tags = IamTags.with(List.of(), request.tags());
        if (directory.findRole(call.account(), name).isPresent()) {
            throw Errors.roleExists(name);
        }
        var role = Role.builder()
                .roleName(name)
                .path(path)
                .roleId(roleId(ids))
                .arn(Directory.arn(call.account(), "role" + path + name).toString())
                .createDate(now())
                .assumeRolePolicyDocument(trust)
                .description(request.description())
                .maxSessionDuration(
                        request.maxSessionDuration() == null ? SHORTEST_SESSION : request.maxSessionDuration())
                .permissionsBoundary(boundary(call, request.permissionsBoundary()));
        if (!tags.isEmpty()) {
            role.tags(tags);
        }
        var kept = directory.put(call.account(), KeptRole.of(role.build()));
        return CreateRoleResponse.builder().role(view(kept)).build();
    }

    GetRoleResponse get(Call call, GetRoleRequest request) {
        var role = directory.role(call.account(), Names.role(request.roleName()));
        return GetRoleResponse.builder()
                .role(view(role).copy(r -> r.roleLastUsed(used -> {})))
                .build();
    }

    /// A listing tells less of each role than GetRole does, as with AWS.
    ListRolesResponse list(Call call, ListRolesRequest request) {
        var prefix = Names.prefix(request.pathPrefix());
        var all = directory.roles(call.account()).stream()
                .filter(role -> role.shape().path().startsWith(prefix))
                .toList();
        var page = Pages.of("roles " + prefix, all, KeptRole::name, request.marker(), request.maxItems());
        return ListRolesResponse.builder()
                .roles(page.items().stream()
                        .map(role -> view(role)
                                .copy(r -> r.permissionsBoundary((AttachedPermissionsBoundary) null)
                                        .tags((List<Tag>) null)))
                        .toList())
                .marker(page.nextToken())
                .isTruncated(page.nextToken() != null)
                .build();
    }

    UpdateRoleResponse update(Call call, UpdateRoleRequest request) {
        var role = directory.modifiable(call.account(), Names.role(request.roleName()));
        check(request.description(), request.maxSessionDuration());
        directory.put(call.account(), role.with(role.shape().copy(r -> {
            if (request.description() != null) {
                r.description(request.description());
            }
            if (request.maxSessionDuration() != null) {
                r.maxSessionDuration(request.maxSessionDuration());
            }
        })));
        return UpdateRoleResponse.builder().build();
    }

    UpdateRoleDescriptionResponse describe(Call call, UpdateRoleDescriptionRequest request) {
        var role = directory.modifiable(call.account(), Names.role(request.roleName()));
        var description = Names.required(request.description(), "description");
        check(description, null);
        var changed = role.with(role.shape().copy(r -> r.description(description)));
        directory.put(call.account(), changed);
        return UpdateRoleDescriptionResponse.builder().role(view(changed)).build();
    }

    UpdateAssumeRolePolicyResponse trust(Call call, UpdateAssumeRolePolicyRequest request) {
        var role = directory.modifiable(call.account(), Names.role(request.roleName()));
        var trust = trust(request.policyDocument(), "policyDocument");
        directory.put(call.account(), role.with(role.shape().copy(r -> r.assumeRolePolicyDocument(trust))));
        return UpdateAssumeRolePolicyResponse.builder().build();
    }

    DeleteRoleResponse delete(Call call, DeleteRoleRequest request) {
        var role = directory.modifiable(call.account(), Names.role(request.roleName()));
        if (!role.attached().isEmpty()) {
            throw Errors.roleHasAttachedPolicies();
        }
        if (!role.inline().isEmpty()) {
            throw Errors.roleHasInlinePolicies();
        }
        directory.remove(call.account(), role);
        return DeleteRoleResponse.builder().build();
    }

    TagRoleResponse tag(Call call, TagRoleRequest request) {
        var role = directory.modifiable(call.account(), Names.role(request.roleName()));
        var tags = IamTags.with(role.shape().tags(), request.tags());
        directory.put(call.account(), role.with(role.shape().copy(r -> r.tags(tags))));
        return TagRoleResponse.builder().build();
    }

    UntagRoleResponse untag(Call call, UntagRoleRequest request) {
        var role = directory.modifiable(call.account(), Names.role(request.roleName()));
        var tags = IamTags.without(role.shape().tags(), request.tagKeys());
        directory.put(call.account(), role.with(role.shape().copy(r -> r.tags(tags.isEmpty() ? null : tags))));
        return UntagRoleResponse.builder().build();
    }

    ListRoleTagsResponse tags(Call call, ListRoleTagsRequest request) {
        var role = directory.role(call.account(), Names.role(request.roleName()));
        var page = Pages.of("tags " + role.name(), role.shape().tags(), Tag::key, request.marker(), request.maxItems());
        return ListRoleTagsResponse.builder()
                .tags(page.items())
                .marker(page.nextToken())
                .isTruncated(page.nextToken() != null)
                .build();
    }

    PutRolePermissionsBoundaryResponse putBoundary(Call call, PutRolePermissionsBoundaryRequest request) {
        var role = directory.modifiable(call.account(), Names.role(request.roleName()));
        var boundary = boundary(call, Names.arn(request.permissionsBoundary(), "permissionsBoundary"));
        directory.put(call.account(), role.with(role.shape().copy(r -> r.permissionsBoundary(boundary))));
        return PutRolePermissionsBoundaryResponse.builder().build();
    }

    DeleteRolePermissionsBoundaryResponse deleteBoundary(Call call, DeleteRolePermissionsBoundaryRequest request) {
        var role = directory.modifiable(call.account(), Names.role(request.roleName()));
        directory.put(
                call.account(),
                role.with(role.shape().copy(r -> r.permissionsBoundary((AttachedPermissionsBoundary) null))));
        return DeleteRolePermissionsBoundaryResponse.builder().build();
    }

    /// There are no instance profiles here, as nothing makes any; Terraform asks before it deletes a role.
    ListInstanceProfilesForRoleResponse instanceProfiles(Call call, ListInstanceProfilesForRoleRequest request) {
        directory.role(call.account(), Names.role(request.roleName()));
        return ListInstanceProfilesForRoleResponse.builder()
                .instanceProfiles(List.of())
                .isTruncated(false)
                .build();
    }

    static String roleId(Ids ids) {
        return "AROA" + ids.hex(17).toUpperCase(Locale.ROOT);
    }

    static Role view(KeptRole role) {
        return role.shape()
                .copy(r -> r.assumeRolePolicyDocument(
                        PolicyDocument.encoded(role.shape().assumeRolePolicyDocument())));
    }

    private @Nullable AttachedPermissionsBoundary boundary(Call call, @Nullable String policyArn) {
        if (policyArn == null) {
            return null;
        }
        if (directory.findPolicy(call.account(), policyArn).isEmpty()) {
            throw Errors.policyNotAttachable(policyArn);
        }
        return AttachedPermissionsBoundary.builder()
                .permissionsBoundaryArn(policyArn)
                .permissionsBoundaryType(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY)
                .build();
    }

    private static String trust(@Nullable String text, String member) {
        var trust = PolicyDocument.trust(text, member);
        if (PolicyDocument.length(trust) > TRUST_LENGTH) {
            throw Errors.quota("ACLSizePerRole", TRUST_LENGTH);
        }
        return trust;
    }

    private static void check(@Nullable String description, @Nullable Integer maxSessionDuration) {
        new Constraints()
                .length("description", description, 0, 1000)
                .range("maxSessionDuration", maxSessionDuration, SHORTEST_SESSION, LONGEST_SESSION)
                .check(Errors::validation);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}

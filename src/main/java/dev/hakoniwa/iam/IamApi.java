package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Service;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusRequest;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;

/// The table of IAM's operations.
public final class IamApi {
    public static final Service SERVICE =
            Service.query("iam", "2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/");

    private IamApi() {}

    public static Operations operations(Iam iam) {
        var operations = Operations.of(SERVICE);
        add(operations, iam.roleOperations);
        add(operations, iam.rolePolicies);
        add(operations, iam.policies);
        add(operations, iam.policyVersions);
        add(operations, iam.serviceLinkedRoles);
        add(operations, iam.users);
        return operations;
    }

    private static void add(Operations operations, RoleOperations roles) {
        operations
                .on("CreateRole", CreateRoleRequest::builder, roles::create)
                .on("GetRole", GetRoleRequest::builder, roles::get)
                .on("ListRoles", ListRolesRequest::builder, roles::list)
                .on("UpdateRole", UpdateRoleRequest::builder, roles::update)
                .on("UpdateRoleDescription", UpdateRoleDescriptionRequest::builder, roles::describe)
                .on("UpdateAssumeRolePolicy", UpdateAssumeRolePolicyRequest::builder, roles::trust)
                .on("DeleteRole", DeleteRoleRequest::builder, roles::delete)
                .on("TagRole", TagRoleRequest::builder, roles::tag)
                .on("UntagRole", UntagRoleRequest::builder, roles::untag)
                .on("ListRoleTags", ListRoleTagsRequest::builder, roles::tags)
                .on("PutRolePermissionsBoundary", PutRolePermissionsBoundaryRequest::builder, roles::putBoundary)
                .on(
                        "DeleteRolePermissionsBoundary",
                        DeleteRolePermissionsBoundaryRequest::builder,
                        roles::deleteBoundary)
                .on(
                        "ListInstanceProfilesForRole",
                        ListInstanceProfilesForRoleRequest::builder,
                        roles::instanceProfiles);
    }

    private static void add(Operations operations, RolePolicies policies) {
        operations
                .on("PutRolePolicy", PutRolePolicyRequest::builder, policies::put)
                .on("GetRolePolicy", GetRolePolicyRequest::builder, policies::get)
                .on("DeleteRolePolicy", DeleteRolePolicyRequest::builder, policies::delete)
                .on("ListRolePolicies", ListRolePoliciesRequest::builder, policies::list)
                .on("AttachRolePolicy", AttachRolePolicyRequest::builder, policies::attach)
                .on("DetachRolePolicy", DetachRolePolicyRequest::builder, policies::detach)
                .on("ListAttachedRolePolicies", ListAttachedRolePoliciesRequest::builder, policies::attached);
    }

    private static void add(Operations operations, Policies policies) {
        operations
                .on("CreatePolicy", CreatePolicyRequest::builder, policies::create)
                .on("GetPolicy", GetPolicyRequest::builder, policies::get)
                .on("ListPolicies", ListPoliciesRequest::builder, policies::list)
                .on("ListEntitiesForPolicy", ListEntitiesForPolicyRequest::builder, policies::entities)
                .on("DeletePolicy", DeletePolicyRequest::builder, policies::delete)
                .on("TagPolicy", TagPolicyRequest::builder, policies::tag)
                .on("UntagPolicy", UntagPolicyRequest::builder, policies::untag)
                .on("ListPolicyTags", ListPolicyTagsRequest::builder, policies::tags);
    }

    private static void add(Operations operations, PolicyVersions versions) {
        operations
                .on("CreatePolicyVersion", CreatePolicyVersionRequest::builder, versions::create)
                .on("GetPolicyVersion", GetPolicyVersionRequest::builder, versions::get)
                .on("ListPolicyVersions", ListPolicyVersionsRequest::builder, versions::list)
                .on("SetDefaultPolicyVersion", SetDefaultPolicyVersionRequest::builder, versions::setDefault)
                .on("DeletePolicyVersion", DeletePolicyVersionRequest::builder, versions::delete);
    }

    private static void add(Operations operations, ServiceLinkedRoles roles) {
        operations
                .on("CreateServiceLinkedRole", CreateServiceLinkedRoleRequest::builder, roles::create)
                .on("DeleteServiceLinkedRole", DeleteServiceLinkedRoleRequest::builder, roles::delete)
                .on(
                        "GetServiceLinkedRoleDeletionStatus",
                        GetServiceLinkedRoleDeletionStatusRequest::builder,
                        roles::status);
    }

    private static void add(Operations operations, Users users) {
        operations.on("GetUser", GetUserRequest::builder, users::get);
    }
}

package dev.hakoniwa.iam;

import static dev.hakoniwa.iam.InMemoryIam.EXECUTION;
import static dev.hakoniwa.iam.InMemoryIam.POLICY;
import static dev.hakoniwa.iam.InMemoryIam.TRUST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.WireTest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.UnmodifiableEntityException;

@WireTest
final class RolesTest {
    private final InMemoryIam aws = new InMemoryIam();
    private final IamClient iam = aws.client;

    @Test
    void aRoleIsGotAsItWasMade() {
        var created = iam.createRole(r -> r.roleName("web")
                        .path("/tasks/")
                        .description("of tasks")
                        .assumeRolePolicyDocument(TRUST)
                        .tags(tag("k", "v")))
                .role();

        var role = iam.getRole(r -> r.roleName("web")).role();

        assertThat(role.arn()).isEqualTo(aws.in("arn:aws:iam::000000000000:role/tasks/web"));
        assertThat(role.roleId()).matches("AROA[A-Z0-9]{17}").isEqualTo(created.roleId());
        assertThat(role.createDate()).isEqualTo(aws.time.start().truncatedTo(ChronoUnit.SECONDS));
        assertThat(role.description()).isEqualTo("of tasks");
        assertThat(role.maxSessionDuration()).isEqualTo(3600);
        assertThat(role.tags()).containsExactly(tag("k", "v"));
        assertThat(role.roleLastUsed()).isNotNull();
        assertThat(role.assumeRolePolicyDocument()).startsWith("%7B%22Version%22%3A%20%222012-10-17%22");
        assertThat(URLDecoder.decode(role.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
                .isEqualTo(TRUST);
    }

    @Test
    void aNameIsTakenOnceHoweverItIsWritten() {
        aws.createRole("web");

        assertThatThrownBy(() -> aws.createRole("WEB"))
                .isInstanceOf(EntityAlreadyExistsException.class)
                .hasMessageStartingWith("Role with name WEB already exists.")
                .satisfies(e -> assertThat(((IamException) e).statusCode()).isEqualTo(409));
    }

    @Test
    void aRoleThatIsNotThereCannotBeUsed() {
        assertThatThrownBy(() -> iam.getRole(r -> r.roleName("web")))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageStartingWith("The role with name web cannot be found.")
                .satisfies(e -> assertThat(((IamException) e).statusCode()).isEqualTo(404));
        assertNoSuchEntity(() -> iam.deleteRole(r -> r.roleName("web")));
        assertNoSuchEntity(() -> iam.listRoleTags(r -> r.roleName("web")));
        assertNoSuchEntity(() -> iam.attachRolePolicy(r -> r.roleName("web").policyArn(EXECUTION)));
        assertNoSuchEntity(() -> iam.listInstanceProfilesForRole(r -> r.roleName("web")));
    }

    @Test
    void wrongMembersAreRefused() {
        assertInvalid(
                () -> iam.createRole(r -> r.roleName("a b").assumeRolePolicyDocument(TRUST)),
                "The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the "
                        + "following: +=,.@_-");
        assertInvalid(
                () -> iam.createRole(r -> r.roleName("a".repeat(65)).assumeRolePolicyDocument(TRUST)),
                "1 validation error detected: Value '" + "a".repeat(65) + "' at 'roleName' failed to satisfy "
                        + "constraint: Member must have length less than or equal to 64");
        assertInvalid(
                () -> iam.createRole(r -> r.roleName("a").path("tasks").assumeRolePolicyDocument(TRUST)),
                "The specified value for path is invalid. It must begin and end with /");
        assertInvalid(
                () -> iam.createRole(r -> r.roleName("a").maxSessionDuration(60).assumeRolePolicyDocument(TRUST)),
                "1 validation error detected: Value '60' at 'maxSessionDuration' failed to satisfy constraint: Member "
                        + "must have value greater than or equal to 3600");
        assertInvalid(
                () -> iam.createRole(r -> r.roleName("a")),
                "1 validation error detected: Value null at 'assumeRolePolicyDocument' failed to satisfy constraint: "
                        + "Member must not be null");
        assertThat(iam.listRoles().roles()).isEmpty();
    }

    @Test
    void aRoleIsUpdated() {
        aws.createRole("web");

        iam.updateRole(r -> r.roleName("web").description("new").maxSessionDuration(7200));
        iam.updateAssumeRolePolicy(r -> r.roleName("web").policyDocument(TRUST.replace("ecs-tasks", "ec2")));

        var role = iam.getRole(r -> r.roleName("web")).role();
        assertThat(role.description()).isEqualTo("new");
        assertThat(role.maxSessionDuration()).isEqualTo(7200);
        assertThat(role.assumeRolePolicyDocument()).contains("ec2.amazonaws.com");
        assertThat(iam.updateRoleDescription(r -> r.roleName("web").description("newer"))
                        .role()
                        .description())
                .isEqualTo("newer");
    }

    @Test
    void rolesAreListedInPagesAndByPath() {
        IntStream.range(0, 120).forEach(i -> aws.createRole("role-%03d".formatted(i)));
        iam.createRole(r -> r.roleName("other").path("/tasks/").assumeRolePolicyDocument(TRUST));

        assertThat(iam.listRoles().isTruncated()).isTrue();
        assertThat(iam.listRolesPaginator().roles()).hasSize(121);
        assertThat(iam.listRolesPaginator(r -> r.maxItems(7)).roles().stream().distinct())
                .hasSize(121);
        assertThat(iam.listRoles(r -> r.pathPrefix("/tasks/")).roles())
                .extracting(Role::roleName)
                .containsExactly("other");
        assertInvalid(() -> iam.listRoles(r -> r.marker("x")), "Invalid Marker.");
        assertInvalid(() -> iam.listRoles(r -> r.maxItems(1001)), "1 validation error detected");
    }

    @Test
    void accountsDoNotSeeOneAnother() {
        aws.createRole("web");

        assertThat(aws.clientOf("111111111111").listRoles().roles()).isEmpty();
    }

    @Test
    void tagsAreKept() {
        aws.createRole("web");

        iam.tagRole(r -> r.roleName("web").tags(tag("a", "1"), tag("b", "2")));
        iam.tagRole(r -> r.roleName("web").tags(tag("A", "3")));
        iam.untagRole(r -> r.roleName("web").tagKeys("b"));

        assertThat(iam.listRoleTags(r -> r.roleName("web")).tags()).containsExactly(tag("A", "3"));
        assertThatThrownBy(() -> iam.tagRole(r -> r.roleName("web").tags(tag("x", "1"), tag("X", "1"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Duplicate tag keys found.");
        assertThatThrownBy(() -> iam.tagRole(r -> r.roleName("web")
                        .tags(IntStream.range(0, 50)
                                .mapToObj(i -> tag("t" + i, ""))
                                .toList())))
                .isInstanceOf(LimitExceededException.class);
    }

    @Test
    void policiesWithinARoleAreKept() {
        aws.createRole("web");

        iam.putRolePolicy(r -> r.roleName("web").policyName("read").policyDocument(POLICY));
        iam.putRolePolicy(r -> r.roleName("web").policyName("more").policyDocument(POLICY));

        assertThat(iam.listRolePolicies(r -> r.roleName("web")).policyNames()).containsExactly("more", "read");
        var policy = iam.getRolePolicy(r -> r.roleName("web").policyName("read"));
        assertThat(policy.roleName()).isEqualTo("web");
        assertThat(URLDecoder.decode(policy.policyDocument(), StandardCharsets.UTF_8))
                .isEqualTo(POLICY);
        iam.deleteRolePolicy(r -> r.roleName("web").policyName("read"));
        assertThatThrownBy(() -> iam.getRolePolicy(r -> r.roleName("web").policyName("read")))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageStartingWith("The role policy with name read cannot be found.");
        assertNoSuchEntity(() -> iam.deleteRolePolicy(r -> r.roleName("web").policyName("read")));
    }

    @Test
    void aRoleHoldsSoMuchPolicy() {
        aws.createRole("web");
        var big = POLICY.replace("s3:Get*", "s3:Get" + "x".repeat(6000));

        iam.putRolePolicy(r -> r.roleName("web").policyName("one").policyDocument(big));

        assertThatThrownBy(() -> iam.putRolePolicy(
                        r -> r.roleName("web").policyName("two").policyDocument(big)))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageStartingWith("Maximum policy size of 10240 bytes exceeded for role web");
        iam.putRolePolicy(r -> r.roleName("web").policyName("one").policyDocument(big));
    }

    @Test
    void policiesAreAttachedAndDetached() {
        aws.createRole("web");
        var own = iam.createPolicy(p -> p.policyName("own").policyDocument(POLICY))
                .policy();

        iam.attachRolePolicy(r -> r.roleName("web").policyArn(EXECUTION));
        iam.attachRolePolicy(r -> r.roleName("web").policyArn(EXECUTION));
        iam.attachRolePolicy(r -> r.roleName("web").policyArn(own.arn()));

        assertThat(iam.listAttachedRolePolicies(r -> r.roleName("web")).attachedPolicies())
                .extracting(AttachedPolicy::policyName)
                .containsExactlyInAnyOrder("AmazonECSTaskExecutionRolePolicy", "own");
        assertThat(iam.listAttachedRolePolicies(r -> r.roleName("web").pathPrefix("/service-role/"))
                        .attachedPolicies())
                .extracting(AttachedPolicy::policyArn)
                .containsExactly(EXECUTION);
        iam.detachRolePolicy(r -> r.roleName("web").policyArn(EXECUTION));
        assertNoSuchEntity(() -> iam.detachRolePolicy(r -> r.roleName("web").policyArn(EXECUTION)));
        var none = "arn:aws:iam::aws:policy/NoSuchPolicyOfAws";
        assertThatThrownBy(() -> iam.attachRolePolicy(r -> r.roleName("web").policyArn(none)))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageStartingWith("Policy " + none + " does not exist or is not attachable.");
    }

    @Test
    void aRoleHoldsTenAttachedPolicies() {
        aws.createRole("web");
        var arns = IntStream.range(0, 11)
                .mapToObj(i -> iam.createPolicy(p -> p.policyName("p" + i).policyDocument(POLICY))
                        .policy()
                        .arn())
                .toList();
        arns.subList(0, 10)
                .forEach(arn -> iam.attachRolePolicy(r -> r.roleName("web").policyArn(arn)));

        assertThatThrownBy(() -> iam.attachRolePolicy(r -> r.roleName("web").policyArn(arns.getLast())))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageStartingWith("Cannot exceed quota for PoliciesPerRole: 10");
    }

    @Test
    void aRoleGoesWhenItsPoliciesHaveGone() {
        aws.createRole("web");
        iam.attachRolePolicy(r -> r.roleName("web").policyArn(EXECUTION));
        iam.putRolePolicy(r -> r.roleName("web").policyName("read").policyDocument(POLICY));

        assertConflict("Cannot delete entity, must detach all policies first.");
        iam.detachRolePolicy(r -> r.roleName("web").policyArn(EXECUTION));
        assertConflict("Cannot delete entity, must delete policies first.");
        iam.deleteRolePolicy(r -> r.roleName("web").policyName("read"));
        assertThat(iam.listInstanceProfilesForRole(r -> r.roleName("web")).instanceProfiles())
                .isEmpty();
        iam.deleteRole(r -> r.roleName("web"));

        assertThat(iam.listRoles().roles()).isEmpty();
    }

    @Test
    void aPermissionsBoundaryIsAPolicyThatIsThere() {
        aws.createRole("web");
        var boundary = iam.createPolicy(p -> p.policyName("limit").policyDocument(POLICY))
                .policy()
                .arn();

        iam.putRolePermissionsBoundary(r -> r.roleName("web").permissionsBoundary(boundary));

        assertThat(iam.getRole(r -> r.roleName("web"))
                        .role()
                        .permissionsBoundary()
                        .permissionsBoundaryArn())
                .isEqualTo(boundary);
        assertThat(iam.getPolicy(p -> p.policyArn(boundary)).policy().permissionsBoundaryUsageCount())
                .isEqualTo(1);
        assertThatThrownBy(() -> iam.deletePolicy(p -> p.policyArn(boundary)))
                .isInstanceOf(DeleteConflictException.class);
        iam.deleteRolePermissionsBoundary(r -> r.roleName("web"));
        iam.deletePolicy(p -> p.policyArn(boundary));
        assertNoSuchEntity(
                () -> iam.putRolePermissionsBoundary(r -> r.roleName("web").permissionsBoundary(boundary)));
    }

    @Test
    void aServicesOwnRoleIsTheServices() {
        var role = iam.createServiceLinkedRole(r -> r.awsServiceName("ecs.amazonaws.com"))
                .role();

        assertThat(role.arn())
                .isEqualTo(aws.in(
                        "arn:aws:iam::000000000000:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"));
        assertThatThrownBy(() -> iam.createServiceLinkedRole(r -> r.awsServiceName("ecs.amazonaws.com")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Service role name AWSServiceRoleForECS has been taken in this account");
        assertThatThrownBy(() -> iam.deleteRole(r -> r.roleName("AWSServiceRoleForECS")))
                .isInstanceOf(UnmodifiableEntityException.class);
        var task = iam.deleteServiceLinkedRole(r -> r.roleName("AWSServiceRoleForECS"))
                .deletionTaskId();
        assertThat(iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId(task))
                        .statusAsString())
                .isEqualTo("SUCCEEDED");
        assertThat(iam.listRoles().roles()).isEmpty();
        assertNoSuchEntity(() -> iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId("task/x")));
    }

    @Test
    void theRootUserIsTheOnlyOne() {
        var root = iam.getUser().user();

        assertThat(root.arn()).isEqualTo(aws.in("arn:aws:iam::000000000000:root"));
        assertThat(root.userId()).isEqualTo(aws.in("000000000000"));
        assertNoSuchEntity(() -> iam.getUser(u -> u.userName("ann")));
    }

    private void assertConflict(String message) {
        assertThatThrownBy(() -> iam.deleteRole(r -> r.roleName("web")))
                .isInstanceOf(DeleteConflictException.class)
                .hasMessageStartingWith(message);
    }

    private static void assertNoSuchEntity(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NoSuchEntityException.class);
    }

    private static void assertInvalid(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        IamException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError"))
                .hasMessageStartingWith(message);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}

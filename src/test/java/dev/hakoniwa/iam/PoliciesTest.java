package dev.hakoniwa.iam;

import static dev.hakoniwa.iam.InMemoryIam.EXECUTION;
import static dev.hakoniwa.iam.InMemoryIam.POLICY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.testing.WireTest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Tag;

@WireTest
final class PoliciesTest {
    private final InMemoryIam aws = new InMemoryIam();
    private final IamClient iam = aws.client;

    @Test
    void aPolicyIsGotAsItWasMade() {
        var created = create("read");

        var policy = iam.getPolicy(p -> p.policyArn(created.arn())).policy();

        assertThat(policy.arn()).isEqualTo(aws.in("arn:aws:iam::000000000000:policy/team/read"));
        assertThat(policy.policyId()).matches("ANPA[A-Z0-9]{17}");
        assertThat(policy.description()).isEqualTo("reads");
        assertThat(policy.defaultVersionId()).isEqualTo("v1");
        assertThat(policy.attachmentCount()).isZero();
        assertThat(policy.isAttachable()).isTrue();
        assertThat(document(policy.arn(), "v1")).isEqualTo(POLICY);
    }

    @Test
    void aNameIsTakenOnce() {
        create("read");

        assertThatThrownBy(() -> create("read"))
                .isInstanceOf(EntityAlreadyExistsException.class)
                .hasMessageStartingWith("A policy called read already exists. Duplicate names are not allowed.");
    }

    @Test
    void awsHasPoliciesOfItsOwn() {
        var policy = iam.getPolicy(p -> p.policyArn(EXECUTION)).policy();

        assertThat(policy.policyName()).isEqualTo("AmazonECSTaskExecutionRolePolicy");
        assertThat(policy.path()).isEqualTo("/service-role/");
        assertThat(document(EXECUTION, policy.defaultVersionId())).contains("ecr:BatchGetImage", "logs:PutLogEvents");
        assertThatThrownBy(() -> iam.deletePolicy(p -> p.policyArn(EXECUTION)))
                .isInstanceOfSatisfying(IamException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                    assertThat(e.statusCode()).isEqualTo(403);
                });
        assertThatThrownBy(() -> iam.getPolicy(p -> p.policyArn("arn:aws:iam::aws:policy/NoSuchPolicyOfAws")))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageStartingWith("Policy arn:aws:iam::aws:policy/NoSuchPolicyOfAws was not found.");
    }

    @Test
    void everyPolicyOfAwsIsWellFormed() {
        var policies = iam.listPolicies(p -> p.scope(PolicyScopeType.AWS)).policies();

        assertThat(policies)
                .hasSizeGreaterThan(5)
                .allSatisfy(policy ->
                        PolicyDocument.identity(document(policy.arn(), policy.defaultVersionId()), "policyDocument"));
        assertThat(policies).extracting(Policy::policyId).doesNotHaveDuplicates();
    }

    @Test
    void policiesAreListedByWhoseTheyAreAndWhetherTheyAreUsed() {
        var own = create("own");
        aws.createRole("web");
        iam.attachRolePolicy(r -> r.roleName("web").policyArn(EXECUTION));

        assertThat(iam.listPolicies(p -> p.scope(PolicyScopeType.LOCAL)).policies())
                .extracting(Policy::arn)
                .containsExactly(own.arn());
        assertThat(iam.listPolicies(p -> p.onlyAttached(true)).policies())
                .extracting(Policy::arn, Policy::attachmentCount)
                .containsExactly(tuple(EXECUTION, 1));
        assertThat(iam.listEntitiesForPolicy(p -> p.policyArn(EXECUTION)).policyRoles())
                .extracting(PolicyRole::roleName)
                .containsExactly("web");
        assertThat(iam.listPoliciesPaginator(p -> p.maxItems(3)).policies().stream()
                        .distinct())
                .hasSize(ManagedPolicies.all().size() + 1);
    }

    @Test
    void versionsComeAndGo() {
        var arn = create("read").arn();

        var second = iam.createPolicyVersion(p -> p.policyArn(arn)
                        .policyDocument(POLICY.replace("Get", "List"))
                        .setAsDefault(true))
                .policyVersion();

        assertThat(second.versionId()).isEqualTo("v2");
        assertThat(iam.getPolicy(p -> p.policyArn(arn)).policy().defaultVersionId())
                .isEqualTo("v2");
        assertThat(iam.listPolicyVersions(p -> p.policyArn(arn)).versions())
                .extracting(PolicyVersion::versionId, PolicyVersion::isDefaultVersion)
                .containsExactly(tuple("v2", true), tuple("v1", false));
        assertThatThrownBy(() -> iam.deletePolicyVersion(p -> p.policyArn(arn).versionId("v2")))
                .isInstanceOf(DeleteConflictException.class)
                .hasMessageStartingWith("Cannot delete the default version of a policy.");
        iam.setDefaultPolicyVersion(p -> p.policyArn(arn).versionId("v1"));
        iam.deletePolicyVersion(p -> p.policyArn(arn).versionId("v2"));
        assertThatThrownBy(() -> iam.getPolicyVersion(p -> p.policyArn(arn).versionId("v2")))
                .isInstanceOf(NoSuchEntityException.class);
        assertThat(iam.createPolicyVersion(p -> p.policyArn(arn).policyDocument(POLICY))
                        .policyVersion()
                        .versionId())
                .isEqualTo("v3");
    }

    @Test
    void aPolicyHasFiveVersionsAtMost() {
        var arn = create("read").arn();
        for (var i = 0; i < 4; i++) {
            iam.createPolicyVersion(p -> p.policyArn(arn).policyDocument(POLICY));
        }

        assertThatThrownBy(() -> iam.createPolicyVersion(p -> p.policyArn(arn).policyDocument(POLICY)))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageStartingWith("A managed policy can have up to 5 versions.");
    }

    @Test
    void aPolicyGoesWhenNothingHoldsIt() {
        var arn = create("read").arn();
        aws.createRole("web");
        iam.attachRolePolicy(r -> r.roleName("web").policyArn(arn));
        iam.createPolicyVersion(p -> p.policyArn(arn).policyDocument(POLICY));

        assertConflict(arn, "Cannot delete a policy attached to entities.");
        iam.detachRolePolicy(r -> r.roleName("web").policyArn(arn));
        assertConflict(arn, "This policy has more than one version.");
        iam.deletePolicyVersion(p -> p.policyArn(arn).versionId("v2"));
        iam.deletePolicy(p -> p.policyArn(arn));

        assertThatThrownBy(() -> iam.getPolicy(p -> p.policyArn(arn))).isInstanceOf(NoSuchEntityException.class);
    }

    @Test
    void tagsAreKept() {
        var arn = create("read").arn();

        iam.tagPolicy(
                p -> p.policyArn(arn).tags(Tag.builder().key("k").value("v").build()));
        assertThat(iam.listPolicyTags(p -> p.policyArn(arn)).tags()).hasSize(1);

        iam.untagPolicy(p -> p.policyArn(arn).tagKeys("k"));
        assertThat(iam.listPolicyTags(p -> p.policyArn(arn)).tags()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nonsense                                                                        | This policy contains invalid Json
            {"Statement": []} x                                                             | This policy contains invalid Json
            []                                                                              | Syntax errors in policy.
            {"Version": "2020-01-01", "Statement": {}}                                      | Syntax errors in policy.
            {"Version": "2012-10-17", "Other": 1}                                           | Syntax errors in policy.
            {"Version": "2012-10-17"}                                                       | Missing required field Statement
            {"Statement": {"Action": "s3:*", "Resource": "*"}}                              | Missing required field Effect
            {"Statement": {"Effect": "May", "Action": "s3:*", "Resource": "*"}}             | Invalid effect: May
            {"Statement": {"Effect": "Allow", "Resource": "*"}}                             | Policy statement must contain actions.
            {"Statement": {"Effect": "Allow", "Action": "s3:*"}}                            | Policy statement must contain resources.
            {"Statement": {"Effect": "Allow", "Action": "Get", "Resource": "*"}}            | Actions/Conditions must be prefaced by a vendor
            {"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "x"}}           | Resource x must be in ARN format or "*".
            {"Statement": {"Effect": "Allow", "Action": "s3:*", "Principal": "*"}}          | Policy document should not specify a principal.
            {"Statement": {"Effect": "Allow", "Acton": "s3:*", "Resource": "*"}}            | Syntax errors in policy.
            """)
    void wrongDocumentsAreRefused(String document, String message) {
        assertThatThrownBy(() -> iam.createPolicy(p -> p.policyName("p").policyDocument(document)))
                .isInstanceOf(MalformedPolicyDocumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole"}}                                  | Missing required field Principal
            {"Statement": {"Effect": "Allow", "Principal": {"Service": "ecs.amazonaws.com"}}}               | Missing required field Action
            {"Statement": {"Effect": "Allow", "Principal": {"Servce": "x"}, "Action": "sts:AssumeRole"}}    | Invalid principal in policy: "Servce":"x"
            {"Statement": {"Effect": "Allow", "Principal": "me", "Action": "sts:AssumeRole"}}               | Invalid principal in policy: "me"
            {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:Get"}}                        | AssumeRole policy may only specify STS AssumeRole actions.
            {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Resource": 1}} | Has prohibited field Resource
            """)
    void wrongTrustIsRefused(String document, String message) {
        assertThatThrownBy(() -> iam.createRole(r -> r.roleName("web").assumeRolePolicyDocument(document)))
                .isInstanceOf(MalformedPolicyDocumentException.class)
                .hasMessageStartingWith(message);
    }

    private Policy create(String name) {
        return iam.createPolicy(p ->
                        p.policyName(name).path("/team/").description("reads").policyDocument(POLICY))
                .policy();
    }

    private String document(String arn, String version) {
        var encoded = iam.getPolicyVersion(p -> p.policyArn(arn).versionId(version))
                .policyVersion()
                .document();
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    private void assertConflict(String arn, String message) {
        assertThatThrownBy(() -> iam.deletePolicy(p -> p.policyArn(arn)))
                .isInstanceOf(DeleteConflictException.class)
                .hasMessageStartingWith(message);
    }
}

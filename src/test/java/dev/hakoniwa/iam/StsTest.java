package dev.hakoniwa.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.sts.model.StsException;

@WireTest
final class StsTest {
    private final InMemoryIam aws = new InMemoryIam();
    private final String role = aws.in("arn:aws:iam::000000000000:role/web");

    @Test
    void anyKeyIsTheRootUsers() {
        var identity = aws.sts.getCallerIdentity();

        assertThat(identity.account()).isEqualTo(aws.in("000000000000"));
        assertThat(identity.arn()).isEqualTo(aws.in("arn:aws:iam::000000000000:root"));
        assertThat(identity.userId()).isEqualTo(aws.in("000000000000"));
    }

    @Test
    void whoAssumesARoleIsTheRole() {
        aws.createRole("web");
        var roleId = aws.client.getRole(r -> r.roleName("web")).role().roleId();

        var assumed = aws.sts.assumeRole(r -> r.roleArn(role).roleSessionName("ann"));

        assertThat(assumed.assumedRoleUser().arn()).isEqualTo(aws.in("arn:aws:sts::000000000000:assumed-role/web/ann"));
        assertThat(assumed.assumedRoleUser().assumedRoleId()).isEqualTo(roleId + ":ann");
        assertThat(assumed.credentials().accessKeyId()).matches("ASIA[A-Z0-9]{16}");
        assertThat(assumed.credentials().secretAccessKey()).hasSize(40);
        assertThat(assumed.credentials().expiration())
                .isEqualTo(aws.time.start().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(1)));
        var identity = aws.stsWith(session(assumed.credentials())).getCallerIdentity();
        assertThat(identity.arn()).isEqualTo(aws.in("arn:aws:sts::000000000000:assumed-role/web/ann"));
        assertThat(identity.userId()).isEqualTo(roleId + ":ann");
        assertThat(identity.account()).isEqualTo(aws.in("000000000000"));
    }

    @Test
    void aRoleOfAnotherAccountIsThatAccounts() {
        aws.clientOf("111111111111")
                .createRole(r -> r.roleName("web").path("/a/b/").assumeRolePolicyDocument(InMemoryIam.TRUST));

        var assumed = aws.sts.assumeRole(
                r -> r.roleArn(aws.in("arn:aws:iam::111111111111:role/a/b/web")).roleSessionName("ann"));

        var identity = aws.stsWith(session(assumed.credentials())).getCallerIdentity();
        assertThat(identity.account()).isEqualTo(aws.in("111111111111"));
        assertThat(identity.arn()).isEqualTo(aws.in("arn:aws:sts::111111111111:assumed-role/web/ann"));
    }

    @Test
    void aRoleThatIsNotThereCannotBeAssumed() {
        assertThatThrownBy(() -> aws.sts.assumeRole(r -> r.roleArn(role).roleSessionName("ann")))
                .isInstanceOfSatisfying(StsException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                    assertThat(e.statusCode()).isEqualTo(403);
                    assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo(aws.in("User: arn:aws:iam::000000000000:root is not authorized to perform: ")
                                    + "sts:AssumeRole on resource: " + role);
                });
    }

    @Test
    void aSessionLastsAsLongAsTheRoleAllows() {
        aws.createRole("web");

        assertInvalid(
                () -> aws.sts.assumeRole(
                        r -> r.roleArn(role).roleSessionName("ann").durationSeconds(3601)),
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        assertInvalid(
                () -> aws.sts.assumeRole(
                        r -> r.roleArn(role).roleSessionName("ann").durationSeconds(60)),
                "1 validation error detected: Value '60' at 'durationSeconds'");
        assertInvalid(
                () -> aws.sts.assumeRole(r -> r.roleArn(role).roleSessionName("a b")),
                "1 validation error detected: Value 'a b' at 'roleSessionName'");
        assertInvalid(() -> aws.sts.assumeRole(r -> r.roleArn(role)), "1 validation error detected: Value null");
        assertThatThrownBy(() -> aws.sts.assumeRole(
                        r -> r.roleArn(role).roleSessionName("ann").policy("x")))
                .isInstanceOf(MalformedPolicyDocumentException.class);
    }

    @Test
    void aChainOfRolesLastsAnHour() {
        aws.createRole("web");
        aws.client.updateRole(r -> r.roleName("web").maxSessionDuration(7200));
        var first = aws.sts.assumeRole(r ->
                r.roleArn(role).roleSessionName("ann").durationSeconds(7200).policy(InMemoryIam.POLICY));

        assertThat(first.packedPolicySize()).isPositive();
        assertInvalid(
                () -> aws.stsWith(session(first.credentials()))
                        .assumeRole(r -> r.roleArn(role).roleSessionName("bob").durationSeconds(7200)),
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
    }

    @Test
    void aSessionEnds() {
        aws.createRole("web");
        var assumed = aws.sts.assumeRole(r -> r.roleArn(role).roleSessionName("ann"));

        aws.time.advance(Duration.ofHours(1));

        assertThat(aws.stsWith(session(assumed.credentials()))
                        .getCallerIdentity()
                        .arn())
                .isEqualTo("arn:aws:iam::000000000000:root");
    }

    @Test
    void aSessionTokenIsItsOwners() {
        var token = aws.sts.getSessionToken().credentials();

        assertThat(token.expiration())
                .isEqualTo(aws.time.start().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(12)));
        assertThat(aws.stsWith(session(token)).getCallerIdentity().arn())
                .isEqualTo(aws.in("arn:aws:iam::000000000000:root"));
        assertThatThrownBy(() -> aws.stsWith(session(token)).getSessionToken())
                .isInstanceOf(StsException.class)
                .hasMessageStartingWith("Cannot call GetSessionToken with session credentials");
    }

    @Test
    @InJvm("asks as tasks do")
    void tasksGetCredentialsOfTheirRoles() {
        aws.createRole("web");
        var role = Arn.parse("arn:aws:iam::000000000000:role/web").orElseThrow();
        var roles = aws.iam().roles();

        var session = aws.tables().write(() -> roles.assume(role, "0123456789abcdef", Duration.ofHours(6)));

        assertThat(session.principal()).isEqualTo("arn:aws:sts::000000000000:assumed-role/web/0123456789abcdef");
        assertThat(aws.tables().write(() -> roles.exists(role))).isTrue();
        assertThat(aws.tables().write(() -> roles.trusts(role, "ecs-tasks.amazonaws.com")))
                .isTrue();
        assertThat(aws.tables().write(() -> roles.trusts(role, "ec2.amazonaws.com")))
                .isFalse();
        var key =
                AwsSessionCredentials.create(session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
        assertThat(aws.stsWith(key).getCallerIdentity().arn()).isEqualTo(session.principal());
    }

    @Test
    @InJvm("asks as services do")
    void aServiceGetsItsRoleWhenItIsFirstUsed() {
        var account = new AccountId("000000000000");
        var roles = aws.iam().roles();

        var first = aws.tables().write(() -> roles.ensureServiceLinkedRole(account, "ecs.amazonaws.com"));
        var second = aws.tables().write(() -> roles.ensureServiceLinkedRole(account, "ecs.amazonaws.com"));

        assertThat(first).isEqualTo(second);
        assertThat(aws.tables().write(() -> roles.trusts(first, "ecs.amazonaws.com")))
                .isTrue();
    }

    private static AwsSessionCredentials session(Credentials credentials) {
        return AwsSessionCredentials.create(
                credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
    }

    private static void assertInvalid(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StsException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError"))
                .hasMessageStartingWith(message);
    }
}

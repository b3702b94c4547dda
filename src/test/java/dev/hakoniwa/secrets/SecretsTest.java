package dev.hakoniwa.secrets;

import static dev.hakoniwa.secrets.InMemorySecrets.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.WireTest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

@WireTest
final class SecretsTest {
    private final InMemorySecrets aws = new InMemorySecrets();

    @Test
    void aSecretIsReadByNameByArnAndByArnWithoutItsEnd() {
        var created = aws.secrets.createSecret(s -> s.name("prod/db").secretString("open sesame"));

        assertThat(created.arn())
                .matches(aws.in("arn:aws:secretsmanager:us-east-1:000000000000:secret:prod/db-[A-Za-z0-9]{6}"));
        for (var id : new String[] {
            "prod/db", created.arn(), created.arn().substring(0, created.arn().length() - 7)
        }) {
            var read = aws.secrets.getSecretValue(g -> g.secretId(id));
            assertThat(read.secretString()).isEqualTo("open sesame");
            assertThat(read.arn()).isEqualTo(created.arn());
            assertThat(read.name()).isEqualTo("prod/db");
            assertThat(read.versionId()).isEqualTo(created.versionId());
            assertThat(read.versionStages()).containsExactly("AWSCURRENT");
            assertThat(read.createdDate()).isEqualTo(aws.time.start());
        }
    }

    @Test
    void aNameThatEndsLikeAnArnIsStillAName() {
        aws.secrets.createSecret(s -> s.name("db-abcdef").secretString("one"));

        assertThat(aws.secrets.getSecretValue(g -> g.secretId("db-abcdef")).secretString())
                .isEqualTo("one");
        assertFails(
                () -> aws.secrets.getSecretValue(g -> g.secretId("db")),
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret.");
    }

    @Test
    void bytesAreKeptAsTheyAre() {
        var bytes = SdkBytes.fromByteArray(new byte[] {0, -1, 7});
        aws.secrets.createSecret(s -> s.name("key").secretBinary(bytes));

        var read = aws.secrets.getSecretValue(g -> g.secretId("key"));

        assertThat(read.secretBinary()).isEqualTo(bytes);
        assertThat(read.secretString()).isNull();
    }

    @Test
    void describeTellsAllButTheSecret() {
        aws.secrets.createSecret(s -> s.name("db")
                .description("the database")
                .kmsKeyId("alias/mine")
                .secretString("open sesame")
                .tags(Tag.builder().key("team").value("shop").build()));
        aws.time.advance(Duration.ofHours(1));
        aws.secrets.getSecretValue(g -> g.secretId("db"));

        var described = aws.secrets.describeSecret(d -> d.secretId("db"));

        assertThat(described.description()).isEqualTo("the database");
        assertThat(described.kmsKeyId()).isEqualTo("alias/mine");
        assertThat(described.createdDate()).isEqualTo(aws.time.start());
        assertThat(described.lastChangedDate()).isEqualTo(aws.time.start());
        assertThat(described.lastAccessedDate())
                .isEqualTo(aws.time.start().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.DAYS));
        assertThat(described.tags())
                .containsExactly(Tag.builder().key("team").value("shop").build());
        assertThat(described.versionIdsToStages().values())
                .singleElement()
                .satisfies(stages -> assertThat(stages).containsExactly("AWSCURRENT"));
        assertThat(described.toString()).doesNotContain("open sesame");
    }

    @Test
    void aSecretWithoutAValueHasNoVersion() {
        var created = aws.secrets.createSecret(s -> s.name("later"));

        assertThat(created.versionId()).isNull();
        assertThat(aws.secrets.describeSecret(d -> d.secretId("later")).hasVersionIdsToStages())
                .isFalse();
        assertFails(
                () -> aws.secrets.getSecretValue(g -> g.secretId("later")),
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT");
    }

    @Test
    void aSecretIsCreatedOnceWhateverIsSentTwice() {
        var token = "01234567-0123-0123-0123-0123456789ab";
        var first =
                aws.secrets.createSecret(s -> s.name("db").secretString("one").clientRequestToken(token));

        var again =
                aws.secrets.createSecret(s -> s.name("db").secretString("one").clientRequestToken(token));

        assertThat(again.arn()).isEqualTo(first.arn());
        assertThat(again.versionId()).isEqualTo(token);
        assertFails(
                () -> aws.secrets.createSecret(s -> s.name("db").secretString("two")),
                "ResourceExistsException",
                "The operation failed because the secret db already exists.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "ümlaut", "a:b"})
    void aNameHasItsCharacters(String name) {
        assertFails(
                () -> aws.secrets.createSecret(s -> s.name(name)),
                "ValidationException",
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following:"
                        + " -/_+=.@!");
    }

    @Test
    void aSecretIsTextOrBytes() {
        assertFails(
                () -> aws.secrets.createSecret(
                        s -> s.name("db").secretString("x").secretBinary(SdkBytes.fromUtf8String("x"))),
                "InvalidParameterException",
                "You can't specify both a binary secret value and a string secret value in the same secret.");
        assertFails(
                () -> aws.secrets.createSecret(s -> s.name("db").secretString("x".repeat(65_537))),
                "ValidationException",
                "1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have"
                        + " length less than or equal to 65536");
    }

    @Test
    void aDeletedSecretCanBeRestoredUntilItsWindowIsOver() {
        aws.secrets.createSecret(s -> s.name("db").secretString("one"));

        var deleted = aws.secrets.deleteSecret(d -> d.secretId("db").recoveryWindowInDays(7L));

        assertThat(deleted.deletionDate()).isEqualTo(aws.time.start().plus(Duration.ofDays(7)));
        assertFails(
                () -> aws.secrets.getSecretValue(g -> g.secretId("db")),
                "InvalidRequestException",
                "You can't perform this operation on the secret because it was marked for deletion.");
        assertFails(
                () -> aws.secrets.createSecret(s -> s.name("db")),
                "InvalidRequestException",
                "You can't create this secret because a secret with this name is already scheduled for deletion.");
        assertThat(aws.secrets.describeSecret(d -> d.secretId("db")).deletedDate())
                .isEqualTo(deleted.deletionDate());

        aws.time.advance(Duration.ofDays(6));
        aws.secrets.restoreSecret(r -> r.secretId("db"));

        assertThat(aws.secrets.getSecretValue(g -> g.secretId("db")).secretString())
                .isEqualTo("one");
    }

    @Test
    void aDeletedSecretIsGoneAfterItsWindow() {
        var first = aws.secrets.createSecret(s -> s.name("db").secretString("one"));
        aws.secrets.deleteSecret(d -> d.secretId("db"));

        aws.time.advance(Duration.ofDays(30));

        assertFails(
                () -> aws.secrets.restoreSecret(r -> r.secretId("db")),
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret.");
        assertThat(aws.secrets.createSecret(s -> s.name("db")).arn()).isNotEqualTo(first.arn());
    }

    @Test
    void deletedByForceItIsGoneAtOnce() {
        aws.secrets.createSecret(s -> s.name("db").secretString("one"));

        aws.secrets.deleteSecret(d -> d.secretId("db").forceDeleteWithoutRecovery(true));
        aws.secrets.deleteSecret(d -> d.secretId("db").forceDeleteWithoutRecovery(true));

        assertFails(
                () -> aws.secrets.describeSecret(d -> d.secretId("db")),
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret.");
    }

    @Test
    void aRecoveryWindowIsAWeekToAMonth() {
        aws.secrets.createSecret(s -> s.name("db"));

        assertFails(
                () -> aws.secrets.deleteSecret(d -> d.secretId("db").recoveryWindowInDays(6L)),
                "InvalidParameterException",
                "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
        assertFails(
                () -> aws.secrets.deleteSecret(
                        d -> d.secretId("db").recoveryWindowInDays(7L).forceDeleteWithoutRecovery(true)),
                "InvalidParameterException",
                "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }

    @Test
    void tagsComeAndGo() {
        aws.secrets.createSecret(s -> s.name("db"));

        aws.secrets.tagResource(t -> t.secretId("db")
                .tags(
                        Tag.builder().key("a").value("1").build(),
                        Tag.builder().key("b").value("2").build()));
        aws.secrets.untagResource(t -> t.secretId("db").tagKeys("a"));

        assertThat(aws.secrets.describeSecret(d -> d.secretId("db")).tags())
                .containsExactly(Tag.builder().key("b").value("2").build());
        assertFails(
                () -> aws.secrets.tagResource(t -> t.secretId("db")
                        .tags(Tag.builder().key("aws:x").value("1").build())),
                "InvalidParameterException",
                "Tag keys can't begin with aws:, which is reserved.");
    }

    @Test
    void aPolicyIsKeptAsItWasPut() {
        aws.secrets.createSecret(s -> s.name("db"));
        var policy = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}]}""";
        assertThat(aws.secrets.getResourcePolicy(g -> g.secretId("db")).resourcePolicy())
                .isNull();

        aws.secrets.putResourcePolicy(p -> p.secretId("db").resourcePolicy(policy));

        assertThat(aws.secrets.getResourcePolicy(g -> g.secretId("db")).resourcePolicy())
                .isEqualTo(policy);
        assertThat(aws.secrets
                        .validateResourcePolicy(v -> v.resourcePolicy(policy))
                        .policyValidationPassed())
                .isTrue();
        aws.secrets.deleteResourcePolicy(d -> d.secretId("db"));
        assertThat(aws.secrets.getResourcePolicy(g -> g.secretId("db")).resourcePolicy())
                .isNull();
        assertFails(
                () -> aws.secrets.putResourcePolicy(p -> p.secretId("db").resourcePolicy("{")),
                "MalformedPolicyDocumentException",
                "This resource policy contains invalid Json.");
    }

    @Test
    void scopesDoNotSeeOneAnother() {
        var here = aws.secrets.createSecret(s -> s.name("db").secretString("here"));
        aws.secretsElsewhere().createSecret(s -> s.name("db").secretString("there"));

        assertThat(aws.secretsElsewhere().getSecretValue(g -> g.secretId("db")).secretString())
                .isEqualTo("there");
        assertFails(
                () -> aws.secretsElsewhere().getSecretValue(g -> g.secretId(here.arn())),
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret.");
    }

    @Test
    void passwordsAreMadeUpOfWhatIsAskedFor() {
        var usual = aws.secrets.getRandomPassword().randomPassword();
        var digits = aws.secrets
                .getRandomPassword(p -> p.passwordLength(12L)
                        .excludeLowercase(true)
                        .excludeUppercase(true)
                        .excludePunctuation(true)
                        .excludeCharacters("0"))
                .randomPassword();

        assertThat(usual)
                .hasSize(32)
                .matches(".*[a-z].*")
                .matches(".*[A-Z].*")
                .matches(".*[0-9].*")
                .matches(".*[^a-zA-Z0-9 ].*");
        assertThat(digits).matches("[1-9]{12}");
        assertFails(
                () -> aws.secrets.getRandomPassword(p -> p.passwordLength(3L)),
                "InvalidParameterException",
                "Password length is too short based on the required types.");
    }

    @Test
    void aDescriptionChangesWithoutAVersion() {
        var created = aws.secrets.createSecret(s -> s.name("db").secretString("one"));

        var updated = aws.secrets.updateSecret(u -> u.secretId("db").description("new"));

        assertThat(updated.versionId()).isNull();
        assertThat(aws.secrets.describeSecret(d -> d.secretId("db")).versionIdsToStages())
                .isEqualTo(Map.of(created.versionId(), List.of("AWSCURRENT")));
    }
}

package dev.hakoniwa.secrets;

import static dev.hakoniwa.secrets.InMemorySecrets.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;

@WireTest
final class SecretVersionsTest {
    private final InMemorySecrets aws = new InMemorySecrets();
    private final String first =
            aws.secrets.createSecret(s -> s.name("db").secretString("one")).versionId();

    @Test
    void aNewValueIsCurrentAndTheOldOnePrevious() {
        var second = put("two");

        assertThat(stages()).isEqualTo(Map.of(first, List.of("AWSPREVIOUS"), second, List.of("AWSCURRENT")));
        assertThat(value("AWSCURRENT")).isEqualTo("two");
        assertThat(value("AWSPREVIOUS")).isEqualTo("one");
    }

    @Test
    void anUpdateWithAValueMakesAVersionToo() {
        var second = aws.secrets
                .updateSecret(u -> u.secretId("db").secretString("two"))
                .versionId();

        assertThat(stages()).isEqualTo(Map.of(first, List.of("AWSPREVIOUS"), second, List.of("AWSCURRENT")));
    }

    @Test
    void versionsAreReadByTheirIds() {
        put("two");
        put("three");

        assertThat(aws.secrets
                        .getSecretValue(g -> g.secretId("db").versionId(first))
                        .secretString())
                .isEqualTo("one");
        assertFails(
                () -> aws.secrets.getSecretValue(
                        g -> g.secretId("db").versionId(first).versionStage("AWSCURRENT")),
                "InvalidRequestException",
                "You provided a VersionStage that is not associated to the provided VersionId.");
        assertFails(
                () -> aws.secrets.getSecretValue(g -> g.secretId("db").versionId("unknown")),
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret value for VersionId: unknown");
    }

    @Test
    void aVersionWithALabelOfItsOwnLeavesTheCurrentOne() {
        aws.secrets.putSecretValue(p -> p.secretId("db").secretString("next").versionStages("AWSPENDING", "candidate"));

        assertThat(value("AWSCURRENT")).isEqualTo("one");
        assertThat(value("candidate")).isEqualTo("next");
    }

    @Test
    void theSameValueWithTheSameTokenIsOneVersion() {
        var token = "01234567-0123-0123-0123-0123456789ab";
        aws.secrets.putSecretValue(p -> p.secretId("db").secretString("two").clientRequestToken(token));

        aws.secrets.putSecretValue(p -> p.secretId("db").secretString("two").clientRequestToken(token));

        assertThat(stages()).hasSize(2);
        assertFails(
                () -> aws.secrets.putSecretValue(
                        p -> p.secretId("db").secretString("three").clientRequestToken(token)),
                "ResourceExistsException",
                "You can't use ClientRequestToken %s because that value is already in use for a version of secret with a"
                                .formatted(token)
                        + " different value.");
    }

    @Test
    void aPutNeedsAValue() {
        assertFails(
                () -> aws.secrets.putSecretValue(p -> p.secretId("db")),
                "InvalidParameterException",
                "You must provide either SecretString or SecretBinary.");
    }

    @Test
    void labelsAreMovedByWhoNamesWhereTheyAre() {
        var second = put("two");

        assertFails(
                () -> aws.secrets.updateSecretVersionStage(
                        u -> u.secretId("db").versionStage("AWSCURRENT").moveToVersionId(first)),
                "InvalidParameterException",
                ("The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to"
                                + " version %s, so you must explicitly reference that version in RemoveFromVersionId.")
                        .formatted(second));
        aws.secrets.updateSecretVersionStage(u -> u.secretId("db")
                .versionStage("AWSCURRENT")
                .moveToVersionId(first)
                .removeFromVersionId(second));

        assertThat(stages()).isEqualTo(Map.of(first, List.of("AWSCURRENT"), second, List.of("AWSPREVIOUS")));
    }

    @Test
    void aLabelIsAddedAndRemoved() {
        aws.secrets.updateSecretVersionStage(
                u -> u.secretId("db").versionStage("blue").moveToVersionId(first));
        assertThat(value("blue")).isEqualTo("one");

        aws.secrets.updateSecretVersionStage(
                u -> u.secretId("db").versionStage("blue").removeFromVersionId(first));

        assertThat(stages()).isEqualTo(Map.of(first, List.of("AWSCURRENT")));
        assertFails(
                () -> aws.secrets.updateSecretVersionStage(
                        u -> u.secretId("db").versionStage("AWSCURRENT").removeFromVersionId(first)),
                "InvalidParameterException",
                "You can only move staging label AWSCURRENT to a different secret version. It can't be completely"
                        + " removed.");
    }

    @Test
    void versionsAreListedAndTheDeprecatedOnesOnRequest() {
        put("two");
        put("three");

        var usual = aws.secrets.listSecretVersionIds(l -> l.secretId("db")).versions();
        var firstPage = aws.secrets.listSecretVersionIds(
                l -> l.secretId("db").includeDeprecated(true).maxResults(2));
        var secondPage = aws.secrets.listSecretVersionIds(
                l -> l.secretId("db").includeDeprecated(true).maxResults(2).nextToken(firstPage.nextToken()));

        assertThat(usual).hasSize(2);
        assertThat(firstPage.versions()).hasSize(2);
        assertThat(secondPage.versions())
                .extracting(SecretVersionsListEntry::versionId)
                .containsExactly(first);
        assertThat(secondPage.nextToken()).isNull();
        assertThat(secondPage.versions().getFirst().kmsKeyIds()).containsExactly("DefaultEncryptionKey");
    }

    @Test
    void deprecatedVersionsAreForgottenAfterAHundred() {
        for (var i = 0; i < 110; i++) {
            put("value " + i);
        }

        var all = aws.secrets.listSecretVersionIds(l -> l.secretId("db").includeDeprecated(true));

        assertThat(all.versions()).hasSize(100);
        assertThat(value("AWSPREVIOUS")).isEqualTo("value 108");
    }

    private String put(String value) {
        return aws.secrets
                .putSecretValue(p -> p.secretId("db").secretString(value))
                .versionId();
    }

    private String value(String stage) {
        return aws.secrets
                .getSecretValue(g -> g.secretId("db").versionStage(stage))
                .secretString();
    }

    private Map<String, List<String>> stages() {
        return aws.secrets.describeSecret(d -> d.secretId("db")).versionIdsToStages();
    }
}

package dev.hakoniwa.secrets;

import static dev.hakoniwa.secrets.InMemorySecrets.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.WireTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;
import software.amazon.awssdk.services.secretsmanager.model.SortOrderType;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

@WireTest
final class SecretListingsTest {
    private final InMemorySecrets aws = new InMemorySecrets();

    @BeforeEach
    void fill() {
        create("prod/db", "The Database of the shop", "team", "shop");
        create("prod/queue", "Orders", "team", "orders");
        create("test/db", "a database", "Owner", "shop");
    }

    private void create(String name, String description, String key, String value) {
        aws.secrets.createSecret(s -> s.name(name)
                .description(description)
                .secretString("secret of " + name)
                .tags(Tag.builder().key(key).value(value).build()));
        aws.time.advance(Duration.ofMinutes(1));
    }

    @Test
    void theNewestComesFirstUnlessAskedOtherwise() {
        assertThat(names(aws.secrets.listSecrets().secretList())).containsExactly("test/db", "prod/queue", "prod/db");
        assertThat(names(aws.secrets
                        .listSecrets(l -> l.sortOrder(SortOrderType.ASC))
                        .secretList()))
                .containsExactly("prod/db", "prod/queue", "test/db");
    }

    @Test
    void pagesFollowOneAnother() {
        var first = aws.secrets.listSecrets(l -> l.maxResults(2));
        var second = aws.secrets.listSecrets(l -> l.maxResults(2).nextToken(first.nextToken()));

        assertThat(names(first.secretList())).containsExactly("test/db", "prod/queue");
        assertThat(names(second.secretList())).containsExactly("prod/db");
        assertThat(second.nextToken()).isNull();
        assertFails(
                () -> aws.secrets.listSecrets(l -> l.nextToken("nonsense")),
                "InvalidNextTokenException",
                "The NextToken value is invalid.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name|prod/|prod/db prod/queue",
                "name|!prod/|test/db",
                "name|PROD/|",
                "description|the database|prod/db",
                "tag-key|tea|prod/db prod/queue",
                "tag-key|owner|",
                "tag-value|shop|prod/db test/db",
                "all|DATABASE|prod/db test/db",
                "all|shop database|prod/db test/db",
                "owning-service|rds|",
            })
    void filtersTellWhatIsMeant(String key, String value, String expected) {
        var found = aws.secrets.listSecrets(l -> l.sortOrder(SortOrderType.ASC)
                .filters(Filter.builder().key(key).values(value).build()));

        assertThat(String.join(" ", names(found.secretList()))).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void whatIsMarkedForDeletionIsListedOnRequest() {
        aws.secrets.deleteSecret(d -> d.secretId("test/db"));

        assertThat(names(aws.secrets.listSecrets().secretList())).containsExactly("prod/queue", "prod/db");
        assertThat(names(aws.secrets
                        .listSecrets(l -> l.includePlannedDeletion(true))
                        .secretList()))
                .contains("test/db");
    }

    @Test
    void aBatchGivesWhatIsThereAndTellsWhatIsNot() {
        var batch = aws.secrets.batchGetSecretValue(b -> b.secretIdList("prod/db", "unknown"));

        assertThat(batch.secretValues())
                .extracting(SecretValueEntry::secretString)
                .containsExactly("secret of prod/db");
        assertThat(batch.errors())
                .containsExactly(APIErrorType.builder()
                        .secretId("unknown")
                        .errorCode("ResourceNotFoundException")
                        .message("Secrets Manager can't find the specified secret.")
                        .build());
    }

    @Test
    void aBatchIsNamedOrFiltered() {
        var batch = aws.secrets.batchGetSecretValue(
                b -> b.filters(Filter.builder().key("name").values("prod/").build()));

        assertThat(batch.secretValues())
                .extracting(SecretValueEntry::name)
                .containsExactlyInAnyOrder("prod/db", "prod/queue");
        assertFails(
                () -> aws.secrets.batchGetSecretValue(b -> {}),
                "InvalidParameterException",
                "Either 'SecretIdList' or 'Filters' must be provided, but not both.");
    }

    private static List<String> names(List<SecretListEntry> entries) {
        return entries.stream().map(SecretListEntry::name).toList();
    }
}

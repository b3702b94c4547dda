package dev.hakoniwa.secrets.manager;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SortByType;
import software.amazon.awssdk.services.secretsmanager.model.SortOrderType;

/// Lists secrets.
final class SecretListings {
    private static final int LARGEST_PAGE = 100;

    private final Secrets secrets;

    SecretListings(Secrets secrets) {
        this.secrets = secrets;
    }

    /// Newest first, unless asked otherwise; those that are marked for deletion only on request.
    ListSecretsResponse list(Call call, ListSecretsRequest request) {
        new Constraints()
                .range("maxResults", request.maxResults(), 1, LARGEST_PAGE)
                .check(Errors::validation);
        var filter = SecretFilter.of(request.filters());
        var by = Objects.requireNonNullElse(request.sortBy(), SortByType.CREATED_DATE);
        var order =
                request.sortOrder() == SortOrderType.ASC ? order(by) : order(by).reversed();
        var all = secrets.all(call.scope()).stream()
                .filter(secret -> !secret.isGoing() || Boolean.TRUE.equals(request.includePlannedDeletion()))
                .filter(filter)
                .sorted(order)
                .toList();
        var size = Objects.requireNonNullElse(request.maxResults(), LARGEST_PAGE);
        var page = Page.of(
                "ListSecrets", all, Secret::name, new Page.Request(request.nextToken(), size), Errors::invalidToken);
        return ListSecretsResponse.builder()
                .secretList(page.items().stream().map(SecretListings::entry).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static Comparator<Secret> order(SortByType by) {
        Comparator<Secret> order = switch (by) {
            case NAME -> Comparator.comparing(Secret::name);
            case LAST_CHANGED_DATE ->
                Comparator.comparing(secret -> secret.about().changedAt());
            case LAST_ACCESSED_DATE ->
                Comparator.comparing(
                        secret -> Objects.requireNonNullElse(secret.about().accessedAt(), Instant.EPOCH));
            case CREATED_DATE, UNKNOWN_TO_SDK_VERSION -> Comparator.comparing(Secret::createdAt);
        };
        return order.thenComparing(Secret::name);
    }

    private static SecretListEntry entry(Secret secret) {
        var about = secret.about();
        return SecretListEntry.builder()
                .arn(secret.arn())
                .name(secret.name())
                .type(about.type())
                .description(about.description())
                .kmsKeyId(about.kmsKeyId())
                .createdDate(secret.createdAt())
                .lastChangedDate(about.changedAt())
                .lastAccessedDate(about.accessedAt())
                .deletedDate(about.deletion())
                .tags(secret.tagList())
                .secretVersionsToStages(secret.versions().stages())
                .build();
    }
}

package dev.hakoniwa.secrets.manager;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.Page;
import java.util.Objects;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageResponse;

/// The operations on a secret's versions and the staging labels that lead to them.
final class StageOperations {
    private static final String DEFAULT_KEY = "DefaultEncryptionKey";
    private static final int LARGEST_PAGE = 100;

    private final Secrets secrets;

    StageOperations(Secrets secrets) {
        this.secrets = secrets;
    }

    /// A label that is on one version goes to another only if the request names both.
    UpdateSecretVersionStageResponse update(Call call, UpdateSecretVersionStageRequest request) {
        var stage = Errors.present(request.versionStage(), "versionStage");
        new Constraints().length("versionStage", stage, 1, 256).check(Errors::validation);
        var secret = secrets.kept(call.scope(), request.secretId());
        var to = request.moveToVersionId();
        var from = request.removeFromVersionId();
        if (to != null && secret.versions().find(to).isEmpty()) {
            throw Errors.versionNotFound(to);
        }
        if (from != null && secret.versions().find(from).isEmpty()) {
            throw Errors.versionNotFound(from);
        }
        var holder = secret.versions().staged(stage).map(Version::id);
        if (from == null && holder.isPresent() && !holder.get().equals(to)) {
            throw Errors.stageIsElsewhere(stage, holder.get());
        }
        if (from != null && !holder.filter(from::equals).isPresent()) {
            throw Errors.stageIsNotThere(stage, from);
        }
        if (to == null && stage.equals(Version.CURRENT)) {
            throw Errors.currentMustStay();
        }
        var versions = to == null
                ? secret.versions().unstaged(stage)
                : secret.versions().moved(stage, to);
        var changed = secret.with(secret.about().changed(secrets.now())).with(versions);
        secrets.put(call.scope(), changed);
        return UpdateSecretVersionStageResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .build();
    }

    /// Versions without a label are deprecated, and shown only on request.
    ListSecretVersionIdsResponse list(Call call, ListSecretVersionIdsRequest request) {
        new Constraints()
                .range("maxResults", request.maxResults(), 1, LARGEST_PAGE)
                .check(Errors::validation);
        var secret = secrets.meant(call.scope(), request.secretId());
        var all = secret.versions().all().reversed().stream()
                .filter(version -> Boolean.TRUE.equals(request.includeDeprecated())
                        || !version.stages().isEmpty())
                .toList();
        var size = Objects.requireNonNullElse(request.maxResults(), LARGEST_PAGE);
        var page = Page.of(
                "ListSecretVersionIds " + secret.arn(),
                all,
                Version::id,
                new Page.Request(request.nextToken(), size),
                Errors::invalidToken);
        var key = Objects.requireNonNullElse(secret.about().kmsKeyId(), DEFAULT_KEY);
        return ListSecretVersionIdsResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .versions(page.items().stream()
                        .map(version -> entry(version, key))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static SecretVersionsListEntry entry(Version version, String key) {
        var entry = SecretVersionsListEntry.builder()
                .versionId(version.id())
                .createdDate(version.createdAt())
                .lastAccessedDate(version.accessedAt())
                .kmsKeyIds(key);
        return (version.stages().isEmpty() ? entry : entry.versionStages(version.stages())).build();
    }
}

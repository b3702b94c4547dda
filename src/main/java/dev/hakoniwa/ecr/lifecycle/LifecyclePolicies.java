package dev.hakoniwa.ecr.lifecycle;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecr.Constraints;
import dev.hakoniwa.ecr.Errors;
import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.image.Images;
import dev.hakoniwa.ecr.image.StoredImage;
import dev.hakoniwa.ecr.lifecycle.LifecycleRule.StorageClass;
import dev.hakoniwa.ecr.repository.Repositories;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.DeleteLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.ImageStatus;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyResponse;

/// The policies by which images expire or go to the archive, applied once a day.
public final class LifecyclePolicies {
    static final int SHORTEST = 100;
    static final int LONGEST = 30_720;
    private static final Duration DAY = Duration.ofDays(1);

    private final Foundation foundation;
    private final Tables tables;
    private final Repositories repositories;
    private final Images images;
    private final Table<Row> rows;

    public LifecyclePolicies(Foundation foundation, Repositories repositories, Images images) {
        this.foundation = foundation;
        this.tables = foundation.tables();
        this.repositories = repositories;
        this.images = images;
        this.rows = tables.table("lifecycle policy");
    }

    private record Row(
            RepositoryKey repository,
            String text,
            LifecyclePolicy policy,
            @Nullable Instant evaluatedAt) {
        Row evaluated(Instant now) {
            return new Row(repository, text, policy, now);
        }
    }

    /// Applies the policies once a day from now on.
    public void start() {
        var _ = foundation.timers().every(DAY, this::applyAll);
    }

    public PutLifecyclePolicyResponse put(Call call, PutLifecyclePolicyRequest request) {
        var text = Constraints.text(request.lifecyclePolicyText(), "LifecyclePolicyText", SHORTEST, LONGEST);
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        var policy = LifecyclePolicyReader.read(text);

        rows.put(key.scope(), key.name(), new Row(key, text, policy, null));
        return PutLifecyclePolicyResponse.builder()
                .registryId(key.registryId())
                .repositoryName(key.name())
                .lifecyclePolicyText(text)
                .build();
    }

    public GetLifecyclePolicyResponse get(Call call, GetLifecyclePolicyRequest request) {
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        var row = rows.find(key.scope(), key.name()).orElseThrow(() -> Errors.lifecyclePolicyNotFound(key));
        return GetLifecyclePolicyResponse.builder()
                .registryId(key.registryId())
                .repositoryName(key.name())
                .lifecyclePolicyText(row.text())
                .lastEvaluatedAt(row.evaluatedAt())
                .build();
    }

    public DeleteLifecyclePolicyResponse delete(Call call, DeleteLifecyclePolicyRequest request) {
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        var row = rows.remove(key.scope(), key.name()).orElseThrow(() -> Errors.lifecyclePolicyNotFound(key));
        return DeleteLifecyclePolicyResponse.builder()
                .registryId(key.registryId())
                .repositoryName(key.name())
                .lifecyclePolicyText(row.text())
                .lastEvaluatedAt(row.evaluatedAt())
                .build();
    }

    public void remove(RepositoryKey key) {
        rows.remove(key.scope(), key.name());
    }

    /// The text of a repository's policy, if it has one.
    Optional<String> text(RepositoryKey key) {
        return rows.find(key.scope(), key.name()).map(Row::text);
    }

    /// What a policy would do to a repository now.
    List<LifecyclePolicy.Verdict> evaluate(RepositoryKey key, LifecyclePolicy policy) {
        var seen = images.all(key).stream()
                .filter(image -> image.shelf().status() != ImageStatus.ACTIVATING)
                .map(image -> seen(key, image))
                .toList();
        return policy.evaluate(seen, foundation.clock().instant());
    }

    private LifecycleImage seen(RepositoryKey key, StoredImage image) {
        return new LifecycleImage(
                image.digest(),
                image.tags(),
                image.isActive() ? StorageClass.STANDARD : StorageClass.ARCHIVE,
                image.pushedAt(),
                image.pulledAt(),
                image.shelf().archivedAt(),
                !images.parents(key, image.digest()).isEmpty());
    }

    /// A step for each repository, so that none waits for all.
    private void applyAll() {
        var all = tables.write(() -> rows.scopes().stream()
                .flatMap(scope -> rows.all(scope).stream())
                .toList());
        all.forEach(row -> tables.write(() -> apply(row)));
    }

    private void apply(Row row) {
        var key = row.repository();
        if (!rows.find(key.scope(), key.name()).equals(Optional.of(row))) {
            return;
        }
        var now = foundation.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        for (var verdict : evaluate(key, row.policy())) {
            images.find(key, verdict.image()).ifPresent(image -> apply(key, image, verdict));
        }
        rows.put(key.scope(), key.name(), row.evaluated(now));
    }

    private void apply(RepositoryKey key, StoredImage image, LifecyclePolicy.Verdict verdict) {
        var now = foundation.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        switch (verdict.action()) {
            case EXPIRE -> images.remove(key, image);
            case TRANSITION ->
                images.update(key, image.digest(), it -> it.on(it.shelf().archived(now)));
        }
    }
}

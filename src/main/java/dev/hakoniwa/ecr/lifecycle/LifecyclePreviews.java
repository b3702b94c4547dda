package dev.hakoniwa.ecr.lifecycle;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Page;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.ecr.Constraints;
import dev.hakoniwa.ecr.Errors;
import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.image.Images;
import dev.hakoniwa.ecr.image.StoredImage;
import dev.hakoniwa.ecr.lifecycle.LifecycleRule.Action;
import dev.hakoniwa.ecr.repository.Repositories;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewResponse;
import software.amazon.awssdk.services.ecr.model.ImageActionType;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewResult;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewStatus;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewSummary;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyRuleAction;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyStorageClass;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyTargetStorageClass;
import software.amazon.awssdk.services.ecr.model.StartLifecyclePolicyPreviewRequest;
import software.amazon.awssdk.services.ecr.model.StartLifecyclePolicyPreviewResponse;
import software.amazon.awssdk.services.ecr.model.TagStatus;
import software.amazon.awssdk.services.ecr.model.TransitioningImageTotalCount;

/// Shows what a lifecycle policy would do. A preview takes a moment, and shows the images as they were at its end.
public final class LifecyclePreviews {
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final int LARGEST_PAGE = 100;

    private final Foundation foundation;
    private final Repositories repositories;
    private final Images images;
    private final LifecyclePolicies policies;
    private final Table<Preview> rows;

    public LifecyclePreviews(
            Foundation foundation, Repositories repositories, Images images, LifecyclePolicies policies) {
        this.foundation = foundation;
        this.repositories = repositories;
        this.images = images;
        this.policies = policies;
        this.rows = foundation.tables().table("lifecycle policy preview");
    }

    private record Preview(
            String text, LifecyclePolicyPreviewStatus status, List<LifecyclePolicyPreviewResult> results) {
        Preview {
            results = List.copyOf(results);
        }

        boolean isInProgress() {
            return status == LifecyclePolicyPreviewStatus.IN_PROGRESS;
        }
    }

    public StartLifecyclePolicyPreviewResponse start(Call call, StartLifecyclePolicyPreviewRequest request) {
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        var text = request.lifecyclePolicyText() == null
                ? policies.text(key).orElseThrow(() -> Errors.lifecyclePolicyNotFound(key))
                : Constraints.text(
                        request.lifecyclePolicyText(),
                        "LifecyclePolicyText",
                        LifecyclePolicies.SHORTEST,
                        LifecyclePolicies.LONGEST);
        var policy = LifecyclePolicyReader.read(text);
        if (find(key).filter(Preview::isInProgress).isPresent()) {
            throw Errors.previewInProgress(key);
        }

        var preview = new Preview(text, LifecyclePolicyPreviewStatus.IN_PROGRESS, List.of());
        rows.put(key.scope(), key.name(), preview);
        var tables = foundation.tables();
        tables.afterwards(() ->
                foundation.timers().after(MOMENT, () -> tables.write(() -> complete(key, preview, policy))));
        return StartLifecyclePolicyPreviewResponse.builder()
                .registryId(key.registryId())
                .repositoryName(key.name())
                .lifecyclePolicyText(text)
                .status(LifecyclePolicyPreviewStatus.IN_PROGRESS)
                .build();
    }

    private void complete(RepositoryKey key, Preview preview, LifecyclePolicy policy) {
        if (!find(key).equals(Optional.of(preview))) {
            return;
        }
        var results = policies.evaluate(key, policy).stream()
                .flatMap(verdict -> images.find(key, verdict.image()).map(image -> result(image, verdict)).stream())
                .toList();
        rows.put(key.scope(), key.name(), new Preview(preview.text(), LifecyclePolicyPreviewStatus.COMPLETE, results));
    }

    private static LifecyclePolicyPreviewResult result(StoredImage image, LifecyclePolicy.Verdict verdict) {
        var storageClass =
                image.isActive() ? LifecyclePolicyStorageClass.STANDARD : LifecyclePolicyStorageClass.ARCHIVE;
        return LifecyclePolicyPreviewResult.builder()
                .imageDigest(image.digest().toString())
                .imageTags(image.tags())
                .imagePushedAt(image.pushedAt())
                .appliedRulePriority(verdict.priority())
                .storageClass(storageClass)
                .action(action(verdict.action()))
                .build();
    }

    private static LifecyclePolicyRuleAction action(Action action) {
        return switch (action) {
            case EXPIRE ->
                LifecyclePolicyRuleAction.builder().type(ImageActionType.EXPIRE).build();
            case TRANSITION ->
                LifecyclePolicyRuleAction.builder()
                        .type(ImageActionType.TRANSITION)
                        .targetStorageClass(LifecyclePolicyTargetStorageClass.ARCHIVE)
                        .build();
        };
    }

    public GetLifecyclePolicyPreviewResponse get(Call call, GetLifecyclePolicyPreviewRequest request) {
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        var preview = find(key).orElseThrow(() -> Errors.previewNotFound(key));
        if (request.hasImageIds()) {
            Constraints.size(request.imageIds(), "imageIds", 1, 100);
            Constraints.noPage(request.nextToken(), request.maxResults(), "imageIds");
        }
        var tagStatus = request.filter() == null ? null : request.filter().tagStatus();
        Constraints.known(tagStatus, "filter.tagStatus", TagStatus.knownValues());

        var wanted = preview.results().stream()
                .filter(result -> !request.hasImageIds() || isNamed(result, request.imageIds()))
                .filter(result -> hasTags(result, tagStatus))
                .toList();
        var page = Page.of(
                "preview " + key + tagStatus,
                wanted,
                LifecyclePolicyPreviewResult::imageDigest,
                Constraints.page(request.nextToken(), request.maxResults(), LARGEST_PAGE),
                Errors::invalidToken);
        return GetLifecyclePolicyPreviewResponse.builder()
                .registryId(key.registryId())
                .repositoryName(key.name())
                .lifecyclePolicyText(preview.text())
                .status(preview.status())
                .previewResults(page.items())
                .nextToken(page.nextToken())
                .summary(summary(preview))
                .build();
    }

    private static boolean isNamed(LifecyclePolicyPreviewResult result, List<ImageIdentifier> ids) {
        return ids.stream()
                .anyMatch(id -> (id.imageDigest() == null || id.imageDigest().equals(result.imageDigest()))
                        && (id.imageTag() == null || result.imageTags().contains(id.imageTag())));
    }

    private static boolean hasTags(LifecyclePolicyPreviewResult result, @Nullable TagStatus wanted) {
        return wanted == null
                || wanted == TagStatus.ANY
                || (wanted == TagStatus.UNTAGGED) == result.imageTags().isEmpty();
    }

    private static LifecyclePolicyPreviewSummary summary(Preview preview) {
        var archived = count(preview, ImageActionType.TRANSITION);
        var transitions = TransitioningImageTotalCount.builder()
                .targetStorageClass(LifecyclePolicyTargetStorageClass.ARCHIVE)
                .imageTotalCount(archived)
                .build();
        return LifecyclePolicyPreviewSummary.builder()
                .expiringImageTotalCount(count(preview, ImageActionType.EXPIRE))
                .transitioningImageTotalCounts(archived == 0 ? null : List.of(transitions))
                .build();
    }

    private static int count(Preview preview, ImageActionType type) {
        return (int) preview.results().stream()
                .filter(result -> result.action().type() == type)
                .count();
    }

    public void remove(RepositoryKey key) {
        rows.remove(key.scope(), key.name());
    }

    private Optional<Preview> find(RepositoryKey key) {
        return rows.find(key.scope(), key.name());
    }
}

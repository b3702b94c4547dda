package dev.hakoniwa.ecr.image;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecr.Constraints;
import dev.hakoniwa.ecr.Errors;
import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.ecr.image.ImageQuery.Result;
import dev.hakoniwa.ecr.repository.Repositories;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageStatus;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;
import software.amazon.awssdk.services.ecr.model.TargetStorageClass;
import software.amazon.awssdk.services.ecr.model.UpdateImageStorageClassRequest;
import software.amazon.awssdk.services.ecr.model.UpdateImageStorageClassResponse;

/// Gives, puts, deletes and archives images.
public final class ImageOperations {
    private static final int LONGEST_MANIFEST = 4 * 1024 * 1024;
    private static final Duration RESTORING = Duration.ofMinutes(20);

    private final Repositories repositories;
    private final Images images;
    private final ImageQuery query;
    private final Foundation foundation;

    public ImageOperations(Foundation foundation, Repositories repositories, Images images) {
        this.foundation = foundation;
        this.repositories = repositories;
        this.images = images;
        this.query = new ImageQuery(images);
    }

    public BatchGetImageResponse get(Call call, BatchGetImageRequest request) {
        var ids = imageIds(request.hasImageIds() ? request.imageIds() : null);
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        if (request.hasAcceptedMediaTypes()) {
            Constraints.size(request.acceptedMediaTypes(), "acceptedMediaTypes", 1, 100);
        }

        var found = new ArrayList<Image>();
        var failures = new ArrayList<ImageFailure>();
        for (var id : ids) {
            switch (query.find(key, id)) {
                case Result.Found(var image) when !image.isActive() -> failures.add(ImageFailures.inaccessible(id));
                case Result.Found(var image)
                when !isAccepted(request, image) -> failures.add(ImageFailures.notFound(id));
                case Result.Found(var image) -> {
                    images.pulled(key, image);
                    found.add(view(key, image, id.imageTag()));
                }
                case Result.Failed(var failure) -> failures.add(failure);
            }
        }
        return BatchGetImageResponse.builder().images(found).failures(failures).build();
    }

    private static boolean isAccepted(BatchGetImageRequest request, StoredImage image) {
        return !request.hasAcceptedMediaTypes()
                || request.acceptedMediaTypes().contains(image.manifest().mediaType());
    }

    public PutImageResponse put(Call call, PutImageRequest request) {
        var text = Constraints.text(request.imageManifest(), "imageManifest", 1, LONGEST_MANIFEST);
        var tag = request.imageTag();
        if (tag != null) {
            Constraints.tag(tag);
        }
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        var manifest = ManifestReader.read(text, request.imageManifestMediaType());
        if (request.imageDigest() != null
                && !request.imageDigest().equals(manifest.digest().toString())) {
            throw Errors.imageDigestDoesNotMatch();
        }
        if (isThere(key, manifest.digest(), tag)) {
            throw Errors.imageAlreadyExists(key, manifest.digest(), tag);
        }

        var image = images.put(key, manifest, tag);
        return PutImageResponse.builder().image(view(key, image, tag)).build();
    }

    private boolean isThere(RepositoryKey key, Digest digest, @Nullable String tag) {
        return images.find(key, digest)
                .filter(image -> tag == null || image.tags().contains(tag))
                .isPresent();
    }

    public BatchDeleteImageResponse delete(Call call, BatchDeleteImageRequest request) {
        var ids = imageIds(request.hasImageIds() ? request.imageIds() : null);
        var key = repositories.named(call, request.registryId(), request.repositoryName());

        var deleted = new ArrayList<ImageIdentifier>();
        var failures = new ArrayList<ImageFailure>();
        for (var id : ids) {
            switch (query.find(key, id)) {
                case Result.Found(var image) ->
                    delete(key, image, id).ifPresentOrElse(failures::add, () -> deleted.addAll(gone(image, id)));
                case Result.Failed(var failure) -> failures.add(failure);
            }
        }
        return BatchDeleteImageResponse.builder()
                .imageIds(deleted)
                .failures(failures)
                .build();
    }

    /// Takes one tag off, or the image with all of its tags; an image whose last tag is taken off goes too.
    private Optional<ImageFailure> delete(RepositoryKey key, StoredImage image, ImageIdentifier id) {
        if (id.imageTag() != null && image.tags().size() > 1) {
            images.untag(key, image, id.imageTag());
            return Optional.empty();
        }
        var lists = images.parents(key, image.digest());
        if (!lists.isEmpty()) {
            return Optional.of(ImageFailures.referencedByManifestList(id, lists));
        }
        images.remove(key, image);
        return Optional.empty();
    }

    private static List<ImageIdentifier> gone(StoredImage image, ImageIdentifier id) {
        if (id.imageTag() != null) {
            return List.of(image.id(id.imageTag()));
        }
        return image.tags().isEmpty()
                ? List.of(image.id())
                : image.tags().stream().map(image::id).toList();
    }

    public UpdateImageStorageClassResponse updateStorageClass(Call call, UpdateImageStorageClassRequest request) {
        var id = Constraints.present(request.imageId(), "imageId");
        var target = Constraints.present(request.targetStorageClass(), "targetStorageClass");
        Constraints.known(target, "targetStorageClass", TargetStorageClass.knownValues());
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        var image = query.get(key, id);

        var moved = target == TargetStorageClass.ARCHIVE ? archive(key, image) : restore(key, image);
        return UpdateImageStorageClassResponse.builder()
                .registryId(key.registryId())
                .repositoryName(key.name())
                .imageId(id.imageTag() == null ? image.id() : image.id(id.imageTag()))
                .imageStatus(moved.shelf().status())
                .build();
    }

    private StoredImage archive(RepositoryKey key, StoredImage image) {
        if (!image.isActive()) {
            throw Errors.imageStorageClassUpdateNotSupported("Only an image in status ACTIVE can be archived.");
        }
        var now = foundation.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        return images.update(key, image.digest(), it -> it.on(it.shelf().archived(now)));
    }

    private StoredImage restore(RepositoryKey key, StoredImage image) {
        if (image.shelf().status() != ImageStatus.ARCHIVED) {
            throw Errors.imageStorageClassUpdateNotSupported("Only an image in status ARCHIVED can be restored.");
        }
        var tables = foundation.tables();
        tables.afterwards(() ->
                foundation.timers().after(RESTORING, () -> tables.write(() -> activate(key, image.digest()))));
        return images.update(key, image.digest(), it -> it.on(it.shelf().activating()));
    }

    private void activate(RepositoryKey key, Digest digest) {
        var now = foundation.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        images.find(key, digest)
                .filter(image -> image.shelf().status() == ImageStatus.ACTIVATING)
                .ifPresent(
                        _ -> images.update(key, digest, it -> it.on(it.shelf().activated(now))));
    }

    private static List<ImageIdentifier> imageIds(@Nullable List<ImageIdentifier> sent) {
        return Constraints.size(Constraints.present(sent, "imageIds"), "imageIds", 1, 100).stream()
                .distinct()
                .toList();
    }

    private static Image view(RepositoryKey key, StoredImage image, @Nullable String tag) {
        return Image.builder()
                .registryId(key.registryId())
                .repositoryName(key.name())
                .imageId(tag == null ? image.id() : image.id(tag))
                .imageManifest(image.manifest().text())
                .imageManifestMediaType(image.manifest().mediaType())
                .build();
    }
}

package dev.hakoniwa.ecr.image;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Page;
import dev.hakoniwa.ecr.Constraints;
import dev.hakoniwa.ecr.Errors;
import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.ecr.repository.Repositories;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.ArtifactStatus;
import software.amazon.awssdk.services.ecr.model.ArtifactStatusFilter;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageReferrer;
import software.amazon.awssdk.services.ecr.model.ImageStatusFilter;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersFilter;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersRequest;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersResponse;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/// Shows what is in a repository.
public final class ImageListings {
    private final Repositories repositories;
    private final Images images;
    private final ImageQuery query;

    public ImageListings(Repositories repositories, Images images) {
        this.repositories = repositories;
        this.images = images;
        this.query = new ImageQuery(images);
    }

    /// Which images are wanted; without a word about it, those that can be pulled.
    private record Filter(
            @Nullable TagStatus tags, @Nullable ImageStatusFilter status) {
        Filter {
            Constraints.known(tags, "filter.tagStatus", TagStatus.knownValues());
            Constraints.known(status, "filter.imageStatus", ImageStatusFilter.knownValues());
        }

        boolean wants(StoredImage image) {
            return hasTags(image) && isInStatus(image);
        }

        private boolean hasTags(StoredImage image) {
            return tags == null
                    || tags == TagStatus.ANY
                    || (tags == TagStatus.UNTAGGED) == image.tags().isEmpty();
        }

        private boolean isInStatus(StoredImage image) {
            var wanted = status == null ? ImageStatusFilter.ACTIVE : status;
            return wanted == ImageStatusFilter.ANY
                    || wanted.toString().equals(image.shelf().status().toString());
        }
    }

    public ListImagesResponse list(Call call, ListImagesRequest request) {
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        var sent = request.filter();
        var filter = sent == null ? new Filter(null, null) : new Filter(sent.tagStatus(), sent.imageStatus());

        var ids = images.all(key).stream()
                .filter(filter::wants)
                .flatMap(ImageListings::ids)
                .toList();
        var page = Page.of(
                "ids of images " + key + filter,
                ids,
                id -> id.imageDigest() + id.imageTag(),
                Constraints.page(request.nextToken(), request.maxResults()),
                Errors::invalidToken);
        return ListImagesResponse.builder()
                .imageIds(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static Stream<ImageIdentifier> ids(StoredImage image) {
        return image.tags().isEmpty()
                ? Stream.of(image.id())
                : image.tags().stream().map(image::id);
    }

    public DescribeImagesResponse describe(Call call, DescribeImagesRequest request) {
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        if (request.hasImageIds()) {
            return named(key, request);
        }
        var sent = request.filter();
        var filter = sent == null ? new Filter(null, null) : new Filter(sent.tagStatus(), sent.imageStatus());

        var page = Page.of(
                "images " + key + filter,
                images.all(key).stream().filter(filter::wants).toList(),
                image -> image.digest().hex(),
                Constraints.page(request.nextToken(), request.maxResults()),
                Errors::invalidToken);
        return DescribeImagesResponse.builder()
                .imageDetails(
                        page.items().stream().map(image -> image.detail(key)).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private DescribeImagesResponse named(RepositoryKey key, DescribeImagesRequest request) {
        Constraints.size(request.imageIds(), "imageIds", 1, 100);
        Constraints.noPage(request.nextToken(), request.maxResults(), "imageIds");
        var details = request.imageIds().stream()
                .map(id -> query.get(key, id))
                .distinct()
                .map(image -> image.detail(key))
                .toList();
        return DescribeImagesResponse.builder().imageDetails(details).build();
    }

    public ListImageReferrersResponse referrers(Call call, ListImageReferrersRequest request) {
        var subject = Constraints.present(request.subjectId(), "subjectId");
        var digest = Digest.parse(Constraints.present(subject.imageDigest(), "subjectId.imageDigest"))
                .orElseThrow(() -> Errors.invalidParameter("subjectId.imageDigest", "must be a sha256 digest"));
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        var filter =
                request.filter() == null ? ListImageReferrersFilter.builder().build() : request.filter();
        Constraints.known(filter.artifactStatus(), "filter.artifactStatus", ArtifactStatusFilter.knownValues());

        var page = Page.of(
                "referrers " + key + digest + filter,
                referrers(key, digest, filter),
                ImageReferrer::digest,
                Constraints.page(request.nextToken(), request.maxResults(), 50),
                Errors::invalidToken);
        return ListImageReferrersResponse.builder()
                .referrers(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private List<ImageReferrer> referrers(RepositoryKey key, Digest subject, ListImageReferrersFilter filter) {
        var wanted = filter.artifactStatus() == null ? ArtifactStatusFilter.ACTIVE : filter.artifactStatus();
        return images.referrers(key, subject).stream()
                .filter(image -> !filter.hasArtifactTypes()
                        || filter.artifactTypes()
                                .contains(image.manifest().kind().orElse("")))
                .map(ImageListings::referrer)
                .filter(referrer -> wanted == ArtifactStatusFilter.ANY
                        || wanted.toString().equals(referrer.artifactStatusAsString()))
                .toList();
    }

    private static ImageReferrer referrer(StoredImage image) {
        var manifest = image.manifest();
        return ImageReferrer.builder()
                .digest(image.digest().toString())
                .mediaType(manifest.mediaType())
                .artifactType(manifest.kind().orElse(null))
                .size((long) manifest.bytes().length)
                .annotations(manifest.annotations().isEmpty() ? null : manifest.annotations())
                .artifactStatus(ArtifactStatus.fromValue(image.shelf().status().toString()))
                .build();
    }
}

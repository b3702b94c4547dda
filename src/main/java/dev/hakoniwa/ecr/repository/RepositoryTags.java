package dev.hakoniwa.ecr.repository;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecr.Constraints;
import dev.hakoniwa.ecr.Errors;
import dev.hakoniwa.ecr.RepositoryKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TagResourceRequest;
import software.amazon.awssdk.services.ecr.model.TagResourceResponse;
import software.amazon.awssdk.services.ecr.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UntagResourceResponse;

/// The tags of repositories (not of images).
public final class RepositoryTags {
    private static final int MOST = 50;
    private static final String LENGTHS =
            "Tag keys can have a maximum character length of 128 characters, and tag values can have a maximum length of 256 characters.";

    private final Repositories repositories;
    private final Table<Map<String, String>> rows;

    public RepositoryTags(Tables tables, Repositories repositories) {
        this.repositories = repositories;
        this.rows = tables.table("repository's tags");
    }

    public TagResourceResponse tag(Call call, TagResourceRequest request) {
        var repository = repository(call, request.resourceArn());
        add(repository, Constraints.present(request.hasTags() ? request.tags() : null, "tags"));
        return TagResourceResponse.builder().build();
    }

    public UntagResourceResponse untag(Call call, UntagResourceRequest request) {
        var repository = repository(call, request.resourceArn());
        var keys = Constraints.present(request.hasTagKeys() ? request.tagKeys() : null, "tagKeys");

        var fewer = new TreeMap<>(of(repository));
        keys.forEach(fewer::remove);
        put(repository, fewer);
        return UntagResourceResponse.builder().build();
    }

    public ListTagsForResourceResponse list(Call call, ListTagsForResourceRequest request) {
        var tags = of(repository(call, request.resourceArn())).entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return ListTagsForResourceResponse.builder().tags(tags).build();
    }

    /// Checks the tags and adds them, in the place of those with the same key.
    void add(RepositoryKey repository, List<Tag> tags) {
        tags.forEach(RepositoryTags::check);
        if (tags.stream().map(Tag::key).distinct().count() < tags.size()) {
            throw Errors.invalidTag("Duplicate tag keys found.");
        }

        var more = new TreeMap<>(of(repository));
        tags.forEach(tag -> more.put(tag.key(), tag.value()));
        if (more.size() > MOST) {
            throw Errors.tooManyTags();
        }
        put(repository, more);
    }

    void remove(RepositoryKey repository) {
        rows.remove(repository.scope(), repository.name());
    }

    private Map<String, String> of(RepositoryKey repository) {
        return rows.find(repository.scope(), repository.name()).orElse(Map.of());
    }

    private void put(RepositoryKey repository, Map<String, String> tags) {
        rows.put(repository.scope(), repository.name(), tags);
    }

    private RepositoryKey repository(Call call, @Nullable String resourceArn) {
        var arn = Arn.parse(Constraints.present(resourceArn, "resourceArn")).orElseThrow(RepositoryTags::invalidArn);
        var isRepository = arn.service().equals("ecr") && arn.resource().startsWith("repository/");
        if (!isRepository || !arn.region().equals(call.region().name())) {
            throw invalidArn();
        }
        return repositories.named(call, arn.account(), arn.resourceId());
    }

    private static AwsError invalidArn() {
        return Errors.invalidParameter("resourceArn", "Invalid ARN");
    }

    private static void check(Tag tag) {
        if (tag.key() == null || tag.value() == null) {
            throw Errors.invalidTag("A tag must have a key and a value.");
        }
        if (tag.key().isEmpty() || tag.key().length() > 128 || tag.value().length() > 256) {
            throw Errors.invalidTag("An invalid parameter has been specified. " + LENGTHS);
        }
        if (tag.key().startsWith("aws:")) {
            throw Errors.invalidTag("Tag keys that begin with aws: are reserved for system use.");
        }
    }
}

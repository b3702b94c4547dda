package dev.hakoniwa.ecs;

import static java.util.stream.Collectors.toMap;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Arn;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceResponse;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceResponse;

/// The operations on the tags of any resource of ECS's.
public final class ResourceTags {
    /// What had ARNs without a cluster's name once, which could not be tagged.
    private static final Set<String> IN_CLUSTERS = Set.of("container-instance", "service", "task");

    private final Map<String, Taggable> kinds;

    public ResourceTags(List<Taggable> kinds) {
        this.kinds = kinds.stream().collect(toMap(Taggable::type, Function.identity()));
    }

    public TagResourceResponse tag(Call call, TagResourceRequest request) {
        var resource = find(call, request.resourceArn());
        if (!request.hasTags()) {
            throw Errors.invalidParameter("Tags can not be blank.");
        }
        var tags = Tags.added(resource.tags(), Tags.checked(request.tags()));
        resource.replace(tags);
        return TagResourceResponse.builder().build();
    }

    public UntagResourceResponse untag(Call call, UntagResourceRequest request) {
        var resource = find(call, request.resourceArn());
        if (!request.hasTagKeys()) {
            throw Errors.invalidParameter("TagKeys can not be blank.");
        }
        request.tagKeys().forEach(Tags::checkKey);
        resource.replace(Tags.without(resource.tags(), request.tagKeys()));
        return UntagResourceResponse.builder().build();
    }

    public ListTagsForResourceResponse list(Call call, ListTagsForResourceRequest request) {
        var resource = find(call, request.resourceArn());
        return ListTagsForResourceResponse.builder().tags(resource.tags()).build();
    }

    private Resource find(Call call, @Nullable String resourceArn) {
        var arn = Identifier.arn(call.scope(), Errors.present(resourceArn, "ResourceArn"));
        var kind = kinds.get(arn.resourceType());
        if (kind == null) {
            throw Errors.unsupportedResourceType(arn.resourceType());
        }
        if (IN_CLUSTERS.contains(kind.type()) && !arn.resourceId().contains("/")) {
            throw Errors.longArnNeeded();
        }
        return new Resource(call, kind, arn);
    }

    /// One resource whose tags an operation is about.
    private record Resource(Call call, Taggable kind, Arn arn) {
        List<Tag> tags() {
            return kind.tags(call.scope(), arn);
        }

        void replace(List<Tag> tags) {
            kind.replaceTags(call.scope(), arn, tags);
        }
    }
}

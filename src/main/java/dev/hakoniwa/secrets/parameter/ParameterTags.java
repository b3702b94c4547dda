package dev.hakoniwa.secrets.parameter;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/// The tags of parameters.
final class ParameterTags {
    private static final int MOST = 50;

    private final Parameters parameters;

    ParameterTags(Parameters parameters) {
        this.parameters = parameters;
    }

    AddTagsToResourceResponse add(Call call, AddTagsToResourceRequest request) {
        var parameter = meant(call, request.resourceType(), request.resourceId());
        parameters.put(call.scope(), parameter.tagged(merged(parameter.tags(), request.tags())));
        return AddTagsToResourceResponse.builder().build();
    }

    RemoveTagsFromResourceResponse remove(Call call, RemoveTagsFromResourceRequest request) {
        var parameter = meant(call, request.resourceType(), request.resourceId());
        var rest = new TreeMap<>(parameter.tags());
        rest.keySet().removeAll(request.tagKeys());
        parameters.put(call.scope(), parameter.tagged(rest));
        return RemoveTagsFromResourceResponse.builder().build();
    }

    ListTagsForResourceResponse list(Call call, ListTagsForResourceRequest request) {
        var parameter = meant(call, request.resourceType(), request.resourceId());
        return ListTagsForResourceResponse.builder()
                .tagList(parameter.tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    private KeptParameter meant(Call call, @Nullable ResourceTypeForTagging type, @Nullable String id) {
        if (Errors.present(type, "resourceType") != ResourceTypeForTagging.PARAMETER) {
            throw Errors.invalidResourceType();
        }
        var name = Errors.present(id, "resourceId");
        return parameters.find(call.scope(), name).orElseThrow(() -> Errors.invalidResourceId(name));
    }

    /// The tags with `more` added to them.
    static Map<String, String> merged(Map<String, String> tags, List<Tag> more) {
        var all = new TreeMap<>(tags);
        for (var tag : more) {
            var key = Errors.present(tag.key(), "tags.key");
            new Constraints()
                    .length("tags.key", key, 1, 128)
                    .length("tags.value", tag.value(), 0, 256)
                    .check(Errors::validation);
            if (key.startsWith("aws:")) {
                throw Errors.reservedTag();
            }
            all.put(key, Objects.requireNonNullElse(tag.value(), ""));
        }
        if (all.size() > MOST) {
            throw Errors.tooManyTags();
        }
        return all;
    }
}

package dev.hakoniwa.logs;

import dev.hakoniwa.aws.Call;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceResponse;

/// The operations on the tags of log groups: those that name the group by its ARN, and the older ones by its name.
final class LogTags {
    private final Storage storage;
    private final LogGroups groups;

    LogTags(Storage storage, LogGroups groups) {
        this.storage = storage;
        this.groups = groups;
    }

    TagResourceResponse tag(Call call, TagResourceRequest request) {
        add(call, resource(call, request.resourceArn()), Errors.present(request.tags(), "tags"));
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untag(Call call, UntagResourceRequest request) {
        remove(call, resource(call, request.resourceArn()), request.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    ListTagsForResourceResponse list(Call call, ListTagsForResourceRequest request) {
        var group = resource(call, request.resourceArn());
        return ListTagsForResourceResponse.builder().tags(group.tags()).build();
    }

    TagLogGroupResponse tagGroup(Call call, TagLogGroupRequest request) {
        add(call, named(call, request.logGroupName()), request.tags());
        return TagLogGroupResponse.builder().build();
    }

    UntagLogGroupResponse untagGroup(Call call, UntagLogGroupRequest request) {
        remove(call, named(call, request.logGroupName()), request.tags());
        return UntagLogGroupResponse.builder().build();
    }

    ListTagsLogGroupResponse listGroup(Call call, ListTagsLogGroupRequest request) {
        var group = named(call, request.logGroupName());
        return ListTagsLogGroupResponse.builder().tags(group.tags()).build();
    }

    private void add(Call call, Group group, Map<String, String> tags) {
        storage.put(call.scope(), group.withTags(Tags.checked(group.tags(), tags)));
    }

    private void remove(Call call, Group group, Collection<String> keys) {
        storage.put(call.scope(), group.withTags(Tags.without(group.tags(), keys)));
    }

    private Group named(Call call, @Nullable String name) {
        return groups.find(call.scope(), Names.group(name));
    }

    private Group resource(Call call, @Nullable String arn) {
        var name = Names.ofArn(call.scope(), Errors.present(arn, "resourceArn"));
        return groups.find(call.scope(), name);
    }
}

package dev.hakoniwa.logs;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.Page;
import dev.hakoniwa.core.Scope;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroupClass;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogGroupDeletionProtectionRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogGroupDeletionProtectionResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;

/// The operations on log groups.
final class LogGroups {
    static final int PAGE = 50;

    private static final List<Integer> RETENTIONS = List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);
    private static final List<String> CLASSES = List.of("STANDARD", "INFREQUENT_ACCESS", "DELIVERY");

    private final Storage storage;
    private final InstantSource clock;

    LogGroups(Storage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
    }

    CreateLogGroupResponse create(Call call, CreateLogGroupRequest request) {
        var name = Names.group(request.logGroupName());
        new Constraints()
                .oneOf("logGroupClass", request.logGroupClassAsString(), CLASSES)
                .length("kmsKeyId", request.kmsKeyId(), 0, 256)
                .check(Errors::invalidParameter);
        if (name.startsWith("aws/")) {
            throw Errors.invalidParameter("Log groups starting with AWS/ are reserved for AWS.");
        }
        if (storage.group(call.scope(), name).isPresent()) {
            throw Errors.groupExists();
        }
        var tags = Tags.checked(Map.of(), request.tags());
        storage.put(call.scope(), new Group(shape(call.scope(), name, request), tags));
        return CreateLogGroupResponse.builder().build();
    }

    /// Makes the group unless it is there.
    void ensure(Scope scope, String name) {
        if (storage.group(scope, name).isEmpty()) {
            var request = CreateLogGroupRequest.builder().logGroupName(name).build();
            storage.put(scope, new Group(shape(scope, name, request), new TreeMap<>()));
        }
    }

    DeleteLogGroupResponse delete(Call call, DeleteLogGroupRequest request) {
        var group = find(call.scope(), Names.group(request.logGroupName()));
        if (Boolean.TRUE.equals(group.shape().deletionProtectionEnabled())) {
            throw Errors.groupIsProtected();
        }
        storage.removeGroup(call.scope(), group.name());
        return DeleteLogGroupResponse.builder().build();
    }

    PutLogGroupDeletionProtectionResponse protect(Call call, PutLogGroupDeletionProtectionRequest request) {
        var name = Names.identified(call.scope(), Errors.present(request.logGroupIdentifier(), "logGroupIdentifier"));
        var isProtected = Errors.present(request.deletionProtectionEnabled(), "deletionProtectionEnabled");
        change(call.scope(), name, shape -> shape.deletionProtectionEnabled(isProtected));
        return PutLogGroupDeletionProtectionResponse.builder().build();
    }

    PutRetentionPolicyResponse putRetention(Call call, PutRetentionPolicyRequest request) {
        var name = Names.group(request.logGroupName());
        var days = Errors.present(request.retentionInDays(), "retentionInDays");
        new Constraints().oneOf("retentionInDays", days, RETENTIONS).check(Errors::invalidParameter);
        setRetention(call.scope(), name, days);
        return PutRetentionPolicyResponse.builder().build();
    }

    DeleteRetentionPolicyResponse deleteRetention(Call call, DeleteRetentionPolicyRequest request) {
        setRetention(call.scope(), Names.group(request.logGroupName()), null);
        return DeleteRetentionPolicyResponse.builder().build();
    }

    DescribeLogGroupsResponse describe(Call call, DescribeLogGroupsRequest request) {
        var prefix = Names.groupPart(request.logGroupNamePrefix(), "logGroupNamePrefix");
        var part = Names.groupPart(request.logGroupNamePattern(), "logGroupNamePattern");
        new Constraints()
                .range("limit", request.limit(), 1, PAGE)
                .oneOf("logGroupClass", request.logGroupClassAsString(), CLASSES)
                .check(Errors::invalidParameter);
        if (!prefix.isEmpty() && !part.isEmpty()) {
            throw Errors.prefixOrPattern();
        }
        var groups = asked(call.scope(), prefix, request).stream()
                .filter(group -> group.name().contains(part))
                .filter(group -> request.logGroupClass() == null
                        || request.logGroupClass() == group.shape().logGroupClass())
                .toList();
        var page = Page.of(
                "groups " + prefix + " " + part,
                groups,
                Group::name,
                new Page.Request(request.nextToken(), request.limit() == null ? PAGE : request.limit()),
                Errors::invalidToken);
        return DescribeLogGroupsResponse.builder()
                .logGroups(page.items().stream()
                        .map(group -> view(call.scope(), group))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    Group find(Scope scope, String name) {
        return storage.group(scope, name).orElseThrow(Errors::groupNotFound);
    }

    private List<Group> asked(Scope scope, String prefix, DescribeLogGroupsRequest request) {
        if (!request.hasLogGroupIdentifiers() || request.logGroupIdentifiers().isEmpty()) {
            return storage.groups(scope, prefix);
        }
        var found = new ArrayList<Group>();
        for (var identifier : request.logGroupIdentifiers()) {
            storage.group(scope, Names.identified(scope, identifier)).ifPresent(found::add);
        }
        return found;
    }

    private LogGroup view(Scope scope, Group group) {
        var keptFrom = group.keepsFrom(clock.millis());
        var bytes = 0L;
        for (var stream : storage.streams(scope, group.name(), "")) {
            stream.events(keptFrom);
            bytes += stream.countedBytes();
        }
        var storedBytes = bytes;
        return group.shape().copy(shape -> shape.storedBytes(storedBytes));
    }

    private LogGroup shape(Scope scope, String name, CreateLogGroupRequest request) {
        var arn = Group.arn(scope, name);
        return LogGroup.builder()
                .logGroupName(name)
                .creationTime(clock.millis())
                .metricFilterCount(0)
                .arn(arn + ":*")
                .logGroupArn(arn)
                .kmsKeyId(request.kmsKeyId())
                .logGroupClass(request.logGroupClass() == null ? LogGroupClass.STANDARD : request.logGroupClass())
                .deletionProtectionEnabled(Boolean.TRUE.equals(request.deletionProtectionEnabled()))
                .build();
    }

    private void setRetention(Scope scope, String name, @Nullable Integer days) {
        change(scope, name, shape -> shape.retentionInDays(days));
    }

    private void change(Scope scope, String name, Consumer<LogGroup.Builder> change) {
        var group = find(scope, name);
        storage.put(scope, new Group(group.shape().copy(change), group.tags()));
    }
}

package dev.hakoniwa.logs;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Service;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogGroupDeletionProtectionRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;

/// The table of the operations of CloudWatch Logs.
public final class LogsApi {
    public static final Service SERVICE = Service.json("logs", "Logs_20140328", "2014-03-28");

    private LogsApi() {}

    public static Operations operations(Logs logs) {
        var operations = Operations.of(SERVICE);
        addGroups(operations, logs.groups());
        addTags(operations, logs.tags());
        var streams = logs.streams();
        return operations
                .on("CreateLogStream", CreateLogStreamRequest::builder, streams::create)
                .on("DeleteLogStream", DeleteLogStreamRequest::builder, streams::delete)
                .on("DescribeLogStreams", DescribeLogStreamsRequest::builder, streams::describe)
                .on("PutLogEvents", PutLogEventsRequest::builder, logs.putEvents()::put)
                .on("GetLogEvents", GetLogEventsRequest::builder, logs.getEvents()::get)
                .on("FilterLogEvents", FilterLogEventsRequest::builder, logs.filterEvents()::filter);
    }

    private static void addGroups(Operations operations, LogGroups groups) {
        operations
                .on("CreateLogGroup", CreateLogGroupRequest::builder, groups::create)
                .on("DeleteLogGroup", DeleteLogGroupRequest::builder, groups::delete)
                .on("DescribeLogGroups", DescribeLogGroupsRequest::builder, groups::describe)
                .on("PutRetentionPolicy", PutRetentionPolicyRequest::builder, groups::putRetention)
                .on("DeleteRetentionPolicy", DeleteRetentionPolicyRequest::builder, groups::deleteRetention)
                .on("PutLogGroupDeletionProtection", PutLogGroupDeletionProtectionRequest::builder, groups::protect);
    }

    private static void addTags(Operations operations, LogTags tags) {
        operations
                .on("TagResource", TagResourceRequest::builder, tags::tag)
                .on("UntagResource", UntagResourceRequest::builder, tags::untag)
                .on("ListTagsForResource", ListTagsForResourceRequest::builder, tags::list)
                .on("TagLogGroup", TagLogGroupRequest::builder, tags::tagGroup)
                .on("UntagLogGroup", UntagLogGroupRequest::builder, tags::untagGroup)
                .on("ListTagsLogGroup", ListTagsLogGroupRequest::builder, tags::listGroup);
    }
}

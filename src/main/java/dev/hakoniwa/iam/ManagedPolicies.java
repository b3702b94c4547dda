package dev.hakoniwa.iam;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/// AWS's own policies that roles of tasks and of those who deploy them usually have. Any other is one that isn't there.
final class ManagedPolicies {
    private static final Map<String, KeptPolicy> BY_ARN = Stream.of(
                    policy("/service-role/", "AmazonECSTaskExecutionRolePolicy", 1, "2017-11-16T18:48:22Z", """
                            {"Version": "2012-10-17", "Statement": [
                              {"Effect": "Allow", "Resource": "*", "Action": [
                                "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability",
                                "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage",
                                "logs:CreateLogStream", "logs:PutLogEvents"]}]}"""),
                    policy("/service-role/", "AmazonEC2ContainerServiceforEC2Role", 7, "2023-03-06T22:19:04Z", """
                            {"Version": "2012-10-17", "Statement": [
                              {"Effect": "Allow", "Resource": "*", "Action": [
                                "ec2:DescribeTags", "ecs:CreateCluster", "ecs:DeregisterContainerInstance",
                                "ecs:DiscoverPollEndpoint", "ecs:Poll", "ecs:RegisterContainerInstance",
                                "ecs:StartTelemetrySession", "ecs:UpdateContainerInstancesState", "ecs:Submit*",
                                "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability",
                                "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage",
                                "logs:CreateLogStream", "logs:PutLogEvents"]},
                              {"Effect": "Allow", "Resource": "*", "Action": "ecs:TagResource", "Condition": {
                                "StringEquals": {"ecs:CreateAction": [
                                  "CreateCluster", "RegisterContainerInstance"]}}}]}"""),
                    policy("/service-role/", "AmazonEC2ContainerServiceAutoscaleRole", 2, "2018-02-05T19:15:15Z", """
                            {"Version": "2012-10-17", "Statement": [
                              {"Effect": "Allow", "Resource": ["*"], "Action": [
                                "ecs:DescribeServices", "ecs:UpdateService"]},
                              {"Effect": "Allow", "Resource": ["*"], "Action": [
                                "cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm"]}]}"""),
                    policy("/", "AWSCodeDeployRoleForECS", 3, "2019-09-23T22:37:46Z", """
                            {"Version": "2012-10-17", "Statement": [
                              {"Effect": "Allow", "Resource": "*", "Action": [
                                "ecs:DescribeServices", "ecs:CreateTaskSet", "ecs:UpdateServicePrimaryTaskSet",
                                "ecs:DeleteTaskSet", "elasticloadbalancing:DescribeTargetGroups",
                                "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:ModifyListener",
                                "elasticloadbalancing:DescribeRules", "elasticloadbalancing:ModifyRule",
                                "lambda:InvokeFunction", "cloudwatch:DescribeAlarms", "sns:Publish",
                                "s3:GetObject", "s3:GetObjectVersion"]},
                              {"Effect": "Allow", "Resource": "*", "Action": ["iam:PassRole"], "Condition": {
                                "StringLike": {"iam:PassedToService": ["ecs-tasks.amazonaws.com"]}}}]}"""),
                    policy("/", "AmazonEC2ContainerRegistryReadOnly", 3, "2019-12-10T20:56:32Z", """
                            {"Version": "2012-10-17", "Statement": [
                              {"Effect": "Allow", "Resource": "*", "Action": [
                                "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability",
                                "ecr:GetDownloadUrlForLayer", "ecr:GetRepositoryPolicy", "ecr:DescribeRepositories",
                                "ecr:ListImages", "ecr:DescribeImages", "ecr:BatchGetImage", "ecr:GetLifecyclePolicy",
                                "ecr:GetLifecyclePolicyPreview", "ecr:ListTagsForResource",
                                "ecr:DescribeImageScanFindings"]}]}"""),
                    policy("/", "CloudWatchLogsFullAccess", 3, "2025-05-20T17:07:06Z", """
                            {"Version": "2012-10-17", "Statement": [
                              {"Sid": "CloudWatchLogsFullAccess", "Effect": "Allow", "Resource": "*", "Action": [
                                "logs:*", "cloudwatch:GenerateQuery",
                                "cloudwatch:GenerateQueryResultsSummary"]}]}"""),
                    policy("/", "AmazonSSMManagedInstanceCore", 2, "2019-05-23T16:54:21Z", """
                            {"Version": "2012-10-17", "Statement": [
                              {"Effect": "Allow", "Resource": "*", "Action": [
                                "ssm:DescribeAssociation", "ssm:GetDeployablePatchSnapshotForInstance",
                                "ssm:GetDocument", "ssm:DescribeDocument", "ssm:GetManifest", "ssm:GetParameter",
                                "ssm:GetParameters", "ssm:ListAssociations", "ssm:ListInstanceAssociations",
                                "ssm:PutInventory", "ssm:PutComplianceItems", "ssm:PutConfigurePackageResult",
                                "ssm:UpdateAssociationStatus", "ssm:UpdateInstanceAssociationStatus",
                                "ssm:UpdateInstanceInformation"]},
                              {"Effect": "Allow", "Resource": "*", "Action": [
                                "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
                                "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"]},
                              {"Effect": "Allow", "Resource": "*", "Action": [
                                "ec2messages:AcknowledgeMessage", "ec2messages:DeleteMessage",
                                "ec2messages:FailMessage", "ec2messages:GetEndpoint", "ec2messages:GetMessages",
                                "ec2messages:SendReply"]}]}"""),
                    policy("/", "AmazonS3ReadOnlyAccess", 3, "2023-08-10T21:31:39Z", """
                            {"Version": "2012-10-17", "Statement": [
                              {"Effect": "Allow", "Resource": "*", "Action": [
                                "s3:Get*", "s3:List*", "s3:Describe*",
                                "s3-object-lambda:Get*", "s3-object-lambda:List*"]}]}"""),
                    policy("/", "AWSXRayDaemonWriteAccess", 2, "2024-02-13T21:58:30Z", """
                            {"Version": "2012-10-17", "Statement": [
                              {"Sid": "AWSXRayDaemonWriteAccess", "Effect": "Allow", "Resource": ["*"], "Action": [
                                "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules",
                                "xray:GetSamplingTargets", "xray:GetSamplingStatisticSummaries"]}]}"""),
                    policy("/", "AdministratorAccess", 1, "2015-02-06T18:39:46Z", """
                            {"Version": "2012-10-17", "Statement": [
                              {"Effect": "Allow", "Action": "*", "Resource": "*"}]}"""))
            .collect(Collectors.toUnmodifiableMap(KeptPolicy::arn, Function.identity()));

    private ManagedPolicies() {}

    static Optional<KeptPolicy> find(String arn) {
        return Optional.ofNullable(BY_ARN.get(arn));
    }

    static List<KeptPolicy> all() {
        return BY_ARN.values().stream()
                .sorted(Comparator.comparing(KeptPolicy::arn))
                .toList();
    }

    /// Only the newest version is known of each, with the time at which it came.
    private static KeptPolicy policy(String path, String name, int version, String created, String document) {
        var shape = Policy.builder()
                .policyName(name)
                .path(path)
                .arn("arn:aws:iam::aws:policy" + path + name)
                .policyId("ANPA" + id(name))
                .defaultVersionId("v" + version)
                .isAttachable(true)
                .createDate(Instant.parse(created))
                .updateDate(Instant.parse(created))
                .build();
        var newest = PolicyVersion.builder()
                .versionId("v" + version)
                .isDefaultVersion(true)
                .createDate(Instant.parse(created))
                .document(document)
                .build();
        return new KeptPolicy(shape, List.of(newest), version);
    }

    /// An id that is the policy's own, and the same in every run.
    private static String id(String name) {
        return "%017X".formatted(Integer.toUnsignedLong(name.hashCode()));
    }
}

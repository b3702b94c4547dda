package dev.hakoniwa.ecs;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Service;
import dev.hakoniwa.ecs.cluster.CapacityProviders;
import dev.hakoniwa.ecs.cluster.ClusterApi;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitionApi;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsRequest;

/// The table of ECS's operations, put together part by part.
public final class EcsApi {
    public static final Service SERVICE = Service.json("ecs", "AmazonEC2ContainerServiceV20141113", "2014-11-13");

    private final Operations operations = Operations.of(SERVICE);

    public Operations operations() {
        return operations;
    }

    public EcsApi clusters(ClusterApi clusters) {
        operations
                .on("CreateCluster", CreateClusterRequest::builder, clusters::create)
                .on("DescribeClusters", DescribeClustersRequest::builder, clusters::describe)
                .on("ListClusters", ListClustersRequest::builder, clusters::list)
                .on("UpdateCluster", UpdateClusterRequest::builder, clusters::update)
                .on("UpdateClusterSettings", UpdateClusterSettingsRequest::builder, clusters::updateSettings)
                .on(
                        "PutClusterCapacityProviders",
                        PutClusterCapacityProvidersRequest::builder,
                        clusters::putCapacityProviders)
                .on("DeleteCluster", DeleteClusterRequest::builder, clusters::delete);
        return this;
    }

    public EcsApi capacityProviders(CapacityProviders providers) {
        operations.on("DescribeCapacityProviders", DescribeCapacityProvidersRequest::builder, providers::describe);
        return this;
    }

    public EcsApi taskDefinitions(TaskDefinitionApi definitions) {
        operations
                .on("RegisterTaskDefinition", RegisterTaskDefinitionRequest::builder, definitions::register)
                .on("DescribeTaskDefinition", DescribeTaskDefinitionRequest::builder, definitions::describe)
                .on("ListTaskDefinitions", ListTaskDefinitionsRequest::builder, definitions::list)
                .on("ListTaskDefinitionFamilies", ListTaskDefinitionFamiliesRequest::builder, definitions::families)
                .on("DeregisterTaskDefinition", DeregisterTaskDefinitionRequest::builder, definitions::deregister)
                .on("DeleteTaskDefinitions", DeleteTaskDefinitionsRequest::builder, definitions::delete);
        return this;
    }

    public EcsApi accountSettings(AccountSettings settings) {
        operations
                .on("PutAccountSetting", PutAccountSettingRequest::builder, settings::put)
                .on("PutAccountSettingDefault", PutAccountSettingDefaultRequest::builder, settings::putDefault)
                .on("DeleteAccountSetting", DeleteAccountSettingRequest::builder, settings::delete)
                .on("ListAccountSettings", ListAccountSettingsRequest::builder, settings::list);
        return this;
    }

    public EcsApi tags(ResourceTags tags) {
        operations
                .on("TagResource", TagResourceRequest::builder, tags::tag)
                .on("UntagResource", UntagResourceRequest::builder, tags::untag)
                .on("ListTagsForResource", ListTagsForResourceRequest::builder, tags::list);
        return this;
    }
}

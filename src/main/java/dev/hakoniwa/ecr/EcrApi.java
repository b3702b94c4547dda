package dev.hakoniwa.ecr;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Service;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DeleteLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.StartLifecyclePolicyPreviewRequest;
import software.amazon.awssdk.services.ecr.model.TagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UpdateImageStorageClassRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;

/// The table of ECR's operations.
public final class EcrApi {
    public static final Service SERVICE = Service.json("ecr", "AmazonEC2ContainerRegistry_V20150921", "2015-09-21");

    private final Ecr ecr;

    public EcrApi(Ecr ecr) {
        this.ecr = ecr;
    }

    public Operations operations() {
        var operations = Operations.of(SERVICE);
        addRepositories(operations);
        addPolicies(operations);
        addImages(operations);
        addLayers(operations);
        return operations;
    }

    private void addRepositories(Operations operations) {
        var repositories = ecr.repositoryOperations();
        var tags = ecr.repositoryTags();
        operations
                .on("CreateRepository", CreateRepositoryRequest::builder, repositories::create)
                .on("DescribeRepositories", DescribeRepositoriesRequest::builder, repositories::describe)
                .on("DeleteRepository", DeleteRepositoryRequest::builder, repositories::delete)
                .on("PutImageTagMutability", PutImageTagMutabilityRequest::builder, repositories::putTagMutability)
                .on(
                        "PutImageScanningConfiguration",
                        PutImageScanningConfigurationRequest::builder,
                        repositories::putScanning)
                .on("TagResource", TagResourceRequest::builder, tags::tag)
                .on("UntagResource", UntagResourceRequest::builder, tags::untag)
                .on("ListTagsForResource", ListTagsForResourceRequest::builder, tags::list);
    }

    private void addPolicies(Operations operations) {
        var policies = ecr.repositoryPolicies();
        var lifecycle = ecr.lifecyclePolicies();
        var previews = ecr.lifecyclePreviews();
        operations
                .on("SetRepositoryPolicy", SetRepositoryPolicyRequest::builder, policies::set)
                .on("GetRepositoryPolicy", GetRepositoryPolicyRequest::builder, policies::get)
                .on("DeleteRepositoryPolicy", DeleteRepositoryPolicyRequest::builder, policies::delete)
                .on("PutLifecyclePolicy", PutLifecyclePolicyRequest::builder, lifecycle::put)
                .on("GetLifecyclePolicy", GetLifecyclePolicyRequest::builder, lifecycle::get)
                .on("DeleteLifecyclePolicy", DeleteLifecyclePolicyRequest::builder, lifecycle::delete)
                .on("StartLifecyclePolicyPreview", StartLifecyclePolicyPreviewRequest::builder, previews::start)
                .on("GetLifecyclePolicyPreview", GetLifecyclePolicyPreviewRequest::builder, previews::get);
    }

    private void addImages(Operations operations) {
        var images = ecr.imageOperations();
        var listings = ecr.imageListings();
        operations
                .on("PutImage", PutImageRequest::builder, images::put)
                .on("BatchGetImage", BatchGetImageRequest::builder, images::get)
                .on("BatchDeleteImage", BatchDeleteImageRequest::builder, images::delete)
                .on("UpdateImageStorageClass", UpdateImageStorageClassRequest::builder, images::updateStorageClass)
                .on("ListImages", ListImagesRequest::builder, listings::list)
                .on("DescribeImages", DescribeImagesRequest::builder, listings::describe)
                .on("ListImageReferrers", ListImageReferrersRequest::builder, listings::referrers);
    }

    private void addLayers(Operations operations) {
        var layers = ecr.layerOperations();
        operations
                .on("GetAuthorizationToken", GetAuthorizationTokenRequest::builder, ecr.tokenOperations()::get)
                .on("BatchCheckLayerAvailability", BatchCheckLayerAvailabilityRequest::builder, layers::check)
                .on("GetDownloadUrlForLayer", GetDownloadUrlForLayerRequest::builder, layers::downloadUrl)
                .on("InitiateLayerUpload", InitiateLayerUploadRequest::builder, layers::initiate)
                .onBlocking("UploadLayerPart", UploadLayerPartRequest::builder, layers::upload)
                .onBlocking("CompleteLayerUpload", CompleteLayerUploadRequest::builder, layers::complete);
    }
}

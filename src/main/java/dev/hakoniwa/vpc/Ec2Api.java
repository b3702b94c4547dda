package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Service;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeDhcpOptionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsEgressRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressRequest;

/// The table of EC2's operations.
public final class Ec2Api {
    public static final Service SERVICE =
            Service.ec2Query("ec2", "2016-11-15", "http://ec2.amazonaws.com/doc/2016-11-15/");

    private Ec2Api() {}

    public static Operations operations(Ec2 ec2) {
        var operations = Operations.of(SERVICE);
        var parts = ec2.operations();
        addDescribing(operations, parts.describing());
        addSurroundings(operations, parts);
        addVpcs(operations, parts);
        addRoutes(operations, parts);
        addGroups(operations, parts);
        addRules(operations, parts);
        addTagging(operations, parts.tagging());
        return operations;
    }

    private static void addDescribing(Operations operations, Describing describing) {
        operations
                .on(
                        "DescribeDhcpOptions",
                        DescribeDhcpOptionsRequest::builder,
                        unlessDry(DescribeDhcpOptionsRequest::dryRun, describing::dhcpOptions))
                .on(
                        "DescribeVpcs",
                        DescribeVpcsRequest::builder,
                        unlessDry(DescribeVpcsRequest::dryRun, describing::vpcs))
                .on(
                        "DescribeSubnets",
                        DescribeSubnetsRequest::builder,
                        unlessDry(DescribeSubnetsRequest::dryRun, describing::subnets))
                .on(
                        "DescribeNetworkInterfaces",
                        DescribeNetworkInterfacesRequest::builder,
                        unlessDry(DescribeNetworkInterfacesRequest::dryRun, describing::interfaces))
                .on(
                        "DescribeInstances",
                        DescribeInstancesRequest::builder,
                        unlessDry(DescribeInstancesRequest::dryRun, describing::instances))
                .on(
                        "DescribeRouteTables",
                        DescribeRouteTablesRequest::builder,
                        unlessDry(DescribeRouteTablesRequest::dryRun, describing::routeTables))
                .on(
                        "DescribeInternetGateways",
                        DescribeInternetGatewaysRequest::builder,
                        unlessDry(DescribeInternetGatewaysRequest::dryRun, describing::internetGateways))
                .on(
                        "DescribeNetworkAcls",
                        DescribeNetworkAclsRequest::builder,
                        unlessDry(DescribeNetworkAclsRequest::dryRun, describing::networkAcls));
    }

    private static void addSurroundings(Operations operations, Ec2Operations parts) {
        operations
                .on(
                        "DescribeVpcAttribute",
                        DescribeVpcAttributeRequest::builder,
                        unlessDry(DescribeVpcAttributeRequest::dryRun, parts.vpcs()::describeAttribute))
                .on(
                        "DescribeAvailabilityZones",
                        DescribeAvailabilityZonesRequest::builder,
                        unlessDry(DescribeAvailabilityZonesRequest::dryRun, parts.surroundings()::zones))
                .on(
                        "DescribeRegions",
                        DescribeRegionsRequest::builder,
                        unlessDry(DescribeRegionsRequest::dryRun, parts.surroundings()::regions))
                .on(
                        "DescribeAccountAttributes",
                        DescribeAccountAttributesRequest::builder,
                        unlessDry(DescribeAccountAttributesRequest::dryRun, parts.surroundings()::accountAttributes));
    }

    private static void addVpcs(Operations operations, Ec2Operations parts) {
        operations
                .on("CreateVpc", CreateVpcRequest::builder, unlessDry(CreateVpcRequest::dryRun, parts.vpcs()::create))
                .on("DeleteVpc", DeleteVpcRequest::builder, unlessDry(DeleteVpcRequest::dryRun, parts.vpcs()::delete))
                .on(
                        "CreateSubnet",
                        CreateSubnetRequest::builder,
                        unlessDry(CreateSubnetRequest::dryRun, parts.subnets()::create))
                .on(
                        "DeleteSubnet",
                        DeleteSubnetRequest::builder,
                        unlessDry(DeleteSubnetRequest::dryRun, parts.subnets()::delete))
                .on(
                        "CreateInternetGateway",
                        CreateInternetGatewayRequest::builder,
                        unlessDry(CreateInternetGatewayRequest::dryRun, parts.gateways()::create))
                .on(
                        "AttachInternetGateway",
                        AttachInternetGatewayRequest::builder,
                        unlessDry(AttachInternetGatewayRequest::dryRun, parts.gateways()::attach))
                .on(
                        "DetachInternetGateway",
                        DetachInternetGatewayRequest::builder,
                        unlessDry(DetachInternetGatewayRequest::dryRun, parts.gateways()::detach))
                .on(
                        "DeleteInternetGateway",
                        DeleteInternetGatewayRequest::builder,
                        unlessDry(DeleteInternetGatewayRequest::dryRun, parts.gateways()::delete))
                .on("ModifyVpcAttribute", ModifyVpcAttributeRequest::builder, parts.vpcs()::modifyAttribute)
                .on("ModifySubnetAttribute", ModifySubnetAttributeRequest::builder, parts.subnets()::modifyAttribute);
    }

    private static void addRoutes(Operations operations, Ec2Operations parts) {
        operations
                .on(
                        "CreateRouteTable",
                        CreateRouteTableRequest::builder,
                        unlessDry(CreateRouteTableRequest::dryRun, parts.routeTables()::create))
                .on(
                        "DeleteRouteTable",
                        DeleteRouteTableRequest::builder,
                        unlessDry(DeleteRouteTableRequest::dryRun, parts.routeTables()::delete))
                .on(
                        "AssociateRouteTable",
                        AssociateRouteTableRequest::builder,
                        unlessDry(AssociateRouteTableRequest::dryRun, parts.routeTables()::associate))
                .on(
                        "DisassociateRouteTable",
                        DisassociateRouteTableRequest::builder,
                        unlessDry(DisassociateRouteTableRequest::dryRun, parts.routeTables()::disassociate))
                .on(
                        "ReplaceRouteTableAssociation",
                        ReplaceRouteTableAssociationRequest::builder,
                        unlessDry(ReplaceRouteTableAssociationRequest::dryRun, parts.routeTables()::replace))
                .on(
                        "CreateRoute",
                        CreateRouteRequest::builder,
                        unlessDry(CreateRouteRequest::dryRun, parts.routes()::create))
                .on(
                        "ReplaceRoute",
                        ReplaceRouteRequest::builder,
                        unlessDry(ReplaceRouteRequest::dryRun, parts.routes()::replace))
                .on(
                        "DeleteRoute",
                        DeleteRouteRequest::builder,
                        unlessDry(DeleteRouteRequest::dryRun, parts.routes()::delete));
    }

    private static void addGroups(Operations operations, Ec2Operations parts) {
        operations
                .on(
                        "CreateSecurityGroup",
                        CreateSecurityGroupRequest::builder,
                        unlessDry(CreateSecurityGroupRequest::dryRun, parts.groups()::create))
                .on(
                        "DeleteSecurityGroup",
                        DeleteSecurityGroupRequest::builder,
                        unlessDry(DeleteSecurityGroupRequest::dryRun, parts.groups()::delete))
                .on(
                        "DescribeSecurityGroups",
                        DescribeSecurityGroupsRequest::builder,
                        unlessDry(DescribeSecurityGroupsRequest::dryRun, parts.groups()::describe));
    }

    private static void addRules(Operations operations, Ec2Operations parts) {
        operations
                .on(
                        "DescribeSecurityGroupRules",
                        DescribeSecurityGroupRulesRequest::builder,
                        unlessDry(DescribeSecurityGroupRulesRequest::dryRun, parts.rules()::describe))
                .on(
                        "AuthorizeSecurityGroupIngress",
                        AuthorizeSecurityGroupIngressRequest::builder,
                        unlessDry(AuthorizeSecurityGroupIngressRequest::dryRun, parts.rules()::authorizeIngress))
                .on(
                        "AuthorizeSecurityGroupEgress",
                        AuthorizeSecurityGroupEgressRequest::builder,
                        unlessDry(AuthorizeSecurityGroupEgressRequest::dryRun, parts.rules()::authorizeEgress))
                .on(
                        "RevokeSecurityGroupIngress",
                        RevokeSecurityGroupIngressRequest::builder,
                        unlessDry(RevokeSecurityGroupIngressRequest::dryRun, parts.rules()::revokeIngress))
                .on(
                        "RevokeSecurityGroupEgress",
                        RevokeSecurityGroupEgressRequest::builder,
                        unlessDry(RevokeSecurityGroupEgressRequest::dryRun, parts.rules()::revokeEgress))
                .on(
                        "ModifySecurityGroupRules",
                        ModifySecurityGroupRulesRequest::builder,
                        unlessDry(ModifySecurityGroupRulesRequest::dryRun, parts.ruleChanges()::modify))
                .on(
                        "UpdateSecurityGroupRuleDescriptionsIngress",
                        UpdateSecurityGroupRuleDescriptionsIngressRequest::builder,
                        unlessDry(
                                UpdateSecurityGroupRuleDescriptionsIngressRequest::dryRun,
                                parts.ruleChanges()::describeIngress))
                .on(
                        "UpdateSecurityGroupRuleDescriptionsEgress",
                        UpdateSecurityGroupRuleDescriptionsEgressRequest::builder,
                        unlessDry(
                                UpdateSecurityGroupRuleDescriptionsEgressRequest::dryRun,
                                parts.ruleChanges()::describeEgress));
    }

    private static void addTagging(Operations operations, Tagging tagging) {
        operations
                .on("CreateTags", CreateTagsRequest::builder, unlessDry(CreateTagsRequest::dryRun, tagging::create))
                .on("DeleteTags", DeleteTagsRequest::builder, unlessDry(DeleteTagsRequest::dryRun, tagging::delete))
                .on(
                        "DescribeTags",
                        DescribeTagsRequest::builder,
                        unlessDry(DescribeTagsRequest::dryRun, tagging::describe));
    }

    /// A request may only ask whether it would succeed: it is answered, and what that changed is undone.
    private static <I, O> BiFunction<Call, I, O> unlessDry(
            Function<I, @Nullable Boolean> isDry, BiFunction<Call, I, O> answer) {
        return (call, request) -> {
            var response = answer.apply(call, request);
            if (Boolean.TRUE.equals(isDry.apply(request))) {
                throw Errors.dryRun();
            }
            return response;
        };
    }
}

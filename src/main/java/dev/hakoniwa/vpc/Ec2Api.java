package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Service;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;

/// The table of EC2's operations.
public final class Ec2Api {
    public static final Service SERVICE =
            Service.ec2Query("ec2", "2016-11-15", "http://ec2.amazonaws.com/doc/2016-11-15/");

    private Ec2Api() {}

    public static Operations operations(Ec2 ec2) {
        var describing = ec2.describing();
        return Operations.of(SERVICE)
                .on("DescribeVpcs", DescribeVpcsRequest::builder, describing::vpcs)
                .on("DescribeSubnets", DescribeSubnetsRequest::builder, describing::subnets)
                .on("DescribeNetworkInterfaces", DescribeNetworkInterfacesRequest::builder, describing::interfaces)
                .on("DescribeInstances", DescribeInstancesRequest::builder, describing::instances)
                .on("DescribeRouteTables", DescribeRouteTablesRequest::builder, describing::routeTables)
                .on("DescribeInternetGateways", DescribeInternetGatewaysRequest::builder, describing::internetGateways)
                .on("DescribeNetworkAcls", DescribeNetworkAclsRequest::builder, describing::networkAcls);
    }
}

package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.AwsError;

/// EC2's errors, in its words.
final class Errors {
    private Errors() {}

    static AwsError vpcNotFound(String vpcId) {
        return AwsError.client("InvalidVpcID.NotFound", "The vpc ID '%s' does not exist".formatted(vpcId));
    }

    static AwsError subnetNotFound(String subnetId) {
        return AwsError.client("InvalidSubnetID.NotFound", "The subnet ID '%s' does not exist".formatted(subnetId));
    }

    static AwsError groupNotFound(String groupId) {
        return AwsError.client("InvalidGroup.NotFound", "The security group '%s' does not exist".formatted(groupId));
    }

    static AwsError groupOfAnotherVpc(String groupId, String subnetId) {
        return AwsError.client(
                "InvalidParameterValue",
                "Security group %s and subnet %s belong to different networks.".formatted(groupId, subnetId));
    }

    static AwsError tooManyGroups() {
        return AwsError.client(
                "SecurityGroupsPerInterfaceLimitExceeded",
                "The maximum number of security groups per interface has been reached.");
    }

    static AwsError noFreeAddress(String subnetId) {
        return AwsError.client(
                "InsufficientFreeAddressesInSubnet",
                "The specified subnet does not have enough free addresses to satisfy the request. (%s)"
                        .formatted(subnetId));
    }

    static AwsError interfaceNotFound(String interfaceId) {
        return AwsError.client(
                "InvalidNetworkInterfaceID.NotFound",
                "The networkInterface ID '%s' does not exist".formatted(interfaceId));
    }

    static AwsError instanceNotFound(String instanceId) {
        return AwsError.client(
                "InvalidInstanceID.NotFound", "The instance ID '%s' does not exist".formatted(instanceId));
    }

    static AwsError ruleNotFound(String ruleId) {
        return AwsError.client(
                "InvalidSecurityGroupRuleId.NotFound",
                "The security group rule ID '%s' does not exist".formatted(ruleId));
    }

    static AwsError routeTableNotFound(String tableId) {
        return AwsError.client(
                "InvalidRouteTableID.NotFound", "The routeTable ID '%s' does not exist".formatted(tableId));
    }

    static AwsError internetGatewayNotFound(String gatewayId) {
        return AwsError.client(
                "InvalidInternetGatewayID.NotFound", "The internetGateway ID '%s' does not exist".formatted(gatewayId));
    }

    static AwsError networkAclNotFound(String aclId) {
        return AwsError.client(
                "InvalidNetworkAclID.NotFound", "The networkAcl ID '%s' does not exist".formatted(aclId));
    }

    static AwsError invalidValue(String message) {
        return AwsError.client("InvalidParameterValue", message);
    }

    static AwsError invalidCombination(String message) {
        return AwsError.client("InvalidParameterCombination", message);
    }

    static AwsError invalidToken(String token) {
        return AwsError.client("InvalidNextToken", "The token '%s' is invalid".formatted(token));
    }
}

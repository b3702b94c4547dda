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
}

package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.AwsError;
import org.jspecify.annotations.Nullable;

/// EC2's errors, in its words.
final class Errors {
    private Errors() {}

    static AwsError vpcNotFound(String vpcId) {
        return absent("vpc-", vpcId, "InvalidVpcID", "The vpc ID '%s' does not exist");
    }

    static AwsError subnetNotFound(String subnetId) {
        return absent("subnet-", subnetId, "InvalidSubnetID", "The subnet ID '%s' does not exist");
    }

    static AwsError groupNotFound(String groupId) {
        if (!groupId.startsWith("sg-")) {
            return malformed("sg-", groupId, "InvalidGroupId");
        }
        return AwsError.client("InvalidGroup.NotFound", "The security group '%s' does not exist".formatted(groupId));
    }

    static AwsError groupNameNotFound(String name, String vpcId) {
        return AwsError.client(
                "InvalidGroup.NotFound",
                "The security group '%s' does not exist in default VPC '%s'".formatted(name, vpcId));
    }

    static AwsError groupOfAnotherVpc(String groupId, String subnetId) {
        return AwsError.client(
                "InvalidParameterValue",
                "Security group %s and subnet %s belong to different networks.".formatted(groupId, subnetId));
    }

    static AwsError differentNetworks() {
        return AwsError.client(
                "InvalidGroup.NotFound", "You have specified two resources that belong to different networks.");
    }

    static AwsError groupExists(String name, String vpcId) {
        return AwsError.client(
                "InvalidGroup.Duplicate", "The security group '%s' already exists for VPC '%s'".formatted(name, vpcId));
    }

    static AwsError groupIsTheDefault(String groupId) {
        return AwsError.client(
                "CannotDelete",
                "the specified group: \"%s\" name: \"default\" cannot be deleted by a user".formatted(groupId));
    }

    static AwsError groupInUse(String groupId) {
        return AwsError.client("DependencyViolation", "resource %s has a dependent object".formatted(groupId));
    }

    static AwsError tooManyGroups() {
        return AwsError.client(
                "SecurityGroupsPerInterfaceLimitExceeded",
                "The maximum number of security groups per interface has been reached.");
    }

    static AwsError ruleExists(String rule) {
        return AwsError.client(
                "InvalidPermission.Duplicate", "the specified rule \"%s\" already exists".formatted(rule));
    }

    static AwsError permissionNotFound() {
        return AwsError.client(
                "InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
    }

    static AwsError eitherPermissionsOrDescriptions() {
        return AwsError.client(
                "InvalidParameterCombination",
                "You must specify either ipPermissions or securityGroupRuleDescriptions, and not both.");
    }

    static AwsError exactlyOneSource() {
        return AwsError.client(
                "InvalidParameterCombination",
                "Exactly one of CidrIpv4, CidrIpv6, PrefixListId or ReferencedGroupId must be specified.");
    }

    static AwsError otherKindOfRule(String wanted, String kind) {
        return invalidValue("You may not specify %s for an existing %s rule.".formatted(article(wanted), kind));
    }

    private static String article(String noun) {
        return (noun.startsWith("I") ? "an " : "a ") + noun;
    }

    static AwsError tooManyRules() {
        return AwsError.client(
                "RulesPerSecurityGroupLimitExceeded",
                "The maximum number of rules per security group has been reached.");
    }

    static AwsError noDefaultVpc() {
        return AwsError.client("VPCIdNotSpecified", "No default VPC for this user");
    }

    static AwsError noFreeAddress(String subnetId) {
        return AwsError.client(
                "InsufficientFreeAddressesInSubnet",
                "The specified subnet does not have enough free addresses to satisfy the request. (%s)"
                        .formatted(subnetId));
    }

    static AwsError interfaceNotFound(String interfaceId) {
        return absent("eni-", interfaceId, "InvalidNetworkInterfaceID", "The networkInterface ID '%s' does not exist");
    }

    static AwsError instanceNotFound(String instanceId) {
        return absent("i-", instanceId, "InvalidInstanceID", "The instance ID '%s' does not exist");
    }

    static AwsError ruleNotFound(String ruleId) {
        return absent("sgr-", ruleId, "InvalidSecurityGroupRuleId", "The security group rule ID '%s' does not exist");
    }

    static AwsError routeTableNotFound(String tableId) {
        return absent("rtb-", tableId, "InvalidRouteTableID", "The routeTable ID '%s' does not exist");
    }

    static AwsError internetGatewayNotFound(String gatewayId) {
        return absent("igw-", gatewayId, "InvalidInternetGatewayID", "The internetGateway ID '%s' does not exist");
    }

    static AwsError networkAclNotFound(String aclId) {
        return absent("acl-", aclId, "InvalidNetworkAclID", "The networkAcl ID '%s' does not exist");
    }

    static AwsError dhcpOptionsNotFound(String optionsId) {
        return absent("dopt-", optionsId, "InvalidDhcpOptionID", "The dhcpOption ID '%s' does not exist");
    }

    static AwsError zoneNotFound(String zone) {
        return invalidValue("Invalid availability zone: [%s]".formatted(zone));
    }

    static AwsError regionNotFound(String region) {
        return invalidValue("The region(s) '%s' does not exist.".formatted(region));
    }

    static AwsError idNotFound(String id) {
        return AwsError.client("InvalidID", "The ID '%s' is not valid".formatted(id));
    }

    static AwsError tooManyTags(String id) {
        return AwsError.client(
                "TagLimitExceeded", "The maximum number of tags for the resource %s has been reached".formatted(id));
    }

    static AwsError missing(String parameter) {
        return AwsError.client("MissingParameter", "The request must contain the parameter %s".formatted(parameter));
    }

    /// What a request gets that only asks whether it would succeed.
    static AwsError dryRun() {
        return AwsError.of("DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set.");
    }

    /// A parameter that must be sent.
    static String present(@Nullable String value, String parameter) {
        if (value == null || value.isEmpty()) {
            throw missing(parameter);
        }
        return value;
    }

    static AwsError noSource() {
        return AwsError.client(
                "MissingParameter", "Missing source specification: include source security group or CIDR information");
    }

    static AwsError malformedCidr(String cidr) {
        return invalidValue("CIDR block %s is malformed".formatted(cidr));
    }

    static AwsError notACidr(String cidr) {
        return invalidValue(
                "Value (%s) for parameter cidrBlock is invalid. This is not a valid CIDR block.".formatted(cidr));
    }

    static AwsError notADestination(String cidr) {
        return invalidValue("Value (%s) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block."
                .formatted(cidr));
    }

    static AwsError vpcRange(String cidr) {
        return AwsError.client("InvalidVpc.Range", "The CIDR '%s' is invalid.".formatted(cidr));
    }

    static AwsError subnetRange(String cidr) {
        return AwsError.client("InvalidSubnet.Range", "The CIDR '%s' is invalid.".formatted(cidr));
    }

    static AwsError subnetConflict(String cidr) {
        return AwsError.client("InvalidSubnet.Conflict", "The CIDR '%s' conflicts with another subnet".formatted(cidr));
    }

    static AwsError noSuchZone(String zone) {
        return invalidValue(
                "Value (%s) for parameter availabilityZone is invalid. Subnets can currently only be created in the "
                                .formatted(zone)
                        + "following availability zones: those that DescribeAvailabilityZones lists.");
    }

    static AwsError ipamPoolNotFound(String poolId) {
        return AwsError.client("InvalidIpamPoolId.NotFound", "The ipam-pool ID '%s' does not exist".formatted(poolId));
    }

    /// A thing that another one needs: `The vpc 'vpc-1' has dependencies and cannot be deleted.`
    static AwsError inUse(String noun, String id) {
        return AwsError.client(
                "DependencyViolation", "The %s '%s' has dependencies and cannot be deleted.".formatted(noun, id));
    }

    static AwsError alreadyAttached(String gatewayId, String vpcId) {
        return AwsError.client(
                "Resource.AlreadyAssociated",
                "resource %s is already attached to network %s".formatted(gatewayId, vpcId));
    }

    static AwsError notAttached(String gatewayId, String vpcId) {
        return AwsError.client(
                "Gateway.NotAttached", "resource %s is not attached to network %s".formatted(gatewayId, vpcId));
    }

    static AwsError mappedAddresses(String vpcId) {
        return AwsError.client(
                "DependencyViolation",
                "Network %s has some mapped public address(es). Please unmap those before detaching the gateway."
                        .formatted(vpcId));
    }

    static AwsError alreadyAssociated(String tableId) {
        return AwsError.client(
                "Resource.AlreadyAssociated",
                "the specified association for route table %s conflicts with an existing association"
                        .formatted(tableId));
    }

    static AwsError associationNotFound(String associationId) {
        return AwsError.client(
                "InvalidAssociationID.NotFound", "The association ID '%s' does not exist".formatted(associationId));
    }

    static AwsError routeExists(String destination) {
        return AwsError.client(
                "RouteAlreadyExists", "The route identified by %s already exists.".formatted(destination));
    }

    static AwsError routeNotFound(String destination, String tableId) {
        return AwsError.client(
                "InvalidRoute.NotFound",
                "no route with destination-cidr-block %s in route table %s".formatted(destination, tableId));
    }

    static AwsError noRouteToReplace(String destination) {
        return invalidValue("There is no route defined for '%s' in the route table. Use CreateRoute instead."
                .formatted(destination));
    }

    static AwsError targetNotFound(String id, String code, String noun) {
        return AwsError.client(code + ".NotFound", "The %s ID '%s' does not exist".formatted(noun, id));
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

    private static AwsError absent(String prefix, String id, String code, String message) {
        if (!id.startsWith(prefix)) {
            return malformed(prefix, id, code);
        }
        return AwsError.client(code + ".NotFound", message.formatted(id));
    }

    private static AwsError malformed(String prefix, String id, String code) {
        return AwsError.client(code + ".Malformed", "Invalid id: \"%s\" (expecting \"%s...\")".formatted(id, prefix));
    }
}

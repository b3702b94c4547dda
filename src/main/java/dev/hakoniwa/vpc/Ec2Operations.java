package dev.hakoniwa.vpc;

/// The operations of EC2's API, by what they are about.
record Ec2Operations(
        Describing describing,
        Surroundings surroundings,
        Tagging tagging,
        SecurityGroupOperations groups,
        RuleOperations rules,
        RuleChanges ruleChanges,
        VpcOperations vpcs,
        SubnetOperations subnets,
        GatewayOperations gateways,
        RouteTableOperations routeTables,
        RouteOperations routes) {}

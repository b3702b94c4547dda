package dev.hakoniwa.elb;

import dev.hakoniwa.testing.InMemoryAws;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/// What [FakeNetworking] makes up, as what is shipped has it in its EC2: made when it is first named.
final class RealNetworking {
    private static final Pattern NAME = Pattern.compile("\\b(vpc-[12]|subnet-(a|b|c|c2|x|y)|sg-(default|web|x))\\b");

    private final Ec2Client ec2;
    private final Map<String, String> ids = new HashMap<>();

    RealNetworking(InMemoryAws aws) {
        ec2 = aws.client(Ec2Client.builder());
    }

    /// A text with the real id in the place of each made-up one.
    String in(String text) {
        return NAME.matcher(text).replaceAll(name -> id(name.group()));
    }

    private String id(String name) {
        var id = ids.get(name);
        if (id == null) {
            id = make(name);
            ids.put(name, id);
        }
        return id;
    }

    private String make(String name) {
        return switch (name) {
            case FakeNetworking.VPC ->
                ec2.describeVpcs(v -> v.filters(filter("is-default", "true")))
                        .vpcs()
                        .getFirst()
                        .vpcId();
            case FakeNetworking.OTHER_VPC ->
                ec2.createVpc(v -> v.cidrBlock("10.9.0.0/16")).vpc().vpcId();
            case "subnet-a", "subnet-b", "subnet-c" -> defaultSubnet("us-east-1" + name.substring("subnet-".length()));
            case "subnet-c2" -> subnet(FakeNetworking.VPC, "us-east-1c", "172.31.240.0/24");
            case "subnet-x" -> subnet(FakeNetworking.OTHER_VPC, "us-east-1a", "10.9.0.0/24");
            case "subnet-y" -> subnet(FakeNetworking.OTHER_VPC, "us-east-1b", "10.9.1.0/24");
            case "sg-default" -> defaultGroup(FakeNetworking.VPC);
            case "sg-x" -> defaultGroup(FakeNetworking.OTHER_VPC);
            default ->
                ec2.createSecurityGroup(g -> g.groupName("web").description("of the web"))
                        .groupId();
        };
    }

    private String defaultSubnet(String zone) {
        return ec2.describeSubnets(s -> s.filters(filter("default-for-az", "true"), filter("availability-zone", zone)))
                .subnets()
                .getFirst()
                .subnetId();
    }

    private String subnet(String vpc, String zone, String cidr) {
        return ec2.createSubnet(s -> s.vpcId(id(vpc)).availabilityZone(zone).cidrBlock(cidr))
                .subnet()
                .subnetId();
    }

    private String defaultGroup(String vpc) {
        return ec2.describeSecurityGroups(g -> g.filters(filter("vpc-id", id(vpc)), filter("group-name", "default")))
                .securityGroups()
                .getFirst()
                .groupId();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}

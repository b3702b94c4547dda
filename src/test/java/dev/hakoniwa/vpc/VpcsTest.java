package dev.hakoniwa.vpc;

import static dev.hakoniwa.vpc.InMemoryEc2.assertFails;
import static dev.hakoniwa.vpc.InMemoryEc2.filter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.InMemoryAws;
import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.DhcpOptions;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

@WireTest
final class VpcsTest {
    private final InMemoryEc2 aws = new InMemoryEc2();

    @Test
    void aVpcIsBornWithAGroupATableAndAnAcl() {
        var vpc = aws.client
                .createVpc(r -> r.cidrBlock("10.20.0.1/16")
                        .tagSpecifications(t -> t.resourceType(ResourceType.VPC)
                                .tags(Tag.builder().key("Name").value("main").build())))
                .vpc();

        var ofVpc = filter("vpc-id", vpc.vpcId());
        assertThat(vpc.cidrBlock()).isEqualTo("10.20.0.0/16");
        assertThat(vpc.isDefault()).isFalse();
        assertThat(vpc.tags()).extracting(Tag::value).containsExactly("main");
        assertThat(aws.client.describeSecurityGroups(r -> r.filters(ofVpc)).securityGroups())
                .hasSize(1);
        assertThat(aws.client
                        .describeRouteTables(r -> r.filters(ofVpc, filter("association.main", "true")))
                        .routeTables())
                .hasSize(1);
        assertThat(aws.client
                        .describeNetworkAcls(r -> r.filters(ofVpc, filter("default", "true")))
                        .networkAcls())
                .hasSize(1);
        assertThat(aws.client
                        .describeDhcpOptions(r -> r.dhcpOptionsIds(vpc.dhcpOptionsId()))
                        .dhcpOptions())
                .extracting(DhcpOptions::ownerId)
                .containsExactly(aws.in("000000000000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/15", "10.0.0.0/29"})
    void aVpcIsNeitherTooLargeNorTooSmall(String cidr) {
        assertFails(
                () -> aws.client.createVpc(r -> r.cidrBlock(cidr)),
                "InvalidVpc.Range",
                "The CIDR '%s' is invalid.".formatted(cidr));
    }

    @Test
    void attributesAreSwitchedOneByOne() {
        var vpcId = vpc();
        var on = AttributeBooleanValue.builder().value(true).build();

        aws.client.modifyVpcAttribute(r -> r.vpcId(vpcId).enableDnsHostnames(on));

        assertThat(aws.client
                        .describeVpcAttribute(r -> r.vpcId(vpcId).attribute(VpcAttributeName.ENABLE_DNS_HOSTNAMES))
                        .enableDnsHostnames()
                        .value())
                .isTrue();
        assertThat(aws.client
                        .describeVpcAttribute(
                                r -> r.vpcId(vpcId).attribute(VpcAttributeName.ENABLE_NETWORK_ADDRESS_USAGE_METRICS))
                        .enableNetworkAddressUsageMetrics()
                        .value())
                .isFalse();
        assertFails(
                () -> aws.client.modifyVpcAttribute(
                        r -> r.vpcId(vpcId).enableDnsHostnames(on).enableDnsSupport(on)),
                "InvalidParameterCombination",
                "Fields for multiple attribute types specified");
    }

    @Test
    void aVpcGoesOnceItIsEmpty() {
        var vpcId = vpc();
        var subnetId = subnet(vpcId, "10.20.0.0/24").subnetId();

        assertFails(
                () -> aws.client.deleteVpc(r -> r.vpcId(vpcId)),
                "DependencyViolation",
                "The vpc '%s' has dependencies and cannot be deleted.".formatted(vpcId));
        aws.client.deleteSubnet(r -> r.subnetId(subnetId));
        aws.client.deleteVpc(r -> r.vpcId(vpcId));

        assertFails(
                () -> aws.client.describeVpcs(r -> r.vpcIds(vpcId)),
                "InvalidVpcID.NotFound",
                "The vpc ID '%s' does not exist".formatted(vpcId));
        assertThat(aws.client
                        .describeRouteTables(r -> r.filters(filter("vpc-id", vpcId)))
                        .routeTables())
                .isEmpty();
    }

    @Test
    @InJvm("networks of a made-up engine")
    void theNetworkOfAVpcGoesWithIt() {
        var vpcId = vpc();
        var name = aws.ec2().ensureNetwork(InMemoryAws.SCOPE, vpcId).name();

        aws.client.deleteVpc(r -> r.vpcId(vpcId));

        assertThat(aws.networks().list(Map.of())).doesNotContain(name);
    }

    @Test
    void theDefaultVpcCanGoAndStaysAway() {
        var vpcId = aws.defaultVpc();
        var gateway = aws.client.describeInternetGateways().internetGateways().getFirst();
        aws.client.detachInternetGateway(
                r -> r.internetGatewayId(gateway.internetGatewayId()).vpcId(vpcId));
        aws.client.describeSubnets().subnets().forEach(s -> aws.client.deleteSubnet(r -> r.subnetId(s.subnetId())));

        aws.client.deleteVpc(r -> r.vpcId(vpcId));

        assertThat(aws.client.describeVpcs().vpcs()).isEmpty();
        assertFails(() -> aws.group("web"), "VPCIdNotSpecified", "No default VPC for this user");
    }

    @Test
    void aSubnetTakesAPartOfItsVpc() {
        var made = subnet(vpc(), "10.20.7.0/24");

        assertThat(made.availableIpAddressCount()).isEqualTo(251);
        assertThat(made.availabilityZone()).isEqualTo("us-east-1b");
        assertThat(made.mapPublicIpOnLaunch()).isFalse();
        assertThat(made.defaultForAz()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.21.0.0/24, InvalidSubnet.Range, The CIDR '10.21.0.0/24' is invalid.",
        "10.20.0.0/29, InvalidSubnet.Range, The CIDR '10.20.0.0/29' is invalid.",
        "10.20.1.128/25, InvalidSubnet.Conflict, The CIDR '10.20.1.128/25' conflicts with another subnet",
        "x, InvalidParameterValue, Value (x) for parameter cidrBlock is invalid. This is not a valid CIDR block.",
    })
    void aSubnetMustFit(String cidr, String code, String message) {
        var vpcId = vpc();
        subnet(vpcId, "10.20.1.0/24");

        assertFails(() -> subnet(vpcId, cidr), code, message);
    }

    @Test
    void aSubnetKeepsWhatIsSwitched() {
        var subnetId = subnet(vpc(), "10.20.1.0/24").subnetId();

        aws.client.modifySubnetAttribute(r -> r.subnetId(subnetId).mapPublicIpOnLaunch(value -> value.value(true)));

        assertThat(aws.client
                        .describeSubnets(r ->
                                r.filters(filter("map-public-ip-on-launch", "true"), filter("subnet-id", subnetId)))
                        .subnets())
                .hasSize(1);
    }

    @Test
    @InJvm("network interfaces as tasks have them")
    void aSubnetWithAnInterfaceStays() {
        var subnetId = subnet(vpc(), "10.20.1.0/24").subnetId();
        var made = aws.createInterface(subnetId, List.of());

        assertFails(
                () -> aws.client.deleteSubnet(r -> r.subnetId(subnetId)),
                "DependencyViolation",
                "The subnet '%s' has dependencies and cannot be deleted.".formatted(subnetId));
        aws.deleteInterface(made);
        aws.client.deleteSubnet(r -> r.subnetId(subnetId));

        assertThat(aws.client.describeSubnets().subnets())
                .extracting(Subnet::subnetId)
                .doesNotContain(subnetId);
    }

    private String vpc() {
        return aws.client.createVpc(r -> r.cidrBlock("10.20.0.0/16")).vpc().vpcId();
    }

    private Subnet subnet(String vpcId, String cidr) {
        return aws.client
                .createSubnet(r -> r.vpcId(vpcId).cidrBlock(cidr).availabilityZone("us-east-1b"))
                .subnet();
    }
}

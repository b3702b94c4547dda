package dev.hakoniwa.vpc;

import static dev.hakoniwa.vpc.InMemoryEc2.assertFails;
import static dev.hakoniwa.vpc.InMemoryEc2.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.testing.WireTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.Region;

@WireTest
final class SurroundingsTest {
    private final InMemoryEc2 aws = new InMemoryEc2();

    @Test
    void aRegionHasThreeZones() {
        var zones = aws.client.describeAvailabilityZones(
                r -> r.filters(filter("state", "available"), filter("opt-in-status", "opt-in-not-required")));

        assertThat(zones.availabilityZones())
                .extracting(AvailabilityZone::zoneName, AvailabilityZone::zoneId)
                .containsExactly(
                        tuple("us-east-1a", "use1-az1"),
                        tuple("us-east-1b", "use1-az2"),
                        tuple("us-east-1c", "use1-az3"));
        assertFails(
                () -> aws.client.describeAvailabilityZones(r -> r.zoneNames("us-east-1z")),
                "InvalidParameterValue",
                "Invalid availability zone: [us-east-1z]");
    }

    @Test
    void zonesAreFoundByTheirIdsToo() {
        var zones = aws.client.describeAvailabilityZones(r -> r.zoneIds("use1-az2"));

        assertThat(zones.availabilityZones())
                .extracting(AvailabilityZone::zoneName)
                .containsExactly("us-east-1b");
    }

    @Test
    void regionsAreThoseOfAws() {
        var regions = aws.client.describeRegions(r -> r.regionNames("eu-west-1", "us-east-1"));

        assertThat(regions.regions())
                .extracting(Region::regionName, Region::endpoint)
                .containsExactly(
                        tuple("eu-west-1", "ec2.eu-west-1.amazonaws.com"),
                        tuple("us-east-1", "ec2.us-east-1.amazonaws.com"));
    }

    @Test
    void theAccountTellsItsDefaultVpc() {
        var attributes = aws.client.describeAccountAttributes(r -> r.attributeNamesWithStrings("default-vpc"));

        assertThat(attributes.accountAttributes())
                .singleElement()
                .satisfies(attribute -> assertThat(
                                attribute.attributeValues().getFirst().attributeValue())
                        .isEqualTo(aws.defaultVpc()));
    }
}

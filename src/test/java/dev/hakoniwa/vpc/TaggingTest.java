package dev.hakoniwa.vpc;

import static dev.hakoniwa.vpc.InMemoryEc2.assertFails;
import static dev.hakoniwa.vpc.InMemoryEc2.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.hakoniwa.testing.WireTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.Vpc;

@WireTest
final class TaggingTest {
    private final InMemoryEc2 aws = new InMemoryEc2();
    private final String vpcId = aws.defaultVpc();

    @Test
    void tagsAreAddedReplacedAndFound() {
        aws.client.createTags(r -> r.resources(vpcId).tags(tag("Name", "old"), tag("Team", "web")));
        aws.client.createTags(r -> r.resources(vpcId).tags(tag("Name", "new")));

        var found = aws.client.describeVpcs(r -> r.filters(filter("tag:Name", "new")));
        var tags = aws.client.describeTags(r -> r.filters(filter("resource-type", "vpc"), filter("key", "N*")));

        assertThat(found.vpcs())
                .singleElement()
                .extracting(Vpc::tags)
                .asInstanceOf(LIST)
                .containsExactly(tag("Name", "new"), tag("Team", "web"));
        assertThat(tags.tags())
                .extracting(TagDescription::resourceId, TagDescription::key, TagDescription::value)
                .containsExactly(tuple(vpcId, "Name", "new"));
    }

    @Test
    void aTagGoesWithItsValueOrWhateverItIs() {
        aws.client.createTags(r -> r.resources(vpcId).tags(tag("a", "1"), tag("b", "2"), tag("c", "3")));

        aws.client.deleteTags(r -> r.resources(vpcId)
                .tags(tag("a", "other"), Tag.builder().key("b").build()));

        assertThat(aws.client
                        .describeTags(r -> r.filters(filter("resource-id", vpcId)))
                        .tags())
                .extracting(TagDescription::key)
                .containsExactly("a", "c");
    }

    @Test
    void onlyWhatIsThereGetsTagsThatAreAllowed() {
        assertFails(
                () -> aws.client.createTags(r -> r.resources("vpc-1").tags(tag("a", "b"))),
                "InvalidVpcID.NotFound",
                "The vpc ID 'vpc-1' does not exist");
        assertFails(
                () -> aws.client.createTags(r -> r.resources("nonsense").tags(tag("a", "b"))),
                "InvalidID",
                "The ID 'nonsense' is not valid");
        assertFails(
                () -> aws.client.createTags(r -> r.resources(vpcId).tags(tag("aws:a", "b"))),
                "InvalidParameterValue",
                "Tag keys starting with 'aws:' are reserved for internal use");
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}

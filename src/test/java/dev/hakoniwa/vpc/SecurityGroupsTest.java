package dev.hakoniwa.vpc;

import static dev.hakoniwa.vpc.InMemoryEc2.assertFails;
import static dev.hakoniwa.vpc.InMemoryEc2.filter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

@WireTest
final class SecurityGroupsTest {
    private final InMemoryEc2 aws = new InMemoryEc2();

    @Test
    void theDefaultGroupLetsItsMembersInAndEverythingOut() {
        var group = aws.client
                .describeSecurityGroups(r -> r.groupNames("default"))
                .securityGroups()
                .getFirst();

        assertThat(group.description()).isEqualTo("default VPC security group");
        assertThat(group.ipPermissions())
                .containsExactly(IpPermission.builder()
                        .ipProtocol("-1")
                        .ipRanges(List.of())
                        .ipv6Ranges(List.of())
                        .prefixListIds(List.of())
                        .userIdGroupPairs(UserIdGroupPair.builder()
                                .groupId(group.groupId())
                                .userId(aws.in("000000000000"))
                                .build())
                        .build());
        assertThat(group.ipPermissionsEgress())
                .flatExtracting(IpPermission::ipRanges)
                .extracting(IpRange::cidrIp)
                .containsExactly("0.0.0.0/0");
    }

    @Test
    void aNewGroupLetsNothingInAndEverythingOut() {
        var made = aws.client.createSecurityGroup(r -> r.groupName("web ")
                .description("a group")
                .tagSpecifications(t -> t.resourceType(ResourceType.SECURITY_GROUP)
                        .tags(Tag.builder().key("Name").value("web").build())));

        var group = describe(made.groupId());
        assertThat(made.groupId()).matches("sg-[0-9a-f]{17}");
        assertThat(made.securityGroupArn())
                .isEqualTo(aws.in("arn:aws:ec2:us-east-1:000000000000:security-group/") + made.groupId());
        assertThat(group.groupName()).isEqualTo("web");
        assertThat(group.vpcId()).isEqualTo(aws.defaultVpc());
        assertThat(group.ipPermissions()).isEmpty();
        assertThat(group.ipPermissionsEgress())
                .singleElement()
                .satisfies(all -> assertThat(all.fromPort()).isNull());
        assertThat(group.tags())
                .containsExactly(Tag.builder().key("Name").value("web").build());
    }

    @Test
    void namesAreUniqueInAVpcWhateverTheirCase() {
        aws.group("web");

        assertFails(
                () -> aws.group("WEB"),
                "InvalidGroup.Duplicate",
                "The security group 'WEB' already exists for VPC '%s'".formatted(aws.defaultVpc()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sg-web|Value (sg-web) for parameter GroupName is invalid. Group names may not be in the format sg-*",
                "Default|Cannot use reserved security group name: Default",
                "wéb|Value (wéb) for parameter GroupName is invalid. Invalid security group name. Valid names are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
            })
    void someNamesAreRefused(String name, String message) {
        assertFails(() -> aws.group(name), "InvalidParameterValue", message);
    }

    @Test
    void aGroupNeedsADescriptionAndAVpcThatIsThere() {
        assertFails(
                () -> aws.client.createSecurityGroup(r -> r.groupName("web")),
                "MissingParameter",
                "The request must contain the parameter GroupDescription");
        assertFails(
                () -> aws.client.createSecurityGroup(
                        r -> r.groupName("web").description("d").vpcId("vpc-1")),
                "InvalidVpcID.NotFound",
                "The vpc ID 'vpc-1' does not exist");
    }

    @Test
    void aDryRunChangesNothing() {
        assertFails(
                () -> aws.client.createSecurityGroup(
                        r -> r.groupName("web").description("d").dryRun(true)),
                "DryRunOperation",
                "Request would have succeeded, but DryRun flag is set.");

        assertThat(aws.client
                        .describeSecurityGroups(r -> r.filters(filter("group-name", "web")))
                        .securityGroups())
                .isEmpty();
    }

    @Test
    @InJvm("network interfaces as tasks have them")
    void aGroupGoesOnceNothingUsesIt() {
        var groupId = aws.group("web");
        var subnetId = aws.client.describeSubnets().subnets().getFirst().subnetId();
        var made = aws.createInterface(subnetId, List.of(groupId));

        assertFails(
                () -> aws.client.deleteSecurityGroup(r -> r.groupId(groupId)),
                "DependencyViolation",
                "resource %s has a dependent object".formatted(groupId));
        aws.deleteInterface(made);
        aws.client.deleteSecurityGroup(r -> r.groupId(groupId));

        assertFails(
                () -> describe(groupId),
                "InvalidGroup.NotFound",
                "The security group '%s' does not exist".formatted(groupId));
        assertThat(aws.client
                        .describeSecurityGroupRules(r -> r.filters(filter("group-id", groupId)))
                        .securityGroupRules())
                .isEmpty();
    }

    @Test
    void aGroupThatARuleOfAnotherNamesStays() {
        var groupId = aws.group("clients");
        var other = aws.group("servers");
        aws.client.authorizeSecurityGroupIngress(r ->
                r.groupId(other).ipPermissions(p -> p.ipProtocol("-1").userIdGroupPairs(g -> g.groupId(groupId))));

        assertFails(
                () -> aws.client.deleteSecurityGroup(r -> r.groupId(groupId)),
                "DependencyViolation",
                "resource %s has a dependent object".formatted(groupId));
    }

    @Test
    void theDefaultGroupStays() {
        var groupId = aws.client
                .describeSecurityGroups(r -> r.groupNames("default"))
                .securityGroups()
                .getFirst()
                .groupId();

        assertFails(
                () -> aws.client.deleteSecurityGroup(r -> r.groupId(groupId)),
                "CannotDelete",
                "the specified group: \"%s\" name: \"default\" cannot be deleted by a user".formatted(groupId));
    }

    @Test
    void aNameOfTheDefaultVpcIsAsGoodAsAnId() {
        aws.group("web");

        aws.client.deleteSecurityGroup(r -> r.groupName("web"));

        assertFails(
                () -> aws.client.describeSecurityGroups(r -> r.groupNames("web")),
                "InvalidGroup.NotFound",
                "The security group 'web' does not exist in default VPC '%s'".formatted(aws.defaultVpc()));
    }

    @Test
    void groupsArePagedAndFilteredByTheirRules() {
        for (var i = 0; i < 7; i++) {
            aws.group("web-" + i);
        }
        aws.client.authorizeSecurityGroupIngress(r -> r.groupName("web-3")
                .ipPermissions(p ->
                        p.ipProtocol("tcp").fromPort(80).toPort(80).ipRanges(range -> range.cidrIp("10.0.0.0/8"))));

        var pages = aws.client.describeSecurityGroupsPaginator(r -> r.maxResults(5));
        var found = aws.client.describeSecurityGroups(
                r -> r.filters(filter("ip-permission.cidr", "10.*"), filter("ip-permission.from-port", "80")));

        assertThat(pages.stream().map(page -> page.securityGroups().size())).containsExactly(5, 3);
        assertThat(pages.securityGroups()).extracting(SecurityGroup::groupId).doesNotHaveDuplicates();
        assertThat(found.securityGroups()).extracting(SecurityGroup::groupName).containsExactly("web-3");
    }

    private SecurityGroup describe(String groupId) {
        return aws.client
                .describeSecurityGroups(r -> r.groupIds(groupId))
                .securityGroups()
                .getFirst();
    }
}

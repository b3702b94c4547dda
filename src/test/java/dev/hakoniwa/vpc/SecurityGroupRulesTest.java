package dev.hakoniwa.vpc;

import static dev.hakoniwa.vpc.InMemoryEc2.assertFails;
import static dev.hakoniwa.vpc.InMemoryEc2.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.RevokedSecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

@WireTest
final class SecurityGroupRulesTest {
    private final InMemoryEc2 aws = new InMemoryEc2();
    private final String groupId = aws.group("web");

    @Test
    void everySourceOfAPermissionIsARule() {
        var added = authorize(tcp(80, 80)
                .ipRanges(range -> range.cidrIp("10.1.2.3/8").description("ours"), range -> range.cidrIp("0.0.0.0/0"))
                .ipv6Ranges(range -> range.cidrIpv6("::/0"))
                .build());

        assertThat(added)
                .extracting(SecurityGroupRule::cidrIpv4, SecurityGroupRule::cidrIpv6, SecurityGroupRule::description)
                .containsExactly(
                        tuple("10.0.0.0/8", null, "ours"), tuple("0.0.0.0/0", null, null), tuple(null, "::/0", null));
        assertThat(added).allSatisfy(rule -> {
            assertThat(rule.securityGroupRuleId()).matches("sgr-[0-9a-f]{17}");
            assertThat(rule.groupOwnerId()).isEqualTo(aws.in("000000000000"));
            assertThat(rule.isEgress()).isFalse();
        });
        assertThat(group().ipPermissions()).singleElement().satisfies(permission -> {
            assertThat(permission.fromPort()).isEqualTo(80);
            assertThat(permission.ipRanges())
                    .extracting(IpRange::cidrIp)
                    .containsExactlyInAnyOrder("10.0.0.0/8", "0.0.0.0/0");
        });
    }

    @Test
    void aRuleIsThereOnce() {
        authorize(tcp(80, 80).ipRanges(range -> range.cidrIp("0.0.0.0/0")).build());

        assertFails(
                () -> authorize(tcp(80, 80)
                        .ipRanges(range -> range.cidrIp("0.0.0.0/0").description("another"))
                        .build()),
                "InvalidPermission.Duplicate",
                "the specified rule \"peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW\" already exists");
    }

    @Test
    void rulesAreRevokedByWhatTheySay() {
        authorize(tcp(80, 80)
                .ipRanges(range -> range.cidrIp("0.0.0.0/0").description("all"))
                .build());
        var same = tcp(80, 80).ipRanges(range -> range.cidrIp("0.0.0.0/0")).build();

        var revoked =
                aws.client.revokeSecurityGroupIngress(r -> r.groupId(groupId).ipPermissions(same));

        assertThat(revoked.revokedSecurityGroupRules())
                .extracting(RevokedSecurityGroupRule::cidrIpv4)
                .containsExactly("0.0.0.0/0");
        assertThat(group().ipPermissions()).isEmpty();
        assertFails(
                () -> aws.client.revokeSecurityGroupIngress(
                        r -> r.groupId(groupId).ipPermissions(same)),
                "InvalidPermission.NotFound",
                "The specified rule does not exist in this security group.");
    }

    @Test
    void theFirstEgressRuleIsRevokedByItsId() {
        var rule = aws.client
                .describeSecurityGroupRules(r -> r.filters(filter("group-id", groupId)))
                .securityGroupRules()
                .getFirst();

        aws.client.revokeSecurityGroupEgress(r -> r.groupId(groupId).securityGroupRuleIds(rule.securityGroupRuleId()));

        assertThat(rule.isEgress()).isTrue();
        assertThat(group().ipPermissionsEgress()).isEmpty();
        assertFails(
                () -> aws.client.describeSecurityGroupRules(r -> r.securityGroupRuleIds(rule.securityGroupRuleId())),
                "InvalidSecurityGroupRuleId.NotFound",
                "The security group rule ID '%s' does not exist".formatted(rule.securityGroupRuleId()));
    }

    @Test
    void anEgressRuleIsOneOfItsOwn() {
        aws.client.authorizeSecurityGroupEgress(r -> r.groupId(groupId)
                .ipPermissions(tcp(443, 443)
                        .ipRanges(range -> range.cidrIp("10.0.0.0/8"))
                        .build()));

        assertThat(group().ipPermissions()).isEmpty();
        assertThat(group().ipPermissionsEgress())
                .extracting(IpPermission::ipProtocol)
                .containsExactlyInAnyOrder("-1", "tcp");
    }

    @Test
    void anotherGroupIsNamedByItsIdOrItsName() {
        var other = aws.group("clients");

        var added = authorize(
                tcp(80, 80).userIdGroupPairs(pair -> pair.groupName("clients")).build());

        assertThat(added)
                .extracting(rule -> rule.referencedGroupInfo().groupId())
                .containsExactly(other);
        assertFails(
                () -> authorize(tcp(81, 81)
                        .userIdGroupPairs(pair -> pair.groupId("sg-1"))
                        .build()),
                "InvalidGroup.NotFound",
                "The security group 'sg-1' does not exist");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp|90|80|0.0.0.0/0|Invalid TCP/UDP port range (90:80)",
                "tcp|80|65536|0.0.0.0/0|Invalid TCP/UDP port range (80:65536)",
                "tcp|||0.0.0.0/0|Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
                "ftp|80|80|0.0.0.0/0|Invalid value 'ftp' for IP protocol. Unknown protocol.",
                "tcp|80|80|everywhere|CIDR block everywhere is malformed",
            })
    void nonsenseIsRefused(String protocol, Integer from, Integer to, String cidr, String message) {
        var permission = IpPermission.builder()
                .ipProtocol(protocol)
                .fromPort(from)
                .toPort(to)
                .ipRanges(range -> range.cidrIp(cidr))
                .build();

        assertFails(() -> authorize(permission), "InvalidParameterValue", message);
    }

    @Test
    void aPermissionNeedsASource() {
        assertFails(
                () -> authorize(tcp(80, 80).build()),
                "MissingParameter",
                "Missing source specification: include source security group or CIDR information");
    }

    @Test
    void nothingOfARequestStandsWhenPartOfItFails() {
        assertFails(
                () -> aws.client.authorizeSecurityGroupIngress(r -> r.groupId(groupId)
                        .ipPermissions(
                                tcp(80, 80)
                                        .ipRanges(range -> range.cidrIp("0.0.0.0/0"))
                                        .build(),
                                tcp(90, 90).ipRanges(range -> range.cidrIp("x")).build())),
                "InvalidParameterValue",
                "CIDR block x is malformed");

        assertThat(group().ipPermissions()).isEmpty();
    }

    @Test
    void sixtyRulesADirectionAreEnough() {
        var many = IntStream.rangeClosed(1, 60)
                .mapToObj(port -> tcp(port, port)
                        .ipRanges(range -> range.cidrIp("0.0.0.0/0"))
                        .build())
                .toList();
        aws.client.authorizeSecurityGroupIngress(r -> r.groupId(groupId).ipPermissions(many));

        assertFails(
                () -> authorize(
                        tcp(61, 61).ipRanges(range -> range.cidrIp("0.0.0.0/0")).build()),
                "RulesPerSecurityGroupLimitExceeded",
                "The maximum number of rules per security group has been reached.");
    }

    @Test
    void protocolsByNumberAreThoseByName() {
        var added = authorize(tcp(80, 80)
                .ipProtocol("17")
                .ipRanges(range -> range.cidrIp("0.0.0.0/0"))
                .build());

        assertThat(added).extracting(SecurityGroupRule::ipProtocol).containsExactly("udp");
    }

    @Test
    void membersOfTheRequestItselfArePermissionToo() {
        aws.client.authorizeSecurityGroupIngress(r ->
                r.groupId(groupId).ipProtocol("tcp").fromPort(22).toPort(22).cidrIp("0.0.0.0/0"));

        assertThat(group().ipPermissions()).extracting(IpPermission::fromPort).containsExactly(22);
    }

    private static IpPermission.Builder tcp(int from, int to) {
        return IpPermission.builder().ipProtocol("tcp").fromPort(from).toPort(to);
    }

    private List<SecurityGroupRule> authorize(IpPermission permission) {
        return aws.client
                .authorizeSecurityGroupIngress(r -> r.groupId(groupId).ipPermissions(permission))
                .securityGroupRules();
    }

    private SecurityGroup group() {
        return aws.client
                .describeSecurityGroups(r -> r.groupIds(groupId))
                .securityGroups()
                .getFirst();
    }
}

package dev.hakoniwa.vpc;

import static dev.hakoniwa.vpc.InMemoryEc2.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.WireTest;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleRequest;

@WireTest
final class RuleChangesTest {
    private final InMemoryEc2 aws = new InMemoryEc2();
    private final String groupId = aws.group("web");

    @Test
    void aRuleIsChangedInItsPlace() {
        var rule = authorize(80, "10.0.0.0/8");
        aws.client.createTags(t -> t.resources(rule.securityGroupRuleId())
                .tags(tag -> tag.key("Name").value("office")));

        modify(
                rule,
                r -> r.ipProtocol("udp")
                        .fromPort(53)
                        .toPort(54)
                        .cidrIpv4("10.1.2.3/16")
                        .description("names"));

        var changed = now(rule);
        assertThat(changed.ipProtocol()).isEqualTo("udp");
        assertThat(changed.fromPort()).isEqualTo(53);
        assertThat(changed.toPort()).isEqualTo(54);
        assertThat(changed.cidrIpv4()).isEqualTo("10.1.0.0/16");
        assertThat(changed.description()).isEqualTo("names");
        assertThat(changed.securityGroupRuleArn()).isEqualTo(rule.securityGroupRuleArn());
        assertThat(changed.groupOwnerId()).isEqualTo(aws.in("000000000000"));
        assertThat(changed.tags()).extracting(tag -> tag.value()).containsExactly("office");
    }

    @Test
    void aDescriptionThatIsNotSentIsGone() {
        var rule = authorize(80, "10.0.0.0/8");
        modify(rule, r -> tcp(r, 80).cidrIpv4("10.0.0.0/8").description("office"));

        modify(rule, r -> tcp(r, 80).cidrIpv4("10.0.0.0/8"));

        assertThat(now(rule).description()).isNull();
    }

    @Test
    void aRuleOfAGroupGetsAnotherGroup() {
        var other = aws.group("clients");
        var rule = aws.client
                .authorizeSecurityGroupIngress(r -> r.groupId(groupId)
                        .ipPermissions(p -> p.ipProtocol("tcp")
                                .fromPort(80)
                                .toPort(80)
                                .userIdGroupPairs(pair -> pair.groupId(groupId))))
                .securityGroupRules()
                .getFirst();

        modify(rule, r -> tcp(r, 80).referencedGroupId(other));

        assertThat(now(rule).referencedGroupInfo().groupId()).isEqualTo(other);
    }

    @Test
    void theKindOfARulesSourceStays() {
        var rule = authorize(80, "10.0.0.0/8");

        assertFails(
                () -> modify(rule, r -> tcp(r, 80).referencedGroupId(groupId)),
                "InvalidParameterValue",
                "You may not specify a referenced group id for an existing IPv4 CIDR rule.");
        assertFails(
                () -> modify(rule, r -> tcp(r, 80).cidrIpv6("::/0")),
                "InvalidParameterValue",
                "You may not specify an IPv6 CIDR for an existing IPv4 CIDR rule.");
    }

    @Test
    void aRuleHasOneSource() {
        var rule = authorize(80, "10.0.0.0/8");
        var message = "Exactly one of CidrIpv4, CidrIpv6, PrefixListId or ReferencedGroupId must be specified.";

        assertFails(() -> modify(rule, r -> tcp(r, 80)), "InvalidParameterCombination", message);
        assertFails(
                () -> modify(rule, r -> tcp(r, 80).cidrIpv4("10.0.0.0/8").cidrIpv6("::/0")),
                "InvalidParameterCombination",
                message);
    }

    @Test
    void aRuleDoesNotBecomeAnother() {
        authorize(80, "10.0.0.0/8");
        var rule = authorize(81, "10.0.0.0/8");

        assertFails(
                () -> modify(rule, r -> tcp(r, 80).cidrIpv4("10.0.0.0/8")),
                "InvalidPermission.Duplicate",
                "the specified rule \"peer: 10.0.0.0/8, TCP, from port: 80, to port: 80, ALLOW\" already exists");
    }

    @Test
    void nothingChangesWhenARuleOfTheRequestIsUnknown() {
        var rule = authorize(80, "10.0.0.0/8");

        assertFails(
                () -> aws.client.modifySecurityGroupRules(m -> m.groupId(groupId)
                        .securityGroupRules(
                                u -> u.securityGroupRuleId(rule.securityGroupRuleId())
                                        .securityGroupRule(r -> tcp(r, 90).cidrIpv4("10.0.0.0/8")),
                                u -> u.securityGroupRuleId("sgr-00000000000000000")
                                        .securityGroupRule(r -> tcp(r, 91).cidrIpv4("10.0.0.0/8")))),
                "InvalidSecurityGroupRuleId.NotFound",
                "The security group rule ID 'sgr-00000000000000000' does not exist");

        assertThat(now(rule).fromPort()).isEqualTo(80);
    }

    @Test
    void aDryRunChangesNothing() {
        var rule = authorize(80, "10.0.0.0/8");

        assertFails(
                () -> aws.client.modifySecurityGroupRules(m -> m.groupId(groupId)
                        .dryRun(true)
                        .securityGroupRules(u -> u.securityGroupRuleId(rule.securityGroupRuleId())
                                .securityGroupRule(r -> tcp(r, 90).cidrIpv4("10.0.0.0/8")))),
                "DryRunOperation",
                "Request would have succeeded, but DryRun flag is set.");

        assertThat(now(rule).fromPort()).isEqualTo(80);
    }

    @Test
    void descriptionsAreChangedByTheIdsOfRules() {
        var rule = authorize(80, "10.0.0.0/8");

        aws.client.updateSecurityGroupRuleDescriptionsIngress(u -> u.groupId(groupId)
                .securityGroupRuleDescriptions(
                        d -> d.securityGroupRuleId(rule.securityGroupRuleId()).description("office")));

        assertThat(now(rule).description()).isEqualTo("office");
    }

    @Test
    void descriptionsAreChangedByWhatRulesSay() {
        var rule = authorize(80, "10.0.0.0/8");

        aws.client.updateSecurityGroupRuleDescriptionsIngress(
                u -> u.groupName("web").ipPermissions(permission(80, "10.0.0.0/8", "office")));
        assertThat(now(rule).description()).isEqualTo("office");

        aws.client.updateSecurityGroupRuleDescriptionsIngress(
                u -> u.groupName("web").ipPermissions(permission(80, "10.0.0.0/8", null)));
        assertThat(now(rule).description()).isNull();
    }

    @Test
    void egressDescriptionsAreTheirOwn() {
        var ingress = authorize(80, "0.0.0.0/0");

        aws.client.updateSecurityGroupRuleDescriptionsEgress(u -> u.groupId(groupId)
                .ipPermissions(p -> p.ipProtocol("-1")
                        .ipRanges(range -> range.cidrIp("0.0.0.0/0").description("out"))));

        assertThat(aws.client
                        .describeSecurityGroups(r -> r.groupIds(groupId))
                        .securityGroups()
                        .getFirst()
                        .ipPermissionsEgress()
                        .getFirst()
                        .ipRanges())
                .extracting(range -> range.description())
                .containsExactly("out");
        assertFails(
                () -> aws.client.updateSecurityGroupRuleDescriptionsEgress(u -> u.groupId(groupId)
                        .securityGroupRuleDescriptions(d -> d.securityGroupRuleId(ingress.securityGroupRuleId()))),
                "InvalidSecurityGroupRuleId.NotFound",
                "The security group rule ID '%s' does not exist".formatted(ingress.securityGroupRuleId()));
    }

    @Test
    void whatIsNotThereGetsNoDescription() {
        assertFails(
                () -> aws.client.updateSecurityGroupRuleDescriptionsIngress(
                        u -> u.groupId(groupId).ipPermissions(permission(80, "10.0.0.0/8", "office"))),
                "InvalidPermission.NotFound",
                "The specified rule does not exist in this security group.");
        assertFails(
                () -> aws.client.updateSecurityGroupRuleDescriptionsIngress(u -> u.groupId(groupId)),
                "InvalidParameterCombination",
                "You must specify either ipPermissions or securityGroupRuleDescriptions, and not both.");
    }

    private SecurityGroupRule authorize(int port, String cidr) {
        return aws.client
                .authorizeSecurityGroupIngress(r -> r.groupId(groupId).ipPermissions(permission(port, cidr, null)))
                .securityGroupRules()
                .getFirst();
    }

    private void modify(SecurityGroupRule rule, Consumer<SecurityGroupRuleRequest.Builder> change) throws Ec2Exception {
        aws.client.modifySecurityGroupRules(m -> m.groupId(groupId)
                .securityGroupRules(
                        u -> u.securityGroupRuleId(rule.securityGroupRuleId()).securityGroupRule(change)));
    }

    private SecurityGroupRule now(SecurityGroupRule rule) {
        return aws.client
                .describeSecurityGroupRules(d -> d.securityGroupRuleIds(rule.securityGroupRuleId()))
                .securityGroupRules()
                .getFirst();
    }

    private static SecurityGroupRuleRequest.Builder tcp(SecurityGroupRuleRequest.Builder rule, int port) {
        return rule.ipProtocol("tcp").fromPort(port).toPort(port);
    }

    private static IpPermission permission(int port, String cidr, String description) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .ipRanges(range -> range.cidrIp(cidr).description(description))
                .build();
    }
}

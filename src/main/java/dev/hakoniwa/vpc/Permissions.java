package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Scope;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/// Permissions as requests and groups show them, many sources to one range of ports, and the rules that they stand
/// for, one source each.
final class Permissions {
    private static final int HIGHEST_PORT = 65_535;
    private static final int ANY = -1;

    private static final Map<String, String> PROTOCOLS = Map.of(
            "tcp", "tcp",
            "6", "tcp",
            "udp", "udp",
            "17", "udp",
            "icmp", "icmp",
            "1", "icmp",
            "icmpv6", "icmpv6",
            "58", "icmpv6",
            "-1", "-1",
            "all", "-1");

    private Permissions() {}

    /// Where rules are for: a group, and one of its directions.
    record Side(Scope scope, String groupId, boolean isEgress) {}

    /// The rules that a permission stands for, without ids.
    static List<SecurityGroupRule> rules(Side side, IpPermission permission) {
        var protocol = protocol(Errors.present(permission.ipProtocol(), "IpPermissions.IpProtocol"));
        var ports = Ports.of(protocol, permission.fromPort(), permission.toPort());
        var rules = new ArrayList<SecurityGroupRule>();
        for (var range : permission.ipRanges()) {
            var cidr = Errors.present(range.cidrIp(), "CidrIp");
            rules.add(rule(side, protocol, ports)
                    .cidrIpv4(ipv4(cidr))
                    .description(range.description())
                    .build());
        }
        for (var range : permission.ipv6Ranges()) {
            var cidr = Errors.present(range.cidrIpv6(), "CidrIpv6");
            rules.add(rule(side, protocol, ports)
                    .cidrIpv6(ipv6(cidr))
                    .description(range.description())
                    .build());
        }
        for (var list : permission.prefixListIds()) {
            rules.add(rule(side, protocol, ports)
                    .prefixListId(Errors.present(list.prefixListId(), "PrefixListId"))
                    .description(list.description())
                    .build());
        }
        for (var pair : permission.userIdGroupPairs()) {
            rules.add(rule(side, protocol, ports)
                    .referencedGroupInfo(g -> g.groupId(pair.groupId()).userId(owner(side.scope(), pair)))
                    .description(pair.description())
                    .build());
        }
        if (rules.isEmpty()) {
            throw Errors.noSource();
        }
        return rules;
    }

    /// The permissions that rules of one direction make, one for each range of ports.
    static List<IpPermission> of(List<SecurityGroupRule> rules) {
        var byPorts = new LinkedHashMap<List<Object>, List<SecurityGroupRule>>();
        for (var rule : rules) {
            var key = List.<Object>of(rule.ipProtocol(), rule.fromPort(), rule.toPort());
            byPorts.computeIfAbsent(key, _ -> new ArrayList<>()).add(rule);
        }
        return byPorts.values().stream().map(Permissions::permission).toList();
    }

    /// What makes two rules of a group the same one: all but their ids, descriptions and tags.
    static SecurityGroupRule essence(SecurityGroupRule rule) {
        return rule.copy(r -> r.securityGroupRuleId(null)
                .securityGroupRuleArn(null)
                .groupOwnerId(null)
                .description(null)
                .tags((java.util.Collection<software.amazon.awssdk.services.ec2.model.Tag>) null));
    }

    /// What a rule's source is, which it stays for as long as the rule is there.
    static String kind(SecurityGroupRule rule) {
        if (rule.cidrIpv4() != null) {
            return "IPv4 CIDR";
        }
        if (rule.cidrIpv6() != null) {
            return "IPv6 CIDR";
        }
        return rule.prefixListId() != null ? "prefix list" : "referenced group id";
    }

    /// The rule as the error for its double names it.
    static String text(SecurityGroupRule rule) {
        var peer = peer(rule);
        if (rule.ipProtocol().equals(SecurityGroups.ALL_PROTOCOLS)) {
            return "peer: %s, ALL, ALLOW".formatted(peer);
        }
        var protocol = rule.ipProtocol().toUpperCase(Locale.ROOT);
        if (rule.ipProtocol().startsWith("icmp")) {
            return "peer: %s, %s, type: %d, code: %d, ALLOW".formatted(peer, protocol, rule.fromPort(), rule.toPort());
        }
        return "peer: %s, %s, from port: %d, to port: %d, ALLOW"
                .formatted(peer, protocol, rule.fromPort(), rule.toPort());
    }

    private static String peer(SecurityGroupRule rule) {
        var group = rule.referencedGroupInfo();
        return Stream.of(rule.cidrIpv4(), rule.cidrIpv6(), rule.prefixListId())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> group.groupId());
    }

    private static SecurityGroupRule.Builder rule(Side side, String protocol, Ports ports) {
        return SecurityGroupRule.builder()
                .groupId(side.groupId())
                .isEgress(side.isEgress())
                .ipProtocol(protocol)
                .fromPort(ports.from())
                .toPort(ports.to());
    }

    private static String owner(Scope scope, UserIdGroupPair pair) {
        return Objects.requireNonNullElse(pair.userId(), scope.account().value());
    }

    private static IpPermission permission(List<SecurityGroupRule> rules) {
        var first = rules.getFirst();
        var permission = IpPermission.builder().ipProtocol(first.ipProtocol());
        if (!first.ipProtocol().equals(SecurityGroups.ALL_PROTOCOLS)) {
            permission.fromPort(first.fromPort()).toPort(first.toPort());
        }
        return permission
                .ipRanges(rules.stream()
                        .filter(rule -> rule.cidrIpv4() != null)
                        .map(rule -> IpRange.builder()
                                .cidrIp(rule.cidrIpv4())
                                .description(rule.description())
                                .build())
                        .toList())
                .ipv6Ranges(rules.stream()
                        .filter(rule -> rule.cidrIpv6() != null)
                        .map(rule -> Ipv6Range.builder()
                                .cidrIpv6(rule.cidrIpv6())
                                .description(rule.description())
                                .build())
                        .toList())
                .prefixListIds(rules.stream()
                        .filter(rule -> rule.prefixListId() != null)
                        .map(rule -> PrefixListId.builder()
                                .prefixListId(rule.prefixListId())
                                .description(rule.description())
                                .build())
                        .toList())
                .userIdGroupPairs(rules.stream()
                        .filter(rule -> rule.referencedGroupInfo() != null)
                        .map(rule -> UserIdGroupPair.builder()
                                .groupId(rule.referencedGroupInfo().groupId())
                                .userId(rule.referencedGroupInfo().userId())
                                .description(rule.description())
                                .build())
                        .toList())
                .build();
    }

    private static String protocol(String text) {
        var known = PROTOCOLS.get(text.toLowerCase(Locale.ROOT));
        if (known != null) {
            return known;
        }
        if (text.matches("\\d{1,3}") && Integer.parseInt(text) <= 255) {
            return text;
        }
        throw Errors.invalidValue("Invalid value '%s' for IP protocol. Unknown protocol.".formatted(text));
    }

    private static String ipv4(String text) {
        return Cidr.parseLoosely(text)
                .orElseThrow(() -> Errors.malformedCidr(text))
                .toString();
    }

    static String ipv6(String text) {
        var slash = text.indexOf('/');
        var prefix = text.substring(slash + 1);
        if (slash < 0 || !prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > 128) {
            throw Errors.malformedCidr(text);
        }
        try {
            Inet6Address.ofLiteral(text.substring(0, slash));
        } catch (IllegalArgumentException _) {
            throw Errors.malformedCidr(text);
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /// A range of ports; of ICMP its type and code.
    private record Ports(int from, int to) {
        static Ports of(String protocol, @Nullable Integer from, @Nullable Integer to) {
            return switch (protocol) {
                case "tcp", "udp" -> ofTransport(from, to);
                case "icmp", "icmpv6" ->
                    new Ports(Objects.requireNonNullElse(from, ANY), Objects.requireNonNullElse(to, ANY));
                default -> new Ports(ANY, ANY);
            };
        }

        private static Ports ofTransport(@Nullable Integer from, @Nullable Integer to) {
            if (from == null || to == null) {
                throw Errors.invalidValue(
                        "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
            }
            if (from < 0 || to > HIGHEST_PORT || from > to) {
                throw Errors.invalidValue("Invalid TCP/UDP port range (%d:%d)".formatted(from, to));
            }
            return new Ports(from, to);
        }
    }
}

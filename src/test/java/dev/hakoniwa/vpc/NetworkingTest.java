package dev.hakoniwa.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.Labels;
import dev.hakoniwa.runtime.PublishedPort;
import dev.hakoniwa.runtime.Transport;
import dev.hakoniwa.vpc.Networking.EngineNetwork;
import dev.hakoniwa.vpc.Networking.Interface;
import dev.hakoniwa.vpc.Networking.InterfaceRequest;
import dev.hakoniwa.vpc.Networking.Reached;
import dev.hakoniwa.vpc.Networking.SubnetPlace;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkingTest {
    private static final Map<String, String> LABELS = Map.of(Labels.INSTANCE, "test");

    private final Scope scope = scope("us-east-1");
    private final Tables tables = new Tables();
    private final MemoryNetworks networks = new MemoryNetworks();
    private final Ec2 ec2 = new Ec2(
            tables,
            Ids.random(),
            Time.stopped(Instant.parse("2026-01-01T00:00:00Z")),
            (_, action) -> action.run(),
            new Machine(
                    networks,
                    LABELS,
                    "127.0.0.1",
                    new Fleet(1, InstanceType.of("m5.16xlarge").orElseThrow())));

    @Test
    void aScopeIsBornWithADefaultVpcOfThreeZones() {
        var subnets = tables.write(() -> ec2.defaultSubnets(scope));

        assertThat(subnets)
                .extracting(SubnetPlace::availabilityZone, SubnetPlace::cidr)
                .containsExactly(
                        tuple("us-east-1a", "172.31.0.0/20"),
                        tuple("us-east-1b", "172.31.16.0/20"),
                        tuple("us-east-1c", "172.31.32.0/20"));
        assertThat(subnets).extracting(SubnetPlace::vpcId).allMatch(id -> id.matches("vpc-[0-9a-f]{17}"));
    }

    @Test
    void anAddressIsInTheZoneOfItsSubnet() {
        var vpcId = tables.write(() -> ec2.defaultSubnets(scope)).getFirst().vpcId();

        assertThat(tables.write(() -> ec2.zoneOf(scope, vpcId, "172.31.16.9"))).contains("us-east-1b");
        assertThat(tables.write(() -> ec2.zoneOf(scope, vpcId, "172.31.200.1"))).isEmpty();
        assertThat(tables.write(() -> ec2.zoneOf(scope, vpcId, "web"))).isEmpty();
    }

    @Test
    void scopesDoNotSeeOneAnother() {
        var here = tables.write(() -> ec2.defaultSubnets(scope)).getFirst();

        var there = tables.write(() -> ec2.subnet(scope("eu-west-1"), here.subnetId()));

        assertThat(there).isEmpty();
    }

    @Test
    void anInterfaceGetsTheLowestAddressThatAwsDoesNotKeepForItself() {
        var subnet = tables.write(() -> ec2.defaultSubnets(scope)).get(1);

        var first = create(subnet);
        var second = create(subnet);

        assertThat(first.privateAddress()).isEqualTo("172.31.16.4");
        assertThat(second.privateAddress()).isEqualTo("172.31.16.5");
        assertThat(first.privateDnsName()).isEqualTo("ip-172-31-16-4.ec2.internal");
        assertThat(first.macAddress()).matches("0a(:[0-9a-f]{2}){5}");
        assertThat(first.interfaceId()).matches("eni-[0-9a-f]{17}");
        assertThat(first.availabilityZone()).isEqualTo("us-east-1b");
    }

    @Test
    void elsewhereTheNameTellsTheRegion() {
        var there = scope("ap-southeast-2");
        var subnet = tables.write(() -> ec2.defaultSubnets(there)).getFirst();

        var made = tables.write(() ->
                ec2.createInterface(there, new InterfaceRequest(subnet.subnetId(), List.of(), "attachment", false)));

        assertThat(made.privateDnsName()).isEqualTo("ip-172-31-0-4.ap-southeast-2.compute.internal");
    }

    @Test
    void anAddressIsGivenAgainOnceItsInterfaceIsGone() {
        var subnet = tables.write(() -> ec2.defaultSubnets(scope)).getFirst();
        var first = create(subnet);
        create(subnet);

        tables.write(() -> ec2.deleteInterface(scope, first.interfaceId()));

        assertThat(create(subnet).privateAddress()).isEqualTo(first.privateAddress());
    }

    @Test
    void anInterfaceNeedsASubnetAndGroupsOfItsVpc() {
        var subnet = tables.write(() -> ec2.defaultSubnets(scope)).getFirst();

        assertThatThrownBy(() -> create("subnet-1", List.of())).isInstanceOfSatisfying(AwsError.class, e -> {
            assertThat(e.code()).isEqualTo("InvalidSubnetID.NotFound");
            assertThat(e.message()).isEqualTo("The subnet ID 'subnet-1' does not exist");
        });
        assertThatThrownBy(() -> create(subnet.subnetId(), List.of("sg-1")))
                .isInstanceOfSatisfying(AwsError.class, e -> {
                    assertThat(e.code()).isEqualTo("InvalidGroup.NotFound");
                    assertThat(e.message()).isEqualTo("The security group 'sg-1' does not exist");
                });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noAddressIsEverGivenTwice(long seed) {
        var random = new Random(seed);
        var subnets = tables.write(() -> ec2.defaultSubnets(scope));
        var live = new HashMap<String, Interface>();
        var addresses = new HashSet<String>();
        var macs = new HashSet<String>();

        for (var i = 0; i < 5000; i++) {
            if (random.nextInt(5) < 3 || live.isEmpty()) {
                var made = create(subnets.get(random.nextInt(3)));
                live.put(made.interfaceId(), made);
                assertThat(addresses.add(made.privateAddress())).isTrue();
                assertThat(macs.add(made.macAddress())).isTrue();
            } else {
                var victim = live.values().stream()
                        .skip(random.nextInt(live.size()))
                        .findFirst()
                        .orElseThrow();
                live.remove(victim.interfaceId());
                tables.write(() -> ec2.deleteInterface(scope, victim.interfaceId()));
                addresses.remove(victim.privateAddress());
            }
        }
    }

    @Test
    void aFullSubnetSaysSo() {
        var subnet = tables.write(() -> ec2.defaultSubnets(scope)).getFirst();

        for (var i = 0; i < 4096 - 5; i++) {
            create(subnet);
        }

        assertThatThrownBy(() -> create(subnet))
                .isInstanceOfSatisfying(
                        AwsError.class, e -> assertThat(e.code()).isEqualTo("InsufficientFreeAddressesInSubnet"));
    }

    @Test
    void whatAStepTookIsFreeAgainWhenItFails() {
        var subnet = tables.write(() -> ec2.defaultSubnets(scope)).getFirst();

        assertThatThrownBy(() -> tables.write(() -> {
                    create(subnet);
                    throw new IllegalStateException("the step fails");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(create(subnet).privateAddress()).isEqualTo("172.31.0.4");
    }

    @Test
    void aVpcGetsOneNetworkHoweverManyAskForIt() throws Exception {
        var vpcId = tables.write(() -> ec2.defaultSubnets(scope)).getFirst().vpcId();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = threads.invokeAll(Collections.nCopies(20, () -> ec2.ensureNetwork(scope, vpcId)));
            assertThat(asked).extracting(Future::resultNow).containsOnly(new EngineNetwork("hakoniwa-" + vpcId, true));
        }

        assertThat(networks.creations()).isEqualTo(1);
        assertThat(networks.looksAtRoutes()).isEqualTo(1);
        assertThat(networks.list(LABELS)).containsExactly("hakoniwa-" + vpcId);
    }

    @Test
    void aPortThatIsPublishedIsReachedThereUntilItsInterfaceIsGone() {
        var subnet = tables.write(() -> ec2.defaultSubnets(scope)).getFirst();
        var made = create(subnet);

        tables.write(() -> ec2.publish(
                scope, made.interfaceId(), List.of(new PublishedPort("127.0.0.1", 32_768, 80, Transport.TCP))));

        assertThat(reached(made, 80)).isEqualTo(new Reached("127.0.0.1", 32_768));
        assertThat(reached(made, 81)).isEqualTo(new Reached(made.privateAddress(), 81));
        tables.write(() -> ec2.deleteInterface(scope, made.interfaceId()));
        assertThat(reached(made, 80)).isEqualTo(new Reached(made.privateAddress(), 80));
    }

    private Reached reached(Interface made, int port) {
        return tables.write(() -> ec2.reached(scope, made.vpcId(), made.privateAddress(), port));
    }

    @Test
    void aNetworkThatSomebodyRemovedIsMadeAgain() {
        var vpcId = tables.write(() -> ec2.defaultSubnets(scope)).getFirst().vpcId();
        networks.remove(ec2.ensureNetwork(scope, vpcId).name());

        var name = ec2.ensureNetwork(scope, vpcId).name();

        assertThat(networks.cidr(name)).isEqualTo("172.31.0.0/16");
    }

    @Test
    void aVpcWhoseRangeIsTakenMovesWithItsSubnets() {
        networks.create("of somebody else", "172.16.0.0/12", Map.of());
        networks.create("of a company", "10.255.0.0/16", Map.of());
        var vpcId = tables.write(() -> ec2.defaultSubnets(scope)).getFirst().vpcId();

        var name = ec2.ensureNetwork(scope, vpcId).name();

        assertThat(networks.cidr(name)).isEqualTo("10.254.0.0/16");
        var subnets = tables.write(() -> ec2.defaultSubnets(scope));
        assertThat(subnets)
                .extracting(SubnetPlace::cidr)
                .containsExactly("10.254.0.0/20", "10.254.16.0/20", "10.254.32.0/20");
        assertThat(create(subnets.getLast()).privateAddress()).isEqualTo("10.254.32.4");
        assertThat(tables.write(() -> ec2.isInVpc(scope, vpcId, "10.254.99.1"))).isTrue();
        assertThat(tables.write(() -> ec2.isInVpc(scope, vpcId, "172.31.0.4"))).isFalse();
    }

    @Test
    void theDefaultVpcsOfTwoRegionsGetDifferentRanges() {
        var here = tables.write(() -> ec2.defaultSubnets(scope)).getFirst().vpcId();
        var there = tables.write(() -> ec2.defaultSubnets(scope("eu-west-1")))
                .getFirst()
                .vpcId();

        ec2.ensureNetwork(scope, here);
        ec2.ensureNetwork(scope("eu-west-1"), there);

        assertThat(networks.list(LABELS)).hasSize(2);
    }

    @Test
    void aVpcWithInterfacesDoesNotMove() {
        var subnet = tables.write(() -> ec2.defaultSubnets(scope)).getFirst();
        networks.remove(ec2.ensureNetwork(scope, subnet.vpcId()).name());
        var address = create(subnet).privateAddress();
        networks.create("of somebody else", "172.16.0.0/12", Map.of());

        assertThatThrownBy(() -> ec2.ensureNetwork(scope, subnet.vpcId()))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.CONFLICT));

        assertThat(networks.list(LABELS)).isEmpty();
        assertThat(tables.write(() -> ec2.isInVpc(scope, subnet.vpcId(), address)))
                .isTrue();
    }

    @Test
    void theLocalInstanceIsReachedAtTheMachinesAddress() {
        var id = tables.write(() -> ec2.fleet(scope)).getFirst().instanceId();
        var instance = tables.write(() -> ec2.instance(scope, id)).orElseThrow();

        assertThat(instance.instanceId()).matches("i-[0-9a-f]{17}");
        assertThat(instance.address()).isEqualTo("127.0.0.1");
        assertThat(instance.availabilityZone()).isEqualTo("us-east-1a");
    }

    private Interface create(SubnetPlace subnet) {
        return create(subnet.subnetId(), List.of());
    }

    private Interface create(String subnetId, List<String> groups) {
        return tables.write(
                () -> ec2.createInterface(scope, new InterfaceRequest(subnetId, groups, "attachment", false)));
    }

    private static Scope scope(String region) {
        return new Scope(new AccountId("000000000000"), new Region(region));
    }
}

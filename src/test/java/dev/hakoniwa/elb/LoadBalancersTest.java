package dev.hakoniwa.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateLoadBalancerNameException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidConfigurationRequestException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidSecurityGroupException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidSubnetException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.OperationNotPermittedException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyLoadBalancersException;

@WireTest
final class LoadBalancersTest {
    private final FakeDataPlane dataPlane = new FakeDataPlane();
    private final TestElb elb = TestElb.over(dataPlane, new FakeProbes());
    private final ElasticLoadBalancingV2Client client = elb.client();
    private final String unknown =
            elb.in("arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/none/0123456789abcdef");

    @Test
    void aNewLoadBalancerHasAwssDefaults() {
        var web = elb.loadBalancer("web");

        assertThat(web.loadBalancerArn())
                .matches(elb.in(
                        "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/web/[0-9a-f]{16}"));
        assertThat(web.dnsName()).matches("web-\\d{10}\\.us-east-1\\.elb\\.localhost");
        assertThat(web.canonicalHostedZoneId()).isEqualTo("Z35SXDOTRQ7X7K");
        assertThat(web.schemeAsString()).isEqualTo("internet-facing");
        assertThat(web.typeAsString()).isEqualTo("application");
        assertThat(web.ipAddressTypeAsString()).isEqualTo("ipv4");
        assertThat(web.vpcId()).isEqualTo(elb.in(FakeNetworking.VPC));
        assertThat(web.securityGroups()).containsExactly(elb.in("sg-default"));
        assertThat(web.createdTime()).isEqualTo(elb.time().start());
        assertThat(web.availabilityZones())
                .extracting(AvailabilityZone::zoneName)
                .containsExactly("us-east-1a", "us-east-1b");
        assertThat(web.state().codeAsString()).isEqualTo("provisioning");
    }

    @Test
    void anInternalOneSaysSoInItsName() {
        var web = create(l -> l.name("web").scheme("internal").subnets(elb.in("subnet-a"), elb.in("subnet-b")));

        assertThat(web.dnsName()).matches("internal-web-\\d{10}\\.us-east-1\\.elb\\.localhost");
    }

    @Test
    void itBecomesActiveSoon() {
        elb.loadBalancer("web");

        elb.advance(Duration.ofSeconds(1));

        assertThat(describe("web").state().codeAsString()).isEqualTo("active");
    }

    @Test
    void theSameAgainIsTheSameOne() {
        var first = elb.loadBalancer("web");

        var second = create(l ->
                l.name("web").subnetMappings(m -> m.subnetId(elb.in("subnet-b")), m -> m.subnetId(elb.in("subnet-a"))));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void theSameNameWithOtherSettingsIsRefused() {
        elb.loadBalancer("web");

        assertThatThrownBy(() -> create(l -> l.name("web").subnets(elb.in("subnet-a"), elb.in("subnet-c"))))
                .isInstanceOf(DuplicateLoadBalancerNameException.class)
                .hasMessageStartingWith("A load balancer with the same name 'web' exists, but with different settings");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a23456789012345678901234567890123 | cannot be longer than '32' characters",
                "a_b | can only contain characters that are alphanumeric characters or hyphens(-)",
                "-ab | cannot begin or end with '-'",
                "ab- | cannot begin or end with '-'",
                "internal-a | cannot begin with 'internal-'",
            })
    void aBadNameIsRefused(String name, String message) {
        assertThatThrownBy(() -> elb.loadBalancer(name))
                .isInstanceOf(ElasticLoadBalancingV2Exception.class)
                .hasMessageStartingWith("Load balancer name '" + name + "' " + message);
    }

    @Test
    void badMembersAreToldAllAtOnce() {
        assertThatThrownBy(() -> create(l -> l.scheme("public").type("classic")))
                .hasMessageStartingWith("3 validation errors detected: Value null at 'name' failed to satisfy "
                        + "constraint: Member must not be null; Value 'public' at 'scheme' failed to satisfy "
                        + "constraint: Member must satisfy enum value set: [internet-facing, internal]; "
                        + "Value 'classic' at 'type'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"network", "gateway"})
    void otherTypesAreNotThereYet(String type) {
        assertThatThrownBy(() -> create(l -> l.name("web").type(type).subnets(elb.in("subnet-a"))))
                .isInstanceOf(InvalidConfigurationRequestException.class)
                .hasMessageStartingWith(
                        "Load balancers of type '%s' are not available in Hakoniwa yet".formatted(type));
    }

    @Test
    void twoZonesAreNeeded() {
        assertThatThrownBy(() -> create(l -> l.name("web").subnets(elb.in("subnet-a"))))
                .hasMessageStartingWith("At least two subnets in two different Availability Zones must be specified")
                .extracting(LoadBalancersTest::code)
                .isEqualTo("ValidationError");
        assertThatThrownBy(() -> create(l -> l.name("web"))).hasMessageStartingWith("At least two subnets");
        assertThatThrownBy(() -> create(l -> l.name("web").subnets(elb.in("subnet-c"), elb.in("subnet-c2"))))
                .hasMessageStartingWith(
                        "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
    }

    @Test
    void subnetsMustBeThereAndInOneVpc() {
        assertThatThrownBy(() -> create(l -> l.name("web").subnets(elb.in("subnet-a"), "subnet-z")))
                .isInstanceOf(SubnetNotFoundException.class)
                .hasMessageStartingWith("The subnet ID 'subnet-z' does not exist");
        assertThatThrownBy(() -> create(l -> l.name("web").subnets(elb.in("subnet-a"), elb.in("subnet-y"))))
                .isInstanceOf(InvalidSubnetException.class);
        assertThatThrownBy(() -> create(l ->
                        l.name("web").subnets(elb.in("subnet-a")).subnetMappings(m -> m.subnetId(elb.in("subnet-b")))))
                .hasMessageStartingWith("You must specify either subnets or subnet mappings, but not both");
    }

    @Test
    void securityGroupsMustBeThereAndInTheVpc() {
        assertThatThrownBy(() -> create(l -> l.name("web")
                        .subnets(elb.in("subnet-a"), elb.in("subnet-b"))
                        .securityGroups("sg-none")))
                .isInstanceOf(InvalidSecurityGroupException.class)
                .hasMessageStartingWith("One or more security groups are invalid");
        assertThatThrownBy(() -> create(l -> l.name("web")
                        .subnets(elb.in("subnet-a"), elb.in("subnet-b"))
                        .securityGroups(elb.in("sg-x"))))
                .isInstanceOf(InvalidConfigurationRequestException.class);
    }

    @Test
    void aFiftyFirstIsRefused() {
        IntStream.range(0, 50).forEach(i -> elb.loadBalancer("web" + i));

        assertThatThrownBy(() -> elb.loadBalancer("more")).isInstanceOf(TooManyLoadBalancersException.class);
    }

    @Test
    void theyAreFoundByArnByNameAndInPages() {
        var names = List.of("a", "b", "c", "d", "e");
        var made = names.stream()
                .map(elb::loadBalancer)
                .map(LoadBalancer::loadBalancerArn)
                .toList();

        var byArn = client.describeLoadBalancers(d -> d.loadBalancerArns(made.get(3)));
        var pages = client.describeLoadBalancersPaginator(d -> d.pageSize(2));

        assertThat(byArn.loadBalancers())
                .extracting(LoadBalancer::loadBalancerName)
                .containsExactly("d");
        assertThat(describe("b").loadBalancerArn()).isEqualTo(made.get(1));
        assertThat(pages.stream().count()).isEqualTo(3);
        assertThat(pages.loadBalancers())
                .extracting(LoadBalancer::loadBalancerName)
                .containsExactlyElementsOf(names);
    }

    @Test
    void oneThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> describe("none"))
                .isInstanceOf(LoadBalancerNotFoundException.class)
                .hasMessageStartingWith("One or more load balancers not found");
        assertThatThrownBy(() -> client.describeLoadBalancers(d -> d.loadBalancerArns(unknown)))
                .isInstanceOf(LoadBalancerNotFoundException.class);
        assertThatThrownBy(() ->
                        client.setSecurityGroups(s -> s.loadBalancerArn(unknown).securityGroups(elb.in("sg-web"))))
                .isInstanceOf(LoadBalancerNotFoundException.class)
                .hasMessageStartingWith("Load balancer '%s' not found".formatted(unknown));
        assertThatThrownBy(() -> client.describeLoadBalancers(d -> d.loadBalancerArns("web")))
                .hasMessageStartingWith("'web' is not a valid load balancer ARN");
    }

    @Test
    void pagesHaveLimitsAndTheirOwnMarkers() {
        assertThatThrownBy(() -> client.describeLoadBalancers(d -> d.pageSize(401)))
                .hasMessageStartingWith("1 validation error detected: Value '401' at 'pageSize' failed to satisfy "
                        + "constraint: Member must have value less than or equal to 400");
        assertThatThrownBy(() -> client.describeLoadBalancers(d -> d.marker("nonsense")))
                .extracting(LoadBalancersTest::code)
                .isEqualTo("ValidationError");
    }

    @Test
    void settingsCanBeChanged() {
        var arn = elb.loadBalancer("web").loadBalancerArn();

        client.setSubnets(s -> s.loadBalancerArn(arn).subnets(elb.in("subnet-b"), elb.in("subnet-c")));
        client.setSecurityGroups(s -> s.loadBalancerArn(arn).securityGroups(elb.in("sg-web"), elb.in("sg-default")));
        client.setIpAddressType(s -> s.loadBalancerArn(arn).ipAddressType("ipv4"));

        var web = describe("web");
        assertThat(web.availabilityZones())
                .extracting(AvailabilityZone::subnetId)
                .containsExactly(elb.in("subnet-b"), elb.in("subnet-c"));
        assertThat(web.securityGroups()).containsExactly(elb.in("sg-web"), elb.in("sg-default"));
    }

    @Test
    void noSubnetHasIpv6() {
        var arn = elb.loadBalancer("web").loadBalancerArn();

        assertThatThrownBy(() ->
                        client.setIpAddressType(s -> s.loadBalancerArn(arn).ipAddressType("dualstack")))
                .isInstanceOf(InvalidSubnetException.class)
                .hasMessageStartingWith("You must specify subnets with an associated IPv6 CIDR block");
        assertThatThrownBy(() ->
                        client.setIpAddressType(s -> s.loadBalancerArn(arn).ipAddressType("ipv5")))
                .hasMessageContaining("enum value set: [ipv4, dualstack, dualstack-without-public-ipv4]");
    }

    @Test
    void nobodyHasReservedCapacity() {
        var arn = elb.loadBalancer("web").loadBalancerArn();

        var reservation = client.describeCapacityReservation(d -> d.loadBalancerArn(arn));

        assertThat(reservation.minimumLoadBalancerCapacity()).isNull();
        assertThat(reservation.capacityReservationState()).isEmpty();
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void deletingTakesListenersAlongAndLeavesTargetGroups() {
        var web = elb.loadBalancer("web");
        var group = elb.targetGroup("blue");
        var listener = elb.listener(web, 80, TestElb.forward(group));

        client.deleteLoadBalancer(d -> d.loadBalancerArn(web.loadBalancerArn()));

        assertThatThrownBy(() -> describe("web")).isInstanceOf(LoadBalancerNotFoundException.class);
        assertThatThrownBy(() -> client.describeListeners(d -> d.listenerArns(listener.listenerArn())))
                .hasMessageStartingWith("One or more listeners not found");
        assertThat(client.describeTargetGroups(d -> d.names("blue"))
                        .targetGroups()
                        .getFirst()
                        .loadBalancerArns())
                .isEmpty();
        assertThat(dataPlane.loadBalancer(web.loadBalancerArn())).isNull();
        client.deleteTargetGroup(d -> d.targetGroupArn(group.targetGroupArn()));
    }

    @Test
    void deletingTwiceIsNoError() {
        client.deleteLoadBalancer(d -> d.loadBalancerArn(unknown));

        assertThat(client.describeLoadBalancers().loadBalancers()).isEmpty();
    }

    @Test
    void aProtectedOneIsNotDeleted() {
        var arn = elb.loadBalancer("web").loadBalancerArn();
        client.modifyLoadBalancerAttributes(m -> m.loadBalancerArn(arn)
                .attributes(a -> a.key("deletion_protection.enabled").value("true")));

        assertThatThrownBy(() -> client.deleteLoadBalancer(d -> d.loadBalancerArn(arn)))
                .isInstanceOf(OperationNotPermittedException.class)
                .hasMessageStartingWith(
                        "Load balancer '%s' cannot be deleted because deletion protection is enabled".formatted(arn));
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void eachHasALoopbackAddressOfItsOwnThatItsNameChooses() {
        var addresses = new ArrayList<String>();
        IntStream.range(0, 50).forEach(i -> addresses.add(addressOf(elb.loadBalancer("web" + i))));
        var first = client.describeLoadBalancers(d -> d.names("web0"))
                .loadBalancers()
                .getFirst();

        client.deleteLoadBalancer(d -> d.loadBalancerArn(first.loadBalancerArn()));
        var again = addressOf(elb.loadBalancer("web0"));

        assertThat(again).isEqualTo(addresses.getFirst());
        assertThat(addresses)
                .allMatch(address -> address.matches("127(\\.\\d{1,3}){3}") && !address.startsWith("127.0."));
        assertThat(new HashSet<>(addresses)).hasSize(50);
    }

    @Test
    @InJvm("the same subnets in another account")
    void accountsAndRegionsDoNotSeeOneAnother() {
        var web = elb.loadBalancer("web");
        var elsewhere = elb.client("000000000000", "eu-west-1");
        var others = elb.client("111111111111", "us-east-1");

        var twin = others.createLoadBalancer(l -> l.name("web").subnets(elb.in("subnet-a"), elb.in("subnet-b")))
                .loadBalancers()
                .getFirst();

        assertThat(twin.loadBalancerArn()).contains(elb.in(":111111111111:")).isNotEqualTo(web.loadBalancerArn());
        assertThat(elsewhere.describeLoadBalancers().loadBalancers()).isEmpty();
        assertThatThrownBy(() -> elsewhere.describeLoadBalancers(d -> d.loadBalancerArns(web.loadBalancerArn())))
                .hasMessageStartingWith("'%s' is not a valid load balancer ARN".formatted(web.loadBalancerArn()));
        assertThat(addressOf(twin)).isNotEqualTo(addressOf(web));
    }

    @Test
    @InJvm("asks inside")
    void whatListensWhereIsTold() {
        var web = elb.loadBalancer("web");
        elb.listener(web, 8080, TestElb.answer(200));

        var endpoints = elb.elb().endpoints();

        assertThat(endpoints)
                .containsExactly(new ServedListener(
                        "web", web.loadBalancerArn(), web.dnsName(), 8080, List.of("127.0.0.1:8080"), null));
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void theDataPlaneForgetsWhatTheTablesForget() {
        elb.listener(elb.loadBalancer("web"), 80, TestElb.forward(elb.targetGroup("blue")));

        elb.tables().clear();
        elb.elb().converge();

        assertThat(dataPlane.isEmpty()).isTrue();
    }

    private String addressOf(LoadBalancer loadBalancer) {
        return dataPlane.loadBalancer(loadBalancer.loadBalancerArn()).address();
    }

    private LoadBalancer describe(String name) {
        return client.describeLoadBalancers(d -> d.names(name)).loadBalancers().getFirst();
    }

    private LoadBalancer create(Consumer<CreateLoadBalancerRequest.Builder> request) {
        return client.createLoadBalancer(request).loadBalancers().getFirst();
    }

    static String code(Throwable error) {
        return ((ElasticLoadBalancingV2Exception) error).awsErrorDetails().errorCode();
    }
}

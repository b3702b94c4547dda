package dev.hakoniwa.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.runtime.Labels;
import dev.hakoniwa.testing.InMemoryAws;
import dev.hakoniwa.testing.Shipped;
import dev.hakoniwa.vpc.Networking.Interface;
import dev.hakoniwa.vpc.Networking.InterfaceRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;

/// EC2 with the SDK's client in front of it.
final class InMemoryEc2 {
    private final Tables tables = new Tables();
    private final Time time = Time.stopped(Instant.parse("2026-01-01T00:00:00Z"));
    private final MemoryNetworks networks = new MemoryNetworks();
    private final Ec2 ec2 = new Ec2(
            tables,
            Ids.random(),
            time,
            (_, action) -> action.run(),
            new Machine(
                    networks,
                    Map.of(Labels.INSTANCE, "test"),
                    "127.0.0.1",
                    new Fleet(1, InstanceType.of("m5.16xlarge").orElseThrow())));
    private final InMemoryAws aws = InMemoryAws.of(tables, time, Ec2Api.operations(ec2));
    final Ec2Client client = aws.client(Ec2Client.builder());

    MemoryNetworks networks() {
        return Shipped.notWith(networks);
    }

    Ec2 ec2() {
        return Shipped.notWith(ec2);
    }

    /// A text with the account that is really called in the place of each that it names.
    String in(String text) {
        return aws.accounts().in(text);
    }

    String defaultVpc() {
        return client.describeVpcs(r -> r.filters(filter("is-default", "true")))
                .vpcs()
                .getFirst()
                .vpcId();
    }

    String group(String name) {
        return client.createSecurityGroup(r -> r.groupName(name).description("a group"))
                .groupId();
    }

    Interface createInterface(String subnetId, List<String> groups) {
        return tables.write(() ->
                ec2().createInterface(InMemoryAws.SCOPE, new InterfaceRequest(subnetId, groups, "attachment", false)));
    }

    void deleteInterface(Interface made) {
        tables.write(() -> ec2().deleteInterface(InMemoryAws.SCOPE, made.interfaceId()));
    }

    static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    static void assertFails(ThrowingCallable call, String code, String message) {
        var failure = catchThrowableOfType(Ec2Exception.class, call);
        assertThat(failure).as("the call fails").isNotNull();
        assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo(message);
    }
}

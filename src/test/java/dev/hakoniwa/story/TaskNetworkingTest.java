package dev.hakoniwa.story;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static dev.hakoniwa.story.TaskStory.container;
import static dev.hakoniwa.story.TaskStory.endless;
import static dev.hakoniwa.story.TaskStory.network;
import static dev.hakoniwa.story.TaskStory.server;
import static dev.hakoniwa.story.TaskStory.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.DockerTest;
import dev.hakoniwa.testing.FreePort;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.NetworkBinding;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/// How tasks are reached, and reach one another, in each network mode.
@DockerTest
final class TaskNetworkingTest {
    @RegisterExtension
    private static final TaskStory AWS = new TaskStory();

    /// An echo over UDP, in the Perl of a Debian host, as busybox has no server of it.
    private static final String UDP_ECHO = """
            chroot /host /usr/bin/perl -MSocket -e '
            socket(S, PF_INET, SOCK_DGRAM, 17); bind(S, sockaddr_in(5353, INADDR_ANY)) or die;
            while ($from = recv(S, $text, 999, 0)) { send(S, "echo of $text", 0, $from) }'""";

    /// Calls a server that may not listen yet.
    private static final String CALL = """
            for i in 1 2 3 4 5 6; do nc -w 2 %s 8080 2>/dev/null && exit; sleep 0.5; done; echo nobody""";

    @Test
    void aBridgeTaskIsReachedAtTheHostPortItWants() {
        var port = FreePort.next();
        var task = AWS.running(AWS.run(AWS.define(
                server("web", 80).portMappings(p -> p.containerPort(80).hostPort(port)))));

        assertThat(container(task, "web").networkBindings()).containsExactly(binding(80, port, TransportProtocol.TCP));
        assertThat(container(task, "web").networkInterfaces()).isEmpty();
        eventually(() -> assertThat(readFrom("127.0.0.1", port)).isEqualTo("hello from web\n"));
    }

    @Test
    void aRangeOfPortsIsReachedAtARangeOfTheMachines() {
        var task = AWS.running(AWS.run(AWS.define(server("web", 81)
                .portMappings(p -> p.containerPortRange("80-82").protocol("tcp")))));

        var binding = container(task, "web").networkBindings().getFirst();
        var ends = binding.hostPortRange().split("-", 2);
        assertThat(container(task, "web").networkBindings()).hasSize(1);
        assertThat(binding.containerPortRange()).isEqualTo("80-82");
        assertThat(Integer.parseInt(ends[1])).isEqualTo(Integer.parseInt(ends[0]) + 2);
        eventually(() ->
                assertThat(readFrom("127.0.0.1", Integer.parseInt(ends[0]) + 1)).isEqualTo("hello from web\n"));
    }

    @Test
    void aHostPortIsGivenOnce() {
        var port = FreePort.next();
        var definition = AWS.define(
                server("web", 80).portMappings(p -> p.containerPort(80).hostPort(port)));
        var first = AWS.running(AWS.run(definition));

        var second = AWS.ecs().runTask(r -> r.taskDefinition(definition));

        assertThat(second.tasks()).isEmpty();
        assertThat(second.failures())
                .singleElement()
                .satisfies(f -> assertThat(f.reason()).isEqualTo("RESOURCE:PORTS"));
        AWS.stop(first);
        assertThat(AWS.running(AWS.run(definition)).lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void bridgeTasksGetFreeHostPortsOfBothTransports() {
        var definition = AWS.define(
                r -> r.volumes(v -> v.name("host").host(h -> h.sourcePath("/"))),
                server("web", 80).portMappings(p -> p.containerPort(80)),
                shell("dns", UDP_ECHO)
                        .mountPoints(m -> m.sourceVolume("host").containerPath("/host"))
                        .portMappings(p -> p.containerPort(5353).protocol("udp")));
        var one = AWS.running(AWS.run(definition));
        var other = AWS.running(AWS.run(definition));

        assertThat(hostPort(one, "web")).isNotEqualTo(hostPort(other, "web")).isBetween(1024, 65_535);
        assertThat(container(one, "dns").networkBindings())
                .containsExactly(binding(5353, hostPort(one, "dns"), TransportProtocol.UDP));
        eventually(
                () -> assertThat(readFrom("127.0.0.1", hostPort(other, "web"))).isEqualTo("hello from web\n"));
        eventually(() -> assertThat(askUdp(hostPort(one, "dns"), "one")).isEqualTo("echo of one"));
        eventually(() -> assertThat(askUdp(hostPort(other, "dns"), "two")).isEqualTo("echo of two"));
    }

    @Test
    void aLinkedContainerIsFoundByItsAlias() {
        var task = AWS.run(AWS.define(
                server("mysql", 3306),
                shell("ghost", "until nc db 3306; do sleep 0.1; done").links("mysql:db")));

        eventually(() -> assertThat(AWS.output(task, "ghost")).contains("hello from mysql"));
    }

    @Test
    void aHostTaskUsesTheMachinesOwnNetwork() {
        var port = FreePort.next();
        var task = AWS.running(AWS.run(
                AWS.define(r -> r.networkMode("host"), server("web", port).portMappings(p -> p.containerPort(port)))));

        assertThat(container(task, "web").networkBindings())
                .containsExactly(binding(port, port, TransportProtocol.TCP));
        eventually(() -> assertThat(readFrom("127.0.0.1", port)).isEqualTo("hello from web\n"));
    }

    @Test
    void aTaskWithoutNetworkHasLoopbackAlone() {
        var task = AWS.stopped(AWS.run(AWS.define(r -> r.networkMode("none"), shell("alone", "ls /sys/class/net"))));

        assertThat(AWS.output(task, "alone")).containsExactly("lo");
        assertThat(container(task, "alone").networkBindings()).isEmpty();
    }

    @Test
    void theContainersOfAnAwsvpcTaskShareLocalhostAndItsAddress() {
        var task = AWS.running(
                AWS.runAwsvpc(
                        AWS.defineAwsvpc(
                                server("app", 8080).portMappings(p -> p.containerPort(8080)),
                                shell(
                                        "sidecar",
                                        "until nc 127.0.0.1 8080 2>/dev/null; do sleep 0.1; done; hostname; hostname -i; sleep 1000"))));

        var address = detail(task, "privateIPv4Address");
        assertThat(address).startsWith("172.31.");
        assertThat(detail(task, "privateDnsName")).isEqualTo("ip-" + address.replace('.', '-') + ".ec2.internal");
        assertThat(task.containers()).allSatisfy(c -> {
            assertThat(c.networkBindings()).isEmpty();
            assertThat(c.networkInterfaces()).singleElement().satisfies(i -> {
                assertThat(i.privateIpv4Address()).isEqualTo(address);
                assertThat(i.attachmentId())
                        .isEqualTo(task.attachments().getFirst().id());
            });
        });
        eventually(() -> assertThat(AWS.output(task, "sidecar"))
                .containsExactly("hello from app", detail(task, "privateDnsName"), address));
        eventually(() -> assertThat(readFrom(address, 8080)).isEqualTo("hello from app\n"));
    }

    @Test
    void anAwsvpcTaskShowsItsNetworkInterfaceInEc2AndGivesItBack() {
        var task = AWS.running(AWS.runAwsvpc(AWS.defineAwsvpc(endless("app"))));
        try (var ec2 = AWS.emulator().client(Ec2Client.builder())) {
            var id = detail(task, "networkInterfaceId");
            var shown = ec2.describeNetworkInterfaces(d -> d.networkInterfaceIds(id))
                    .networkInterfaces();

            var stopped = AWS.stop(task);

            assertThat(task.attachments().getFirst().status()).isEqualTo("ATTACHED");
            assertThat(shown).singleElement().satisfies(i -> {
                assertThat(i.privateIpAddress()).isEqualTo(detail(task, "privateIPv4Address"));
                assertThat(i.subnetId()).isEqualTo(detail(task, "subnetId"));
                assertThat(i.macAddress()).isEqualTo(detail(task, "macAddress"));
            });
            assertThat(stopped.attachments().getFirst().status()).isEqualTo("DELETED");
            assertThat(ec2.describeNetworkInterfaces(d -> d.filters(
                                    f -> f.name("network-interface-id").values(id)))
                            .networkInterfaces())
                    .isEmpty();
        }
    }

    @Test
    void tasksOfOneVpcReachOneAnotherAndThoseOfAnotherDoNot() {
        var server = AWS.running(AWS.runAwsvpc(AWS.defineAwsvpc(server("app", 8080))));
        var address = detail(server, "privateIPv4Address");
        var client = AWS.defineAwsvpc(shell("client", CALL.formatted(address)));
        var elsewhere = subnetOfAnotherVpc();

        var neighbour = AWS.runAwsvpc(client);
        var stranger = AWS.run(client, r -> r.networkConfiguration(network(List.of(elsewhere))));

        AWS.stopped(neighbour);
        assertThat(detail(AWS.stopped(stranger), "subnetId")).isEqualTo(elsewhere);
        assertThat(AWS.output(neighbour, "client")).containsExactly("hello from app");
        assertThat(AWS.output(stranger, "client")).containsExactly("nobody");
    }

    @Test
    void aSysctlOfTheNetworkHoldsForTheWholeTask() {
        var task = AWS.stopped(AWS.runAwsvpc(AWS.defineAwsvpc(
                endless("tuned")
                        .systemControls(s -> s.namespace("net.core.somaxconn").value("1234")),
                shell("other", "cat /proc/sys/net/core/somaxconn").essential(true))));

        assertThat(AWS.output(task, "other")).containsExactly("1234");
    }

    private static String subnetOfAnotherVpc() {
        try (var ec2 = AWS.emulator().client(Ec2Client.builder())) {
            var vpc = ec2.createVpc(v -> v.cidrBlock("10.77.0.0/16")).vpc();
            return ec2.createSubnet(s -> s.vpcId(vpc.vpcId()).cidrBlock("10.77.1.0/24"))
                    .subnet()
                    .subnetId();
        }
    }

    private static NetworkBinding binding(int containerPort, int hostPort, TransportProtocol protocol) {
        return NetworkBinding.builder()
                .bindIP("0.0.0.0")
                .containerPort(containerPort)
                .hostPort(hostPort)
                .protocol(protocol)
                .build();
    }

    private static int hostPort(Task task, String container) {
        return container(task, container).networkBindings().getFirst().hostPort();
    }

    private static String detail(Task task, String name) {
        return task.attachments().getFirst().details().stream()
                .filter(d -> d.name().equals(name))
                .map(KeyValuePair::value)
                .findFirst()
                .orElseThrow();
    }

    private static String readFrom(String address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
            socket.setSoTimeout(2_000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String askUdp(int port, String text) {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(500);
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
            var answer = new DatagramPacket(new byte[999], 999);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

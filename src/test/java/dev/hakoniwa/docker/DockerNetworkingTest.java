package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerSpec.Network;
import dev.hakoniwa.runtime.ContainerSpec.PortBinding;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.runtime.Containers.CommandResult;
import dev.hakoniwa.runtime.PublishedPort;
import dev.hakoniwa.runtime.SpecBuilder;
import dev.hakoniwa.runtime.Transport;
import dev.hakoniwa.testing.DockerTest;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Containers reach one another, and are reached, as tasks need it.
@DockerTest
final class DockerNetworkingTest extends DockerStory {
    @Test
    void containersThatJoinAPauseContainerReachOneAnotherOnLocalhost() {
        var pause = pause("one", 10);
        run(joining(pause, shell("server", "while :; do echo hello | nc -l -p 8080; done")));
        var client = joining(pause, shell("client", "until nc 127.0.0.1 8080; do sleep 0.1; done; hostname -i"));

        assertThat(textOf(client)).contains("hello", range() + ".10");
    }

    @Test
    void containersOfOneNetworkReachOneAnotherByTheirAddresses() {
        var one = pause("one", 10);
        var other = pause("other", 11);
        run(joining(one, shell("server", "while :; do echo hello | nc -l -p 8080; done")));
        var client = joining(other, shell("client", "until nc " + range() + ".10 8080; do sleep 0.1; done"));

        assertThat(textOf(client)).contains("hello");
    }

    @Test
    void theNamespaceStaysWhenAGuestEnds() {
        var pause = pause("one", 10);
        var guest = run(joining(pause, shell("guest", "exit 1")));

        eventually(() -> assertThat(containers().inspect(guest).status()).isEqualTo(Status.EXITED));

        assertThat(containers().inspect(pause).status()).isEqualTo(Status.RUNNING);
        assertThat(containers().inspect(pause).address()).isEqualTo(range() + ".10");
    }

    @Test
    void thePauseContainerEndsAtOnceWhenStopped() {
        var pause = pause("one", 10);

        var begin = System.nanoTime();
        containers().stop(pause, Duration.ofSeconds(30));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(containers().inspect(pause).exitCode()).isEqualTo(143);
    }

    @Test
    void thePauseContainerBuriesTheOrphansOfWhoSharesItsProcesses() {
        var pause = pause("one", 10);
        var guest = shell("guest", "(sleep 0.2 &) ; sleep 1; ps -o pid,stat,comm")
                .option("pidMode", "container:" + pause)
                .on(new Network.Joined(pause))
                .build();

        assertThat(textOf(guest))
                .anyMatch(line -> line.endsWith(" pause"))
                .noneMatch(line -> line.contains("Z"))
                .noneMatch(line -> line.contains("sleep"));
    }

    @Test
    void theAddressIsKeptWhenTheContainerIsStartedAgain() {
        var pause = pause("one", 10);
        containers().stop(pause, Duration.ofSeconds(10));

        containers().start(pause);

        assertThat(containers().inspect(pause).address()).isEqualTo(range() + ".10");
        var endpoint = known(inspect(pause).getNetworkSettings().getNetworks().get(name("net")));
        assertThat(known(endpoint.getIpamConfig()).getIpv4Address()).isEqualTo(range() + ".10");
    }

    @Test
    void aTcpPortIsReachedWhereItIsPublished() {
        var id = run(shell("server", "while :; do echo hello | nc -l -p 8080; done")
                .publishing(new PortBinding(8080, 0, Transport.TCP, "127.0.0.1"))
                .build());
        var port = onlyPort(id);

        eventually(() -> assertThat(readAll(port)).isEqualTo("hello\n"));
    }

    @Test
    void aUdpPortIsTakenOnTheHostWhereItIsPublished() {
        var id = run(endless("server")
                .publishing(new PortBinding(8080, 0, Transport.UDP, "127.0.0.1"))
                .build());
        var port = onlyPort(id);

        assertThat(port.transport()).isEqualTo(Transport.UDP);
        assertThat(port.containerPort()).isEqualTo(8080);
        assertThatThrownBy(() ->
                        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.hostPort())))
                .isInstanceOf(BindException.class);
    }

    @Test
    void aPauseContainerPublishesThePortsOfItsGuests() {
        networks().create(name("net"), range() + ".0/24", labels());
        var pause = run(SpecBuilder.from(ContainerSpec.of(name("pause"), images().pause(), labels()))
                .on(new Network.Attached(name("net"), range() + ".10"))
                .publishing(new PortBinding(8080, 0, Transport.TCP, "127.0.0.1"))
                .build());
        run(joining(pause, shell("server", "while :; do echo hello | nc -l -p 8080; done")));

        eventually(() -> assertThat(readAll(onlyPort(pause))).isEqualTo("hello\n"));
    }

    @Test
    void twentyTasksStartAtOnce() {
        networks().create(name("net"), range() + ".0/24", labels());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 20).forEach(number -> threads.execute(() -> startTask(number)));
        }

        assertThat(containers().list(labels()))
                .hasSize(40)
                .extracting(ContainerState::status)
                .containsOnly(Status.RUNNING);
        assertThat(containers().list(Map.of("pause", "")))
                .extracting(ContainerState::address)
                .contains(IntStream.range(0, 20)
                        .mapToObj(number -> range() + "." + (100 + number))
                        .toArray(String[]::new));
    }

    @Test
    void anAddressOfTheMachineIsReachedFromEveryNetworkWithTheContainersOwnAsTheSource() throws IOException {
        var task = pause("one", 10);
        networks().giveAddress(name("address"), "169.254.99.2", labels());
        try (var server = new ServerSocket(0, 5, InetAddress.getByName("169.254.99.2"))) {
            var script = "nc 169.254.99.2 " + server.getLocalPort() + " </dev/null";
            run(joining(task, shell("in-a-task", script)));
            assertThat(caller(server)).isEqualTo(range() + ".10");

            var onBridge = run(shell("on-the-bridge", script + "; sleep 1000").build());
            assertThat(caller(server)).isEqualTo(containers().inspect(onBridge).address());

            run(shell("on-the-host", script).on(new Network.Host()).build());
            assertThat(caller(server)).isEqualTo("169.254.99.2");
        }
    }

    @Test
    void aCommandOfTheMachineRunsInTheNetworkOfAContainer() {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may enter namespaces");
        var pause = pause("one", 10);

        var found = containers().runInNetworkOf(pause, List.of("cat", "/proc/net/fib_trie"));
        var failed = containers().runInNetworkOf(pause, List.of("sh", "-c", "echo no >&2; exit 3"));

        assertThat(found.exitCode()).isZero();
        assertThat(found.output()).contains(range() + ".10");
        assertThat(failed).isEqualTo(new CommandResult(3, "no\n"));
    }

    private static String caller(ServerSocket server) throws IOException {
        server.setSoTimeout(20_000);
        try (var socket = server.accept()) {
            return socket.getInetAddress().getHostAddress();
        }
    }

    private void startTask(int number) {
        var pause = run(SpecBuilder.from(ContainerSpec.of(name("pause-" + number), images().pause(), labels()))
                .labels(Map.of("dev.hakoniwa", labels().get("dev.hakoniwa"), "pause", ""))
                .on(new Network.Attached(name("net"), range() + "." + (100 + number)))
                .build());
        run(joining(pause, endless("task-" + number)));
    }

    private ContainerId pause(String name, int host) {
        if (networks().list(labels()).isEmpty()) {
            networks().create(name("net"), range() + ".0/24", labels());
        }
        return run(SpecBuilder.from(ContainerSpec.of(name("pause-" + name), images().pause(), labels()))
                .on(new Network.Attached(name("net"), range() + "." + host))
                .build());
    }

    private static ContainerSpec joining(ContainerId owner, SpecBuilder guest) {
        return guest.on(new Network.Joined(owner)).build();
    }

    private PublishedPort onlyPort(ContainerId id) {
        var ports = containers().inspect(id).ports();
        assertThat(ports).hasSize(1);
        return ports.getFirst();
    }

    private static String readAll(PublishedPort port) {
        try (var socket = new Socket(port.hostAddress(), port.hostPort())) {
            socket.setSoTimeout(2_000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

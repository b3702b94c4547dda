package dev.hakoniwa.app;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `hakoniwa relay`: in a container with the machine's network, it brings what comes to the tasks' address there to an
/// emulator whose container has a network of its own. A line of the PROXY protocol goes ahead and says who calls. It
/// ends when the emulator does.
final class Relay implements AutoCloseable {
    /// The variable that says where the emulator is, such as `172.17.0.2:40123`.
    static final String EMULATOR = "HAKONIWA_RELAY_TO";

    /// The variable that says what the relay is known by: an IPv6 address that nobody has, and nobody can guess.
    static final String PASSWORD = "HAKONIWA_RELAY_PASSWORD";

    /// The variable that names the ports to open, such as `80 4566`.
    static final String PORTS = "HAKONIWA_RELAY_PORTS";

    /// What begins the line that tells the ports, once they are open.
    static final String OPEN = "open: ";

    private static final int PATIENCE_MILLIS = 5_000;
    private static final int ANY_PORT = 0;

    private final InetSocketAddress emulator;
    private final InetAddress password;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("relay-", 0).factory());

    /// A connection on which nothing is asked, which ends when the emulator does.
    private final Socket life;

    /// @throws IOException if the emulator can't be reached
    Relay(InetSocketAddress emulator, InetAddress password) throws IOException {
        this.emulator = emulator;
        this.password = password;
        life = connect();
        introduce(life, life);
    }

    /// Carries until the emulator ends. What else is set is none of its business.
    ///
    /// @param environment the variables that an emulator has given it
    static int run(Map<String, String> environment) {
        try (var relay = of(environment)) {
            var ports = Stream.of(given(environment, PORTS).split(" ", -1));
            var doors = doors(TaskDoor.ADDRESS, ports.map(Integer::valueOf).toList());
            doors.forEach(relay::open);
            System.out.println(OPEN
                    + doors.stream()
                            .map(door -> String.valueOf(door.getLocalPort()))
                            .collect(Collectors.joining(" ")));
            relay.awaitEnd();
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            Main.complain("no relay: " + e.getMessage());
            return 1;
        }
    }

    private static Relay of(Map<String, String> environment) throws IOException {
        var emulator = given(environment, EMULATOR).split(":", -1);
        return new Relay(
                new InetSocketAddress(emulator[0], Integer.parseInt(emulator[emulator.length - 1])),
                InetAddress.ofLiteral(given(environment, PASSWORD)));
    }

    private static String given(Map<String, String> environment, String variable) {
        var value = environment.get(variable);
        if (value == null) {
            throw new IllegalArgumentException(
                    "an emulator in a container runs it by itself, and tells it " + variable);
        }
        return value;
    }

    /// A door at each of the ports that can be had, or one at some other port.
    static List<ServerSocket> doors(String address, List<Integer> ports) throws IOException {
        var at = InetAddress.ofLiteral(address);
        var doors = ports.stream()
                .distinct()
                .flatMap(port -> door(at, port).stream())
                .toList();
        return doors.isEmpty() ? List.of(new ServerSocket(ANY_PORT, 0, at)) : doors;
    }

    private static Optional<ServerSocket> door(InetAddress address, int port) {
        try {
            return Optional.of(new ServerSocket(port, 0, address));
        } catch (IOException _) {
            return Optional.empty(); // somebody has it, such as the engine itself a port that it publishes
        }
    }

    /// Lets callers in from now on. A door that fails ends the relay, which the emulator then starts anew.
    void open(ServerSocket door) {
        threads.execute(() -> {
            try (door) {
                while (true) {
                    var caller = door.accept();
                    threads.execute(() -> carry(caller));
                }
            } catch (IOException _) {
                end(life);
            }
        });
    }

    /// Waits until the emulator ends.
    void awaitEnd() {
        try {
            life.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // an end, too
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        end(life);
    }

    private void carry(Socket caller) {
        try (caller) {
            if (LinkLocal.isNear(caller.getInetAddress().getHostAddress(), TaskDoor.ADDRESS)) {
                bring(caller);
            }
        } catch (IOException _) {
            // who calls sees the connection end
        }
    }

    /// Carries both ways until the emulator has ended the connection.
    private void bring(Socket caller) throws IOException {
        try (var there = connect()) {
            introduce(there, caller);
            threads.execute(() -> copy(caller, there));
            there.getInputStream().transferTo(caller.getOutputStream());
        }
    }

    private static void copy(Socket caller, Socket there) {
        try {
            caller.getInputStream().transferTo(there.getOutputStream());
            there.shutdownOutput();
        } catch (IOException _) {
            end(there);
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(emulator, PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            end(socket);
            throw e;
        }
    }

    /// The password stands where the address that was called is looked for. All of the machine's addresses are one.
    private void introduce(Socket there, Socket caller) throws IOException {
        var address = caller.getInetAddress().getHostAddress();
        var line = "PROXY TCP6 ::ffff:%s %s %d %d\r\n"
                .formatted(
                        LinkLocal.isHere(address) ? TaskDoor.ADDRESS : address,
                        password.getHostAddress(),
                        caller.getPort(),
                        caller.getLocalPort());
        there.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // then it is closed
        }
    }
}

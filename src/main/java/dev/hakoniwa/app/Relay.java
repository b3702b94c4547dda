package dev.hakoniwa.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `hakoniwa relay`: runs in a container with the machine's network, and brings what comes to the tasks' address there
/// to
/// an emulator whose container has a network of its own. A line of the PROXY protocol goes ahead and says who calls.
final class Relay {
    /// The variable that says where the emulator is, such as `172.17.0.2:40123`.
    static final String EMULATOR = "HAKONIWA_RELAY_TO";

    /// What begins the line that tells the ports, once they are open.
    static final String OPEN = "open: ";

    private static final int PATIENCE_MILLIS = 5_000;

    private final InetSocketAddress emulator;
    private final Executor threads;

    Relay(InetSocketAddress emulator, Executor threads) {
        this.emulator = emulator;
        this.threads = threads;
    }

    /// Carries until it is ended.
    static int run(Settings settings) {
        var where = System.getenv(EMULATOR);
        if (where == null || !where.matches("[0-9.]+:[0-9]{1,5}")) {
            Main.complain("an emulator starts its relay itself: %s says where that is".formatted(EMULATOR));
            return 1;
        }
        var words = where.split(":", -1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var relay = new Relay(new InetSocketAddress(words[0], Integer.parseInt(words[1])), threads);
            var doors = Stream.of(TaskDoor.USUAL_PORT, settings.port())
                    .distinct()
                    .flatMap(port -> door(port).stream())
                    .toList();
            doors.forEach(relay::open);
            System.out.println(OPEN
                    + doors.stream()
                            .map(door -> String.valueOf(door.getLocalPort()))
                            .collect(Collectors.joining(" ")));
        }
        return 0;
    }

    private static Optional<ServerSocket> door(int port) {
        try {
            return Optional.of(new ServerSocket(port, 0, InetAddress.getByName(TaskDoor.ADDRESS)));
        } catch (IOException e) {
            Main.complain("%s:%d can't be bound: %s".formatted(TaskDoor.ADDRESS, port, e.getMessage()));
            return Optional.empty();
        }
    }

    /// Lets callers in from now on.
    void open(ServerSocket door) {
        threads.execute(() -> {
            while (!door.isClosed()) {
                try {
                    var caller = door.accept();
                    threads.execute(() -> carry(caller));
                } catch (IOException e) {
                    Main.complain("a caller is lost: " + e.getMessage());
                }
            }
        });
    }

    private void carry(Socket caller) {
        try (caller;
                var there = new Socket()) {
            if (!LinkLocal.isNear(caller.getInetAddress().getHostAddress(), TaskDoor.ADDRESS)) {
                return;
            }
            there.connect(emulator, PATIENCE_MILLIS);
            there.getOutputStream().write(introduction(caller).getBytes(StandardCharsets.US_ASCII));
            var answers = CompletableFuture.runAsync(() -> copy(there, caller), threads);
            copy(caller, there);
            answers.join();
        } catch (IOException _) {
            // nobody is there to be told but the caller, who sees its connection end
        }
    }

    private static String introduction(Socket caller) {
        return "PROXY TCP4 %s %s %d %d\r\n"
                .formatted(
                        caller.getInetAddress().getHostAddress(),
                        caller.getLocalAddress().getHostAddress(),
                        caller.getPort(),
                        caller.getLocalPort());
    }

    /// Copies until one side has ended its part; a connection that breaks ends as a whole.
    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException _) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // then it is closed
        }
    }
}

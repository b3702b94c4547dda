package dev.hakoniwa.proxy;

import io.vertx.core.Future;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Opens and closes listening sockets until they are those that are wanted. Passes run one after the other on the first
/// event loop.
final class Doors {
    static final String LOOPBACK = "127.0.0.1";
    static final String LOOPBACK_6 = "::1";
    private static final System.Logger LOG = System.getLogger(Doors.class.getName());

    private final Loops loops;
    private final Set<Integer> reserved;
    private final Map<Spot, Opening> open = new HashMap<>();
    private final Map<Spot, String> problems = new HashMap<>();
    private volatile Map<Spot, Gate> wanted = Map.of();
    private volatile State state = new State(Map.of(), Map.of());
    private Future<Void> last = Future.succeededFuture();

    /// An address and port that somebody wants to be reached at.
    record Spot(String host, int port) {
        @Override
        public String toString() {
            return new Address(host, port).toString();
        }
    }

    /// What the last pass left behind.
    record State(Map<Spot, Address> served, Map<Spot, String> problems) {}

    Doors(Loops loops, Set<Integer> reserved) {
        this.loops = loops;
        this.reserved = reserved;
    }

    State state() {
        return state;
    }

    /// Asks for exactly these spots. The future completes when all of them are served or have a problem.
    synchronized Future<Void> want(Map<Spot, Gate> spots) {
        wanted = new LinkedHashMap<>(spots);
        last = last.compose(_ -> loops.start())
                .compose(_ -> loops.first().call(this::pass))
                .onFailure(this::failed)
                .otherwiseEmpty();
        return last;
    }

    private Future<Void> pass() {
        var goal = wanted;
        var steps = Future.<Void>succeededFuture();
        for (var opening : List.copyOf(open.entrySet())) {
            if (opening.getValue().gate() != goal.get(opening.getKey())) {
                steps = steps.compose(_ -> close(opening.getKey(), opening.getValue()));
            }
        }
        problems.keySet().retainAll(goal.keySet());
        for (var spot : goal.entrySet()) {
            steps = steps.compose(_ -> open(spot.getKey(), spot.getValue()));
        }
        return steps.onComplete(_ -> publish());
    }

    private Future<Void> close(Spot spot, Opening opening) {
        open.remove(spot);
        return opening.close();
    }

    private Future<Void> open(Spot spot, Gate gate) {
        if (open.containsKey(spot) || (problems.containsKey(spot) && !isMain(spot))) {
            return Future.succeededFuture();
        }
        if (reserved.contains(spot.port())) {
            return openElsewhere(spot, gate, "port " + spot.port() + " is the emulator's own");
        }
        return Opening.open(loops.all(), spot.host(), spot.port(), gate)
                .onSuccess(opening -> open.put(spot, opening))
                .<Void>mapEmpty()
                .recover(problem -> openElsewhere(spot, gate, describe(spot, problem)));
    }

    /// The loopback address is served at whatever port there is; the other ones are given up.
    private Future<Void> openElsewhere(Spot spot, Gate gate, String problem) {
        if (!isMain(spot)) {
            told(spot, problem);
            return Future.succeededFuture();
        }
        return Opening.assigned(loops.all(), spot.host(), gate)
                .onSuccess(opening -> {
                    open.put(spot, opening);
                    told(spot, problem + "; served at " + opening.address() + " instead");
                })
                .onFailure(cause -> told(spot, problem + "; nor can any other port be bound: " + cause.getMessage()))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private void told(Spot spot, String problem) {
        if (!problem.equals(problems.put(spot, problem))) {
            LOG.log(System.Logger.Level.WARNING, problem);
        }
    }

    private void publish() {
        var served = new HashMap<Spot, Address>();
        open.forEach((spot, opening) -> served.put(spot, opening.address()));
        state = new State(Map.copyOf(served), Map.copyOf(problems));
    }

    private void failed(Throwable cause) {
        LOG.log(System.Logger.Level.ERROR, "the listeners could not be opened", cause);
    }

    private static boolean isMain(Spot spot) {
        return spot.host().equals(LOOPBACK);
    }

    private static String describe(Spot spot, Throwable problem) {
        var message = String.valueOf(problem.getMessage());
        var lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("in use")) {
            return spot + " is in use by another process";
        }
        if (lower.contains("permission denied")) {
            return spot + " may not be bound by this user";
        }
        return spot + " can't be bound: " + message;
    }

    /// Whether this machine has a loopback address of IPv6.
    static boolean hasLoopback6() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
        } catch (SocketException _) {
            return false;
        }
    }
}

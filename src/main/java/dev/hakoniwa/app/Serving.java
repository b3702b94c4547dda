package dev.hakoniwa.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/// `hakoniwa serve`: runs once the port is ours, which is when the emulator may begin, until it is told to end.
public final class Serving implements QuarkusApplication {
    private final Server server;

    @Inject
    Serving(Server server) {
        this.server = server;
    }

    @Override
    public int run(String... args) {
        Signals.heed();
        try {
            server.start();
        } catch (IOException e) {
            Main.complain(String.valueOf(e.getMessage()));
            return 1;
        }
        Quarkus.waitForExit();
        return 0;
    }

    /// Hears how Quarkus has ended: what kept it from starting, if it did not.
    static void ended(int exitCode, @Nullable Throwable failure) {
        if (failure != null) {
            Main.complain(reason(failure));
        }
        System.exit(exitCode);
    }

    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException) {
                return unbound(String.valueOf(cause.getMessage()));
            }
        }
        failure.printStackTrace();
        return "it could not start: " + failure;
    }

    private static String unbound(String reason) {
        var port = "port %s of %s"
                .formatted(System.getProperty("quarkus.http.port"), System.getProperty("quarkus.http.host"));
        if (reason.contains("in use")) {
            return port + " is in use: stop what listens there, or choose another port with --port or HAKONIWA_PORT";
        }
        return port + " can't be bound: "
                + reason.substring(reason.lastIndexOf(": ") + 1).strip();
    }
}

package dev.hakoniwa.proxy;

import dev.hakoniwa.proxy.http.HeadReader;
import dev.hakoniwa.proxy.http.Malformed;
import dev.hakoniwa.proxy.http.Response;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Health checks over real sockets, each on a connection of its own.
final class SocketProbes implements Probes {
    private final Loops loops;

    SocketProbes(Loops loops) {
        this.loops = loops;
    }

    @Override
    public CompletionStage<Probe.Result> send(Probe probe) {
        var result = new CompletableFuture<Probe.Result>();
        loops.start().onComplete(started -> {
            if (started.failed()) {
                result.complete(new Probe.Result.Failed(reason(started.cause())));
            } else {
                loops.first().run(() -> new Attempt(probe, result).start());
            }
        });
        return result;
    }

    private static String reason(Throwable cause) {
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private final class Attempt {
        private final Probe probe;
        private final CompletableFuture<Probe.Result> result;
        private final Loop loop = loops.first();
        private final HeadReader heads = HeadReader.ofResponses();
        private @Nullable NetSocket socket;
        private long timer;

        Attempt(Probe probe, CompletableFuture<Probe.Result> result) {
            this.probe = probe;
            this.result = result;
        }

        void start() {
            timer = loop.timer(probe.timeout().toMillis(), () -> finish(new Probe.Result.TimedOut()));
            var overTls = probe instanceof Probe.Http http && http.tls();
            loop.connect(probe.address(), overTls).onComplete(connected -> {
                if (connected.succeeded()) {
                    connected(connected.result());
                } else {
                    finish(new Probe.Result.Failed(reason(connected.cause())));
                }
            });
        }

        private void connected(NetSocket connection) {
            socket = connection;
            if (result.isDone()) {
                Sockets.abort(connection);
                return;
            }
            switch (probe) {
                case Probe.Tcp _ -> finish(new Probe.Result.Connected());
                case Probe.Http http -> ask(http, connection);
            }
        }

        private void ask(Probe.Http http, NetSocket connection) {
            connection.handler(this::received);
            connection.exceptionHandler(_ -> {});
            connection.endHandler(_ -> finish(new Probe.Result.Failed("closed without an answer")));
            var output = loop.output();
            output.text("GET ").text(http.path()).text(" HTTP/1.1").newLine();
            output.line("Host", http.host());
            output.line("Connection", "close");
            output.line("User-Agent", "ELB-HealthChecker/2.0");
            output.line("Accept-Encoding", "gzip, compressed").newLine();
            var _ = connection.write(output.toBuffer());
        }

        private void received(Buffer buffer) {
            try {
                for (var at = 0; at < buffer.length() && !result.isDone(); ) {
                    at = heads.take(buffer, at);
                    var head = heads.next();
                    if (head != null) {
                        answered(Response.of(head));
                    }
                }
            } catch (Malformed e) {
                finish(new Probe.Result.Failed(reason(e)));
            }
        }

        private void answered(Response response) {
            if (!response.isInterim()) {
                finish(new Probe.Result.Answered(response.status()));
            }
        }

        private void finish(Probe.Result outcome) {
            loop.cancel(timer);
            if (socket != null) {
                Sockets.abort(socket);
            }
            result.complete(outcome);
        }
    }
}

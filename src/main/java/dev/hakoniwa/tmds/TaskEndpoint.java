package dev.hakoniwa.tmds;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.Agent;
import dev.hakoniwa.iam.Roles;
import dev.hakoniwa.tmds.Endpoints.Readings;
import dev.hakoniwa.tmds.Endpoints.Requests;
import dev.hakoniwa.tmds.fault.Faults;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/// Metadata, credentials and the rest that a task finds at 169.254.170.2, over HTTP.
public final class TaskEndpoint implements Handler<HttpServerRequest> {
    private static final Logger LOG = Logger.getLogger(TaskEndpoint.class);
    private static final int LARGEST_BODY = 64 * 1024;

    private final Endpoints endpoints;
    private final Introspection introspection;
    private final Foundation foundation;

    /// @param nanos the world's time, as [System#nanoTime] tells it
    public TaskEndpoint(Foundation foundation, Agent agent, Roles roles, LongSupplier nanos) {
        this.foundation = foundation;
        introspection = new Introspection(new Throttle(nanos), agent);
        endpoints = new Endpoints(
                new Throttle(nanos),
                new Callers(agent),
                new TaskCredentials(foundation, agent, roles),
                new Readings(new Metadata(foundation.clock(), agent), new Statistics(agent)),
                new Requests(new Faults(agent), new Protection(agent)));
    }

    /// Whether a path is one of these; all others are the API's.
    public static boolean serves(String path) {
        return Ask.isFor(path);
    }

    /// Takes a request on the event loop, and answers it from a thread of its own.
    @Override
    public void handle(HttpServerRequest request) {
        handle(request, endpoints::answer);
    }

    /// What the agent tells at its own port, likewise.
    public void introspect(HttpServerRequest request) {
        handle(request, introspection::answer);
    }

    private void handle(HttpServerRequest request, Function<Ask, Answer> answers) {
        var context = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() > LARGEST_BODY) {
                request.handler(null);
                send(request, new Answer(413, Map.of("Connection", "close"), ""));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(_ -> {
            if (!request.response().ended()) {
                var ask = ask(request, body);
                foundation.background().run("task endpoint " + ask.path(), () -> {
                    var answer = answer(ask, answers);
                    context.runOnContext(_ -> send(request, answer));
                });
            }
        });
    }

    Answer answer(Ask ask) {
        return answer(ask, endpoints::answer);
    }

    Answer introspection(Ask ask) {
        return answer(ask, introspection::answer);
    }

    private static Answer answer(Ask ask, Function<Ask, Answer> answers) {
        try {
            return answers.apply(ask);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s %s of %s failed", ask.method(), ask.path(), ask.source());
            return Answer.error(500, "InternalServerError");
        }
    }

    private static Ask ask(HttpServerRequest request, Buffer body) {
        var path = request.path();
        return new Ask(
                source(request.remoteAddress()),
                request.method().name(),
                path != null && path.startsWith("/") ? path : "/",
                query(request),
                body.toString());
    }

    private static Map<String, String> query(HttpServerRequest request) {
        var query = new HashMap<String, String>();
        request.params().forEach((name, value) -> query.putIfAbsent(name, value));
        return query;
    }

    /// A relay tells an IPv4 address as one of IPv6.
    private static String source(SocketAddress caller) {
        return InetAddress.ofLiteral(caller.hostAddress()).getHostAddress();
    }

    private static void send(HttpServerRequest request, Answer answer) {
        var response = request.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.end(answer.body());
    }
}

package dev.hakoniwa.ecr.registry;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.core.Background;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecr.Ecr;
import dev.hakoniwa.ecr.registry.RequestBody.ClientGone;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/// The registry: answers every request under /v2/ of a Vert.x server.
public final class Registry implements Handler<HttpServerRequest> {
    private static final Logger LOG = Logger.getLogger(Registry.class);

    private final Background background;
    private final Authentication authentication;
    private final Manifests manifests;
    private final Blobs blobs;
    private final UploadSessions uploads;
    private final Listings listings;

    public Registry(Ecr ecr) {
        this.background = ecr.foundation().background();
        this.authentication = new Authentication(ecr.tokens());
        this.manifests = new Manifests(ecr);
        this.blobs = new Blobs(ecr);
        this.uploads = new UploadSessions(ecr);
        this.listings = new Listings(ecr);
    }

    /// Takes a request on the event loop, before its body has been read, and answers it from a thread of its own.
    @Override
    public void handle(HttpServerRequest request) {
        var context = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
        var body = new RequestBody(request, context);
        background.run("registry " + request.method() + " " + request.path(), () -> answer(request, body, context));
    }

    private void answer(HttpServerRequest request, RequestBody body, Context context) {
        try {
            var answer = answer(request, body).with("Docker-Distribution-Api-Version", "registry/2.0");
            context.runOnContext(_ -> Reply.send(request, body, answer));
        } catch (ClientGone _) {
            LOG.debugf("%s %s: the client went away", request.method(), request.path());
            context.runOnContext(_ -> request.connection().close());
        }
    }

    private Answer answer(HttpServerRequest request, RequestBody body) throws ClientGone {
        try {
            return respond(request, body);
        } catch (RegistryError error) {
            return Reply.error(error);
        } catch (AwsError error) {
            return Reply.error(RegistryError.of(error));
        } catch (ClientGone gone) {
            throw gone;
        } catch (IOException e) {
            LOG.warnf("%s %s failed: %s", request.method(), request.path(), e);
            return Reply.error(RegistryError.storageFailed());
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s %s failed", request.method(), request.path());
            return Reply.error(RegistryError.failed());
        }
    }

    private Answer respond(HttpServerRequest request, RequestBody body) throws IOException {
        mustHaveReadableParameters(request);
        var route = Route.of(Route.path(request));
        var registry = registry(request, route);
        return registry.isEmpty()
                ? Authentication.challenge(request)
                : respond(new Exchange(request, body, registry.get()), route.orElseThrow(RegistryError::nowhere));
    }

    private static void mustHaveReadableParameters(HttpServerRequest request) {
        try {
            var _ = request.params();
        } catch (IllegalArgumentException _) {
            throw RegistryError.malformed("The request's parameters are malformed");
        }
    }

    private Optional<Scope> registry(HttpServerRequest request, Optional<Route> route) {
        return route.flatMap(to -> authentication.signedRegistry(request, to))
                .or(() -> authentication.registry(request));
    }

    private Answer respond(Exchange exchange, Route route) throws IOException {
        return switch (route) {
            case Route.Root() -> root(exchange);
            case Route.Catalog() -> listings.catalog(exchange);
            case Route.Tags tags -> listings.tags(exchange, tags);
            case Route.Referrers referrers -> listings.referrers(exchange, referrers);
            case Route.Manifest manifest -> manifests.answer(exchange, manifest);
            case Route.Blob blob -> blobs.answer(exchange, blob);
            case Route.Uploads all -> uploads.begin(exchange, all);
            case Route.Session session -> uploads.answer(exchange, session);
        };
    }

    private static Answer root(Exchange exchange) {
        if (!exchange.method().equals("GET") && !exchange.isHead()) {
            throw RegistryError.unsupported();
        }
        return Answer.json(200, "{}");
    }
}

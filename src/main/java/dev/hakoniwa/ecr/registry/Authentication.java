package dev.hakoniwa.ecr.registry;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecr.RegistryAddress;
import dev.hakoniwa.ecr.Tokens;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Lets in who has a token of ours, or an address that we signed.
final class Authentication {
    private static final String EXPIRED = "Your authorization token has expired. Reauthenticate and try again.";

    private final Tokens tokens;

    Authentication(Tokens tokens) {
        this.tokens = tokens;
    }

    /// The registry that the request is for, unless a name says another; empty if its sender is unknown.
    Optional<Scope> registry(HttpServerRequest request) {
        var host = RegistryAddress.registryOfHost(host(request));
        return switch (tokens.check(password(request).orElse(""))) {
            case Tokens.Worth.Valid(var registry) -> Optional.of(host.orElse(registry));
            case Tokens.Worth.Expired() -> throw RegistryError.denied(EXPIRED);
            case Tokens.Worth.Invalid() -> Optional.empty();
        };
    }

    /// The registry of an address that was signed for download; empty for an address that wasn't meant so.
    Optional<Scope> signedRegistry(HttpServerRequest request, Route route) {
        var expires = request.getParam("Expires");
        var signature = request.getParam("Signature");
        if (!(route instanceof Route.Blob blob) || expires == null || signature == null) {
            return Optional.empty();
        }
        if (!tokens.isSigned(Route.path(request), expires, signature)) {
            throw RegistryError.denied("Request has expired, or its signature does not match");
        }
        return RegistryAddress.repository(blob.name()).map(repository -> repository.scope());
    }

    /// What a client without a token is told.
    static Answer challenge(HttpServerRequest request) {
        var host = host(request).replaceAll("[^A-Za-z0-9.:\\[\\]-]", "");
        return Answer.text(401, "text/plain; charset=utf-8", "Not Authorized")
                .with("Www-Authenticate", "Basic realm=\"https://%s/\",service=\"ecr.amazonaws.com\"".formatted(host));
    }

    private static String host(HttpServerRequest request) {
        return Optional.ofNullable(request.authority())
                .map(HostAndPort::toString)
                .orElse("");
    }

    private static Optional<String> password(HttpServerRequest request) {
        var header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            var decoded = Base64.getDecoder().decode(header.substring(6).strip());
            var login = new String(decoded, StandardCharsets.UTF_8);
            return login.startsWith("AWS:") ? Optional.of(login.substring(4)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

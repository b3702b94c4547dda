package dev.hakoniwa.ecr;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.runtime.Images.Login;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds images of this registry under every name that AWS and we have for it.
final class EngineImages implements ImageResolver {
    private static final Pattern REFERENCE =
            Pattern.compile("([^/]+)/(.+?)(:[\\w][\\w.-]{0,127})?(@sha256:[a-f0-9]{64})?");
    private static final Pattern AWS_HOST = Pattern.compile(
            "(\\d{12})\\.dkr(?:\\.ecr(?:-fips)?\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?|-ecr(?:-fips)?\\.([a-z0-9-]+)\\.on\\.aws)");

    private final RegistryAddress address;
    private final Tokens tokens;

    EngineImages(RegistryAddress address, Tokens tokens) {
        this.address = address;
        this.tokens = tokens;
    }

    @Override
    public Optional<Source> resolve(String image) {
        var reference = REFERENCE.matcher(image);
        if (!reference.matches()) {
            return Optional.empty();
        }
        var path = reference.group(2);
        var version = orEmpty(reference.group(3)) + orEmpty(reference.group(4));
        return repository(reference.group(1), path).map(repository -> source(repository, version));
    }

    private Optional<RepositoryKey> repository(String host, String path) {
        return registryOf(host)
                .map(registry -> new RepositoryKey(registry, path))
                .or(() -> isOurs(host) ? RegistryAddress.repository(path) : Optional.empty())
                .filter(repository -> Constraints.isRepositoryName(repository.name()));
    }

    private Optional<Scope> registryOf(String host) {
        var aws = AWS_HOST.matcher(host);
        if (aws.matches()) {
            var region = aws.group(2) == null ? aws.group(3) : aws.group(2);
            return RegistryAddress.registry("%s.dkr.ecr.%s".formatted(aws.group(1), region));
        }
        return host.endsWith(":" + address.port()) ? RegistryAddress.registryOfHost(host) : Optional.empty();
    }

    private boolean isOurs(String host) {
        return host.equals(address.host() + ":" + address.port())
                || host.equals("localhost:" + address.port())
                || host.equals("127.0.0.1:" + address.port());
    }

    private Source source(RepositoryKey repository, String version) {
        var password = tokens.issue(repository.scope()).password();
        return new Source(address.uri(repository) + version, new Login("AWS", password));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}

package dev.hakoniwa.ecr;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where the registry is reached, and how it is spelled.
///
/// All registries share one address that every machine resolves and Docker trusts without TLS, so the account and the
/// region that AWS has in the host name come first in the path: `localhost:4566/000000000000.dkr.ecr.us-east-1/shop`.
public record RegistryAddress(String host, int port) {
    private static final Pattern REGISTRY = Pattern.compile("(\\d{12})\\.dkr\\.ecr\\.([a-z0-9][a-z0-9-]{0,62})");

    public String uri(RepositoryKey repository) {
        return "%s:%d/%s/%s".formatted(host, port, prefix(repository.scope()), repository.name());
    }

    /// What a path begins with that names its registry.
    public String prefix(Scope registry) {
        return "%s.dkr.ecr.%s".formatted(registry.account(), registry.region());
    }

    public String endpoint() {
        return "http://%s:%d".formatted(host, port);
    }

    /// The registry that `ACCOUNT.dkr.ecr.REGION` names.
    public static Optional<Scope> registry(String text) {
        var registry = REGISTRY.matcher(text);
        if (!registry.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Scope(new AccountId(registry.group(1)), new Region(registry.group(2))));
    }

    /// The repository that a path means whose first part names its registry.
    public static Optional<RepositoryKey> repository(String path) {
        var slash = path.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : registry(path.substring(0, slash))
                        .map(registry -> new RepositoryKey(registry, path.substring(slash + 1)));
    }

    /// The registry that a host name begins with, as in `ACCOUNT.dkr.ecr.REGION.localhost:4566`.
    public static Optional<Scope> registryOfHost(String hostHeader) {
        var labels = hostHeader.split("[.:]", 5);
        return labels.length == 5
                ? registry(String.join(".", labels[0], labels[1], labels[2], labels[3]))
                : Optional.empty();
    }
}

package dev.hakoniwa.ecr.registry;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecr.Constraints;
import dev.hakoniwa.ecr.RegistryAddress;
import dev.hakoniwa.ecr.RepositoryKey;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/// One request to the registry, and who sent it.
///
/// @param registry the registry that is meant where a name doesn't say another
record Exchange(HttpServerRequest request, RequestBody body, Scope registry) {

    String method() {
        return request.method().name();
    }

    boolean isHead() {
        return method().equals("HEAD");
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(request.getParam(name));
    }

    List<String> parameters(String name) {
        return request.params().getAll(name);
    }

    /// The repository that a name in a path means: with `ACCOUNT.dkr.ecr.REGION/` before it or without.
    RepositoryKey repository(String name) {
        var repository = RegistryAddress.repository(name).orElseGet(() -> new RepositoryKey(registry, name));
        if (!Constraints.isRepositoryName(repository.name())) {
            throw RegistryError.nameInvalid();
        }
        return repository;
    }

    /// The number of bytes that are announced; empty if the client doesn't say.
    Optional<Long> contentLength() {
        return header("Content-Length")
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong);
    }
}

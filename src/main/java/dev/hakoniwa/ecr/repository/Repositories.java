package dev.hakoniwa.ecr.repository;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecr.Constraints;
import dev.hakoniwa.ecr.Errors;
import dev.hakoniwa.ecr.RepositoryKey;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.Repository;

/// The repositories. Only touched inside a step.
public final class Repositories {
    private final Table<Repository> rows;

    public Repositories(Tables tables) {
        this.rows = tables.table("repository");
    }

    public Optional<Repository> find(RepositoryKey key) {
        return rows.find(key.scope(), key.name());
    }

    /// The repository, which must be there.
    public Repository get(RepositoryKey key) {
        return find(key).orElseThrow(() -> Errors.repositoryNotFound(key));
    }

    /// The key of the repository that an operation names, which must be there.
    public RepositoryKey named(Call call, @Nullable String registryId, @Nullable String repositoryName) {
        var key = Constraints.repository(call, registryId, repositoryName);
        mustExist(key);
        return key;
    }

    public void mustExist(RepositoryKey key) {
        if (!rows.contains(key.scope(), key.name())) {
            throw Errors.repositoryNotFound(key);
        }
    }

    /// Every repository of the registry, by name.
    public List<Repository> all(Scope registry) {
        return rows.all(registry);
    }

    Repository put(RepositoryKey key, Repository repository) {
        return rows.put(key.scope(), key.name(), repository);
    }

    Repository update(RepositoryKey key, UnaryOperator<Repository> change) {
        return rows.update(key.scope(), key.name(), change);
    }

    void remove(RepositoryKey key) {
        rows.remove(key.scope(), key.name());
    }
}

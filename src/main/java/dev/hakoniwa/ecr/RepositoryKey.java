package dev.hakoniwa.ecr;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;

/// Which repository: its name, and the account and region of its registry.
public record RepositoryKey(Scope scope, String name) {
    public String registryId() {
        return scope.account().value();
    }

    public Arn arn() {
        return scope.arn("ecr", "repository/" + name);
    }

    /// The key of a row of this repository's. No name holds a colon or an `@`, so one is never another's prefix.
    public String row(String separator, Object what) {
        return name + separator + what;
    }
}

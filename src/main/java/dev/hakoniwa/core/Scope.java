package dev.hakoniwa.core;

import org.jspecify.annotations.Nullable;

/// The account and region that state belongs to; scopes don't see one another.
///
/// It spells its equality out, as its parts and the other keys of hot maps do: native-image interprets the method
/// handles behind a record's own `equals`, which takes hundreds of times as long.
public record Scope(AccountId account, Region region) {
    public Arn arn(String service, String resource) {
        return new Arn("aws", service, region.name(), account.value(), resource);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Scope scope && account.equals(scope.account) && region.equals(scope.region);
    }

    @Override
    public int hashCode() {
        return 31 * account.hashCode() + region.hashCode();
    }
}

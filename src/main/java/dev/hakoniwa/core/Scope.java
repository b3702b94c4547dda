package dev.hakoniwa.core;

/// The account and region that state belongs to; scopes don't see one another.
public record Scope(AccountId account, Region region) {
    public Arn arn(String service, String resource) {
        return new Arn("aws", service, region.name(), account.value(), resource);
    }
}

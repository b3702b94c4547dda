package dev.hakoniwa.aws;

import dev.hakoniwa.core.Scope;

/// Tells who sends a request and for which account and region it is, from its signature.
public final class Callers {
    private final Scope usual;
    private final Credentials credentials;

    /// @param usual the region of requests without a signature
    public Callers(Scope usual, Credentials credentials) {
        this.usual = usual;
        this.credentials = credentials;
    }

    /// Takes every access key for a root key: that of the account it spells, or that of the usual one.
    public static Callers of(Scope usual) {
        return new Callers(usual, Credentials.rootOfAccounts(usual.account()));
    }

    Call call(WireRequest request, String requestId) {
        var signature = Signature.of(request);
        var key = signature.map(Signature::accessKeyId).orElse("");
        var region = signature.map(Signature::region).orElse(usual.region());
        var caller = credentials.find(key);
        return new Call(new Scope(caller.account(), region), key, caller.principal(), requestId);
    }
}

package dev.hakoniwa.aws;

import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Tells who sends a request and for which account and region it is, from its signature.
public final class Callers {
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+){1,2}-\\d");

    private final Scope usual;
    private final Credentials credentials;

    /// @param usual where requests go whose signature, or the host in its stead, names no region
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
        var region = signature.map(Signature::region).or(() -> ofHost(request)).orElse(usual.region());
        var caller = credentials.find(key);
        var host = request.header("host").orElse("");
        return new Call(new Scope(caller.account(), region), key, caller.principal(), requestId, host);
    }

    private static Optional<Region> ofHost(WireRequest request) {
        return Stream.of(request.header("host").orElse("").split("\\.", -1))
                .filter(label -> REGION.matcher(label).matches())
                .map(Region::new)
                .findFirst();
    }
}

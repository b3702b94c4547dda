package dev.hakoniwa.secrets.manager;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every secret, and how one is found: by its name, its ARN, or its ARN without the six characters at the end.
final class Secrets {
    static final String SERVICE = "secretsmanager";

    private static final Pattern RANDOM_END = Pattern.compile("-[a-zA-Z0-9]{6}$");
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Foundation foundation;
    private final Table<Secret> rows;

    Secrets(Foundation foundation) {
        this.foundation = foundation;
        rows = foundation.tables().table("secret");
    }

    Instant now() {
        return foundation.clock().instant();
    }

    /// Reads are only known by their day.
    Instant today() {
        return now().truncatedTo(ChronoUnit.DAYS);
    }

    String newVersionId(@Nullable String clientRequestToken) {
        new Constraints()
                .length("clientRequestToken", clientRequestToken, 32, 64)
                .check(Errors::validation);
        return clientRequestToken == null ? foundation.ids().uuid() : clientRequestToken;
    }

    String newArn(Call call, String name) {
        var end = foundation.ids().characters(ALPHANUMERIC, 6);
        return call.arn(SERVICE, "secret:" + name + "-" + end).toString();
    }

    String random(String alphabet, int length) {
        return foundation.ids().characters(alphabet, length);
    }

    Secret put(Scope scope, Secret secret) {
        return rows.put(scope, secret.name(), secret);
    }

    void remove(Scope scope, Secret secret) {
        rows.remove(scope, secret.name());
    }

    /// The secrets that are there, those included that are marked for deletion.
    List<Secret> all(Scope scope) {
        var now = now();
        return rows.where(scope, secret -> !secret.isGone(now));
    }

    Secret meant(Scope scope, @Nullable String id) {
        var sent = Errors.present(id, "secretId");
        new Constraints().length("secretId", sent, 1, 2048).check(Errors::validation);
        return find(scope, sent).orElseThrow(Errors::secretNotFound);
    }

    /// The secret that is meant, which must not be marked for deletion.
    Secret kept(Scope scope, @Nullable String id) {
        var secret = meant(scope, id);
        if (secret.isGoing()) {
            throw Errors.markedForDeletion();
        }
        return secret;
    }

    Optional<Secret> find(Scope scope, String id) {
        var now = now();
        var byArn = Arn.parse(id)
                .filter(arn -> arn.service().equals(SERVICE) && arn.isIn(scope))
                .map(Arn::resourceId);
        return byArn.map(resource -> named(scope, id, resource))
                .orElseGet(() -> rows.find(scope, id))
                .filter(secret -> !secret.isGone(now));
    }

    private Optional<Secret> named(Scope scope, String arn, String resource) {
        var whole = rows.find(scope, RANDOM_END.matcher(resource).replaceFirst(""))
                .filter(secret -> secret.arn().equals(arn));
        return Stream.of(whole, rows.find(scope, resource))
                .flatMap(Optional::stream)
                .findFirst();
    }
}

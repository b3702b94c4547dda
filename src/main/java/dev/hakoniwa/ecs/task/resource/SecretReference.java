package dev.hakoniwa.ecs.task.resource;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import java.util.Optional;

/// Where `valueFrom` says that a value is.
sealed interface SecretReference {
    /// A secret of Secrets Manager, or one member of its JSON.
    ///
    /// @param arn the secret's
    /// @param jsonKey empty for the whole secret
    /// @param stage empty for AWSCURRENT, or whatever the version has
    /// @param versionId empty for the one that the stage leads to
    record AsmSecret(Scope scope, String arn, String jsonKey, String stage, String versionId)
            implements SecretReference {}

    /// A parameter of the Parameter Store.
    ///
    /// @param name as it was given: its name or ARN
    /// @param arn on which permission is needed
    record SsmParameter(Scope scope, String name, String arn) implements SecretReference {}

    /// Reads `valueFrom`; empty if it has parts too many. A plain name is a parameter's in the task's own region.
    static Optional<SecretReference> of(Scope own, String valueFrom) {
        var arn = Arn.parse(valueFrom);
        if (arn.isEmpty()) {
            var name = valueFrom.startsWith("/") ? valueFrom.substring(1) : valueFrom;
            var full = own.arn("ssm", "parameter/" + name).toString();
            return Optional.of(new SsmParameter(own, valueFrom, full));
        }
        var scope = scope(own, arn.get());
        return arn.get().service().equals("ssm")
                ? Optional.of(new SsmParameter(scope, valueFrom, valueFrom))
                : asmSecret(scope, valueFrom);
    }

    private static Optional<SecretReference> asmSecret(Scope scope, String valueFrom) {
        var parts = valueFrom.split(":", -1);
        if (parts.length == 7) {
            return Optional.of(new AsmSecret(scope, valueFrom, "", "", ""));
        }
        if (parts.length != 10) {
            return Optional.empty();
        }
        var secret = valueFrom.substring(
                0, valueFrom.length() - parts[7].length() - parts[8].length() - parts[9].length() - 3);
        return Optional.of(new AsmSecret(scope, secret, parts[7], parts[8], parts[9]));
    }

    private static Scope scope(Scope own, Arn arn) {
        return AccountId.isAccountId(arn.account()) && Region.isRegion(arn.region())
                ? new Scope(new AccountId(arn.account()), new Region(arn.region()))
                : own;
    }
}

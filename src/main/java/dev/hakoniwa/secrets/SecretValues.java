package dev.hakoniwa.secrets;

import dev.hakoniwa.core.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What other services ask about secrets. It may be asked outside of any step.
public interface SecretValues {
    /// The text of a secret of Secrets Manager, which is empty if the secret holds bytes. Throws Secrets Manager's
    /// error if there is no such secret or version.
    ///
    /// @param id the secret's name or ARN
    /// @param versionId null for the version that the label leads to
    /// @param stage a version's label; null for AWSCURRENT, or for whatever labels the version has
    String secret(Scope scope, String id, @Nullable String versionId, @Nullable String stage);

    /// The decrypted value of a parameter of the Parameter Store.
    ///
    /// @param name its name or ARN, with `:version` or `:label` behind it if another version than the latest is meant
    Optional<String> parameter(Scope scope, String name);
}

package dev.hakoniwa.secrets;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Service;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.secrets.manager.SecretStore;
import dev.hakoniwa.secrets.parameter.ParameterStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Secrets Manager and the Parameter Store, put together.
public final class SecretStores implements SecretValues {
    public static final Service SECRETS_MANAGER = SecretStore.SERVICE;
    public static final Service PARAMETER_STORE = ParameterStore.SERVICE;

    private final Tables tables;
    private final SecretStore secretsManager;
    private final ParameterStore parameterStore;

    public SecretStores(Foundation foundation) {
        tables = foundation.tables();
        secretsManager = new SecretStore(foundation);
        parameterStore = new ParameterStore(foundation);
    }

    public Operations secretsManagerOperations() {
        return secretsManager.operations();
    }

    public Operations parameterStoreOperations() {
        return parameterStore.operations();
    }

    @Override
    public String secret(Scope scope, String id, @Nullable String versionId, @Nullable String stage) {
        return tables.write(() -> secretsManager.text(scope, id, versionId, stage));
    }

    @Override
    public Optional<String> parameter(Scope scope, String name) {
        return tables.write(() -> parameterStore.value(scope, name));
    }
}

package dev.hakoniwa.aws;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A service that answers here; its table of operations is built when it is first called.
final class Hosted {
    private final Service service;
    private final Supplier<Operations> source;
    private volatile @Nullable Operations operations;

    Hosted(Service service, Supplier<Operations> source) {
        this.service = service;
        this.source = source;
    }

    Service service() {
        return service;
    }

    Operations operations() {
        var known = operations;
        return known != null ? known : build();
    }

    private synchronized Operations build() {
        var known = operations;
        if (known == null) {
            known = source.get();
            operations = known;
        }
        return known;
    }
}

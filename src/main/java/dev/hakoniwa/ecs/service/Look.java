package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Foundation;
import java.time.Instant;
import java.util.function.UnaryOperator;

/// One look at a service: what it has made of the service so far.
final class Look {
    private final Foundation foundation;
    private final Instant now;
    private LiveService service;

    Look(Foundation foundation, LiveService service) {
        this.foundation = foundation;
        this.now = foundation.clock().instant();
        this.service = service;
    }

    Instant now() {
        return now;
    }

    LiveService service() {
        return service;
    }

    ServiceKey key() {
        return service.key();
    }

    void change(UnaryOperator<LiveService> change) {
        service = change.apply(service);
    }

    /// Adds an event about the service, `text` being what follows its name.
    void tell(String text) {
        service = service.tell(foundation.ids().uuid(), now, "(service %s) %s".formatted(service.key(), text));
    }

    /// Adds an event about a state that lasts, unless it has been told of lately.
    void tellOnce(String text) {
        if (!service.hasToldOf("(service %s) %s".formatted(service.key(), text), now)) {
            tell(text);
        }
    }

    void tellOfTaskSet(String deploymentId, String text) {
        var message = "(service %s, taskSet %s) %s".formatted(service.key(), deploymentId, text);
        service = service.tell(foundation.ids().uuid(), now, message);
    }
}

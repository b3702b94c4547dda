package dev.hakoniwa.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Tells facts that have happened to whoever wants to know. Nothing may depend on a listener being there.
public final class Events {
    private final List<Listener<?>> listeners = new CopyOnWriteArrayList<>();

    public <E> void on(Class<E> type, Consumer<? super E> listener) {
        listeners.add(new Listener<>(type, listener));
    }

    public void tell(Object event) {
        listeners.forEach(listener -> listener.hear(event));
    }

    private record Listener<E>(Class<E> type, Consumer<? super E> consumer) {
        void hear(Object event) {
            if (type.isInstance(event)) {
                consumer.accept(type.cast(event));
            }
        }
    }
}

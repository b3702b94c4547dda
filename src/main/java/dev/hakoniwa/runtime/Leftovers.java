package dev.hakoniwa.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Removes what an emulator has made in the engine and does not need any more, found by its [Labels]: containers first,
/// then networks and volumes. What can't be removed is told, and keeps nothing else from being removed.
public final class Leftovers {
    private final Engine engine;

    public Leftovers(Engine engine) {
        this.engine = engine;
    }

    /// Removes what earlier instances on this port have left, whatever ended them.
    public Removed removeEarlier(String instance, int port) {
        var ofPort = Map.of(Labels.INSTANCE, "", Labels.PORT, Integer.toString(port));
        var own = Map.of(Labels.INSTANCE, instance);
        var cleaning = new Cleaning();
        cleaning.containers(() -> engine.containers().list(ofPort).stream()
                .filter(container -> !instance.equals(container.labels().get(Labels.INSTANCE)))
                .toList());
        cleaning.networks(
                () -> without(engine.networks().list(ofPort), engine.networks().list(own)));
        cleaning.volumes(
                () -> without(engine.volumes().list(ofPort), engine.volumes().list(own)));
        return cleaning.result();
    }

    /// Removes all that this instance has made.
    public Removed removeOwn(String instance) {
        var own = Map.of(Labels.INSTANCE, instance);
        var cleaning = new Cleaning();
        cleaning.containers(() -> engine.containers().list(own));
        cleaning.networks(() -> engine.networks().list(own));
        cleaning.volumes(() -> engine.volumes().list(own));
        return cleaning.result();
    }

    private static List<String> without(List<String> names, List<String> kept) {
        var left = new ArrayList<>(names);
        left.removeAll(kept);
        return left;
    }

    /// How much was removed.
    ///
    /// @param problems the engine's texts about what could not be
    public record Removed(int containers, int networks, int volumes, List<String> problems) {
        public Removed {
            problems = List.copyOf(problems);
        }

        public boolean isNothing() {
            return containers == 0 && networks == 0 && volumes == 0 && problems.isEmpty();
        }
    }

    private final class Cleaning {
        private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
        private int containers;
        private int networks;
        private int volumes;

        void containers(Supplier<List<ContainerState>> found) {
            containers = removeAll(found, container -> engine.containers().remove(container.id()));
        }

        void networks(Supplier<List<String>> found) {
            networks = removeAll(found, engine.networks()::remove);
        }

        void volumes(Supplier<List<String>> found) {
            volumes = removeAll(found, engine.volumes()::remove);
        }

        Removed result() {
            return new Removed(containers, networks, volumes, List.copyOf(problems));
        }

        private <T> int removeAll(Supplier<List<T>> found, Consumer<T> removal) {
            var removed = new AtomicInteger();
            try (var threads = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("leftovers-", 0).factory())) {
                for (var thing : found.get()) {
                    threads.execute(() -> attempt(() -> {
                        removal.accept(thing);
                        removed.incrementAndGet();
                    }));
                }
            } catch (EngineException e) {
                problems.add(e.text());
            }
            return removed.get();
        }

        private void attempt(Runnable removal) {
            try {
                removal.run();
            } catch (EngineException e) {
                problems.add(e.text());
            }
        }
    }
}

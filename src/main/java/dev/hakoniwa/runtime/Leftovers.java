package dev.hakoniwa.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What emulators have made in the engine, found by its labels: whose it is, and its removal, containers first, then
/// networks, volumes and groups. What can't be removed is told, and keeps nothing else from being removed. An engine
/// that falls silent is given up.
public final class Leftovers {
    private static final Map<String, String> ANYBODYS = Map.of(Labels.INSTANCE, "");
    private static final Duration LISTING = Duration.ofSeconds(10);
    private static final Duration REMOVAL = Duration.ofSeconds(30);

    private final Engine engine;
    private final Duration listing;
    private final Duration removal;

    public Leftovers(Engine engine) {
        this(engine, LISTING, REMOVAL);
    }

    /// @param listing how long the engine may take to list things
    /// @param removal how long it may take to remove one more of them
    Leftovers(Engine engine, Duration listing, Duration removal) {
        this.engine = engine;
        this.listing = listing;
        this.removal = removal;
    }

    /// Every emulator that something on the engine belongs to. Blocks.
    public Set<Owner> owners() {
        try (var work = new Work()) {
            return new LinkedHashSet<>(
                    work.result(this::labels, listing).stream().map(Owner::of).toList());
        }
    }

    private List<Map<String, String>> labels() {
        return Stream.of(
                        engine.containers().list(ANYBODYS).stream().map(ContainerState::labels),
                        engine.networks().labelled(ANYBODYS).stream(),
                        engine.volumes().labelled(ANYBODYS).stream())
                .flatMap(labels -> labels)
                .toList();
    }

    /// Removes all that this instance has made. Blocks.
    public Removed remove(String instance) {
        var own = Map.of(Labels.INSTANCE, instance);
        try (var work = new Work()) {
            var cleaning = new Cleaning(work);
            var containers = cleaning.removeAll(
                    () -> engine.containers().list(own),
                    container -> engine.containers().remove(container.id()));
            var networks = cleaning.removeAll(() -> engine.networks().list(own), engine.networks()::remove);
            var volumes = cleaning.removeAll(() -> engine.volumes().list(own), engine.volumes()::remove);
            // Nobody counts groups: they hold nothing.
            var _ = cleaning.removeAll(() -> engine.groups().list(own), engine.groups()::remove);
            return new Removed(containers, networks, volumes, cleaning.problems, cleaning.givenUp);
        }
    }

    /// How much was removed.
    ///
    /// @param problems the engine's texts about what could not be
    /// @param givenUp whether the engine stopped answering, so that nothing more was tried
    public record Removed(int containers, int networks, int volumes, List<String> problems, boolean givenUp) {
        public static final Removed NOTHING = new Removed(0, 0, 0, List.of(), false);

        public Removed {
            problems = List.copyOf(problems);
        }

        public boolean isNothing() {
            return equals(NOTHING);
        }

        public Removed plus(Removed more) {
            return new Removed(
                    containers + more.containers,
                    networks + more.networks,
                    volumes + more.volumes,
                    Stream.concat(problems.stream(), more.problems.stream()).toList(),
                    givenUp || more.givenUp);
        }

        /// `2 containers, 1 network and 0 volumes`.
        @Override
        public String toString() {
            return "%s, %s and %s"
                    .formatted(some(containers, "container"), some(networks, "network"), some(volumes, "volume"));
        }

        private static String some(int count, String thing) {
            return count + " " + thing + (count == 1 ? "" : "s");
        }
    }

    /// Calls of the engine, each on a thread of its own, which nobody waits for longer than it takes an engine that is
    /// well.
    private static final class Work implements AutoCloseable {
        private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("leftovers-", 0).factory());

        <T> Future<T> begin(Callable<T> call) {
            return threads.submit(call);
        }

        <T> T result(Callable<T> call, Duration patience) {
            return result(begin(call), patience);
        }

        static <T> T result(Future<T> call, Duration patience) {
            try {
                return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new EngineException(
                        EngineException.Kind.UNAVAILABLE,
                        "the container engine has not answered for %d seconds".formatted(patience.toSeconds()),
                        e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EngineException(EngineException.Kind.UNAVAILABLE, "interrupted", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof EngineException refusal) {
                    throw refusal;
                }
                throw new IllegalStateException(e.getCause());
            }
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }

    private final class Cleaning {
        private final Work work;
        private final List<String> problems = new ArrayList<>();
        private boolean givenUp;

        Cleaning(Work work) {
            this.work = work;
        }

        <T> int removeAll(Callable<List<T>> found, Consumer<T> remove) {
            var removed = 0;
            for (var one : attempt(() -> begun(work.result(found, listing), remove), List.<Future<Boolean>>of())) {
                removed += attempt(() -> Work.result(one, removal), false) ? 1 : 0;
            }
            return removed;
        }

        private <T> List<Future<Boolean>> begun(List<T> found, Consumer<T> remove) {
            return found.stream()
                    .map(thing -> work.begin(() -> {
                        remove.accept(thing);
                        return true;
                    }))
                    .toList();
        }

        /// An engine that has fallen silent is asked nothing more.
        private <T> T attempt(Callable<T> call, T otherwise) {
            if (givenUp) {
                return otherwise;
            }
            try {
                return call.call();
            } catch (EngineException e) {
                givenUp = e.kind() == EngineException.Kind.UNAVAILABLE;
                problems.add(e.text());
                return otherwise;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

package dev.hakoniwa.app;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.Engine;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.Leftovers;
import dev.hakoniwa.runtime.Leftovers.Removed;
import dev.hakoniwa.runtime.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The other emulators that something on the engine belongs to: whether they still run. What those have left that
/// don't may be removed.
final class OtherEmulators {
    private final Engine engine;
    private final Leftovers leftovers;
    private final @Nullable ContainerId home;

    /// Whether an emulator runs.
    enum State {
        RUNS,
        GONE,
        /// It can't be asked from here.
        UNKNOWN
    }

    /// @param home the container that this process runs in, if any
    OtherEmulators(Engine engine, @Nullable ContainerId home) {
        this.engine = engine;
        this.leftovers = new Leftovers(engine);
        this.home = home;
    }

    List<Owner> all() {
        return leftovers.owners().stream()
                .filter(owner -> !owner.instance().equals(TaskDoor.EVERYBODY))
                .toList();
    }

    /// Removes what they share where none of them has anything, and none listens at the tasks' address.
    Removed removeShared() {
        return all().isEmpty() && !LinkLocal.isListenedAt(TaskDoor.ADDRESS)
                ? leftovers.remove(TaskDoor.EVERYBODY)
                : Removed.NOTHING;
    }

    /// An emulator in another container runs no longer than that. One that is a process of this machine, or of this
    /// container, answers at its address, as itself; that of another machine, which a container is as well, can't be
    /// asked.
    State state(Owner owner) {
        var container = owner.container();
        if (container != null && !container.equals(home)) {
            return runs(container) ? State.RUNS : State.GONE;
        }
        if (container == null && home != null) {
            return State.UNKNOWN;
        }
        return switch (HealthProbe.ask(Settings.endpoint(owner.host(), owner.port()))) {
            case HealthProbe.Finding.Emulator found ->
                found.instance().equals(owner.instance()) ? State.RUNS : State.GONE;
            case HealthProbe.Finding.NoEmulator _ -> State.GONE;
            case HealthProbe.Finding.Silence _ -> State.UNKNOWN;
        };
    }

    Removed remove(Owner owner) {
        return leftovers.remove(owner.instance());
    }

    /// Removes what emulators have left that ran where `self` runs now, or in containers that have ended.
    Removed removeThoseBefore(Owner self) {
        return all().stream()
                .filter(owner -> !owner.instance().equals(self.instance()))
                .filter(owner -> ranAt(owner, self) || (isNear(owner, self) && state(owner) == State.GONE))
                .map(this::remove)
                .reduce(Removed.NOTHING, Removed::plus);
    }

    private static boolean ranAt(Owner owner, Owner self) {
        return owner.equals(new Owner(owner.instance(), self.host(), self.port(), self.container()));
    }

    private static boolean isNear(Owner owner, Owner self) {
        return owner.container() != null || owner.port() == self.port();
    }

    private boolean runs(ContainerId container) {
        try {
            return engine.containers().inspect(container).status() == ContainerState.Status.RUNNING;
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}

package dev.hakoniwa.app;

import dev.hakoniwa.docker.DockerEngine;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.Leftovers.Removed;
import dev.hakoniwa.runtime.Owner;

/// `hakoniwa clean`: removes what emulators have left on the engine that run no more, and says what.
final class CleanCommand {
    private final OtherEmulators emulators;
    private int exitCode;
    private boolean nothing = true;

    private CleanCommand(OtherEmulators emulators) {
        this.emulators = emulators;
    }

    static int run(Settings settings) {
        if (settings.engine() == Settings.EngineKind.SIMULATED) {
            System.out.println("nothing to remove: the simulated engine keeps nothing");
            return 0;
        }
        try (var engine = DockerEngine.usual()) {
            return new CleanCommand(new OtherEmulators(engine, engine.home().orElse(null))).run();
        } catch (EngineException e) {
            Main.complain(e.text());
            return 1;
        }
    }

    private int run() {
        emulators.all().forEach(this::clean);
        told(emulators.removeShared(), "that emulators share");
        if (nothing) {
            System.out.println("nothing to remove");
        }
        return exitCode;
    }

    private void clean(Owner owner) {
        var who = "emulator %s at port %d".formatted(owner.instance(), owner.port());
        switch (emulators.state(owner)) {
            case RUNS -> System.out.printf("left alone what %s has: it runs%n", who);
            case UNKNOWN -> System.out.printf("left alone what %s has: whether it runs can't be told from here%n", who);
            case GONE -> remove(owner, who);
        }
    }

    private void remove(Owner owner, String who) {
        told(emulators.remove(owner), "of " + who + ", which runs no more");
    }

    private void told(Removed removed, String which) {
        if (removed.isNothing()) {
            return;
        }
        nothing = false;
        System.out.printf("removed %s %s%n", removed, which);
        for (var problem : removed.problems()) {
            Main.complain("could not be removed: " + problem);
            exitCode = 1;
        }
    }
}

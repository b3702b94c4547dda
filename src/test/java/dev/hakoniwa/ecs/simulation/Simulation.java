package dev.hakoniwa.ecs.simulation;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.ContainerState.Status;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// A life of the emulator by seed: calls, accidents and time in any order, then calm.
final class Simulation {
    private static final int ACTIONS = 40;

    /// What went wrong before is still to be found out.
    private static final Duration AFTERMATH = Duration.ofMinutes(5);

    private static final Duration CALM = Duration.ofMinutes(40);

    private final Random random;
    private final Weather weather;
    private final TestEmulator aws;
    private final Story story;
    private final Place place;
    private final History history;
    private final Invariants invariants;
    private final Calls calls;
    private final Accidents accidents;

    Simulation(long seed) {
        random = new Random(seed);
        weather = new Weather(seed);
        aws = TestEmulator.seeded(seed, weather);
        story = new Story(aws);
        place = new Place(story);
        history = new History(aws.time());
        invariants = new Invariants(story, place);
        calls = new Calls(story, place, random, history);
        accidents = new Accidents(story, place, random, history);
        aws.dataPlane().answersAt(this::isAlive);
    }

    History history() {
        return history;
    }

    /// Lives through it all; what must hold is checked on the way and at the end.
    void run() {
        storm();
        calm();
        end();
    }

    private void storm() {
        for (var i = 0; i < ACTIONS; i++) {
            if (random.nextInt(3) > 0) {
                calls.next();
            } else {
                accidents.next();
            }
            story.letPass(pause());
            invariants.holdAlways();
            if (i % 5 == 0) {
                invariants.holdInterfaces();
            }
        }
    }

    private void calm() {
        history.note("calm");
        weather.calmsDown();
        accidents.end();
        calls.makeRoom();
        story.letPass(AFTERMATH);
        calls.renewFailed();
        story.letPass(CALM);
        invariants.state().forEach(history::note);
        invariants.holdInCalm();
    }

    private void end() {
        history.note("end");
        calls.endAll();
        story.letPass(CALM);
        accidents.leave();
        invariants.holdAtTheEnd();
    }

    /// Mostly a moment, sometimes long enough for something to be done.
    private Duration pause() {
        return Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(40_000) : random.nextInt(1_500));
    }

    private boolean isAlive(String address) {
        return address.equals("127.0.0.1")
                || aws.engine().everything().stream()
                        .filter(state -> state.status() == Status.RUNNING)
                        .map(ContainerState::address)
                        .anyMatch(address::equals);
    }

    static List<String> historyOf(long seed) {
        var simulation = new Simulation(seed);
        simulation.run();
        return simulation.history().lines();
    }
}

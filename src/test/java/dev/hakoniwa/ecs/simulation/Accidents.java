package dev.hakoniwa.ecs.simulation;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.Health;
import dev.hakoniwa.runtime.SimulatedEngine;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/// What goes wrong as the seed has it: containers that die or are removed by hand, an engine that goes away or
/// restarts, health that is lost and found, targets that somebody takes away, capacity that is lost.
final class Accidents {
    private static final List<Integer> CODES = List.of(0, 1, 137, 139);

    private final Story story;
    private final SimulatedEngine engine;
    private final Place place;
    private final Random random;
    private final History history;
    private final Instances instances;

    Accidents(Story story, Place place, Random random, History history) {
        this.story = story;
        this.engine = story.aws().engine();
        this.place = place;
        this.random = random;
        this.history = history;
        this.instances = new Instances(story, random, history);
    }

    void next() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> die();
            case 3 -> remove();
            case 4 -> awayOrBack();
            case 5 -> restart();
            case 6 -> die();
            case 7 -> health();
            case 8 -> interrupt();
            case 9, 10 -> instances.next();
            default -> targets();
        }
    }

    /// All that can be mended is mended.
    void end() {
        instances.activate();
        engine.comeBack();
        story.aws().dataPlane().everyTargetAnswers(200);
        story.aws().dataPlane().noRequests();
        engine.everything().stream()
                .filter(state -> state.health() == Health.UNHEALTHY)
                .forEach(state -> engine.health(state.id(), Health.HEALTHY));
    }

    /// What came goes.
    void leave() {
        instances.leave();
    }

    private void interrupt() {
        var arns = story.ecs().listTasks(t -> t.launchType("FARGATE")).taskArns();
        if (!arns.isEmpty()) {
            var arn = arns.get(random.nextInt(arns.size()));
            history.note("%s loses its capacity: %s".formatted(arn, story.aws().interrupt(arn)));
        }
    }

    private void awayOrBack() {
        if (engine.status().reachable()) {
            history.note("the engine goes away");
            engine.goAway();
            return;
        }
        history.note("the engine comes back");
        engine.comeBack();
    }

    private void restart() {
        history.note("the engine restarts");
        engine.restart();
    }

    private void die() {
        anyContainer(state -> {
            var code = CODES.get(random.nextInt(CODES.size()));
            history.note("%s dies with %d".formatted(state.name(), code));
            if (random.nextInt(4) == 0) {
                engine.oom(state.id());
            } else {
                engine.exit(state.id(), code);
            }
        });
    }

    private void remove() {
        anyContainer(state -> {
            history.note(state.name() + " is removed by hand");
            try {
                engine.containers().remove(state.id());
            } catch (EngineException e) {
                history.note(e.text());
            }
        });
    }

    private void health() {
        anyContainer(state -> {
            var health = random.nextBoolean() ? Health.UNHEALTHY : Health.HEALTHY;
            history.note("%s is %s".formatted(state.name(), health));
            engine.health(state.id(), health);
        });
    }

    private void targets() {
        var code = random.nextBoolean() ? 200 : 503;
        history.note("targets answer " + code);
        story.aws().dataPlane().everyTargetAnswers(code);
        anyContainer(state -> story.aws().dataPlane().inFlight(state.address(), random.nextInt(2)));
        if (random.nextBoolean()) {
            deregister(place.ipGroup());
        }
    }

    private void deregister(String group) {
        var elb = story.aws().elb();
        elb.describeTargetHealth(d -> d.targetGroupArn(group)).targetHealthDescriptions().stream()
                .findFirst()
                .ifPresent(found -> {
                    history.note("somebody deregisters " + found.target().id());
                    elb.deregisterTargets(d -> d.targetGroupArn(group)
                            .targets(t -> t.id(found.target().id())
                                    .port(found.target().port())));
                });
    }

    private void anyContainer(Consumer<ContainerState> action) {
        var running = engine.everything().stream()
                .filter(state -> state.status() == Status.RUNNING)
                .toList();
        Optional.of(running)
                .filter(found -> !found.isEmpty())
                .map(found -> found.get(random.nextInt(found.size())))
                .ifPresent(action);
    }
}

package dev.hakoniwa.ecs.simulation;

import dev.hakoniwa.ecs.Story;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Service;

/// Calls of the API as the seed has them.
final class Calls {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
    private static final int[][] PERCENTAGES = {{100, 200}, {50, 200}, {0, 100}, {50, 100}, {100, 150}, {0, 200}};
    private static final int MOST_TASKS = 4;

    private final Story story;
    private final EcsClient ecs;
    private final Place place;
    private final Random random;
    private final History history;

    Calls(Story story, Place place, Random random, History history) {
        this.story = story;
        this.ecs = story.ecs();
        this.place = place;
        this.random = random;
        this.history = history;
    }

    void next() {
        switch (random.nextInt(10)) {
            case 0, 1 -> run(any(Place.FAMILIES));
            case 2 -> stop();
            case 3, 4 -> createAny();
            case 5, 6, 7 -> update(any(NAMES));
            case 8 -> delete(any(NAMES));
            default -> deregister(any(Place.FAMILIES));
        }
    }

    /// Takes away what keeps services from getting there: percentages that leave no room, and tasks of nobody that have
    /// what they need.
    void makeRoom() {
        for (var service : services()) {
            if (service.status().equals("ACTIVE") && !service.serviceName().equals("e")) {
                call(
                        "make room for " + service.serviceName(),
                        () -> ecs.updateService(u -> u.service(service.serviceName())
                                        .deploymentConfiguration(d ->
                                                d.minimumHealthyPercent(100).maximumPercent(200)))
                                .service()
                                .status());
            }
        }
        stopAllTasksOfNobody();
    }

    /// Begins deployments again that have been given up.
    void renewFailed() {
        for (var service : services()) {
            var failed = service.deployments().stream()
                    .map(Deployment::rolloutState)
                    .anyMatch(DeploymentRolloutState.FAILED::equals);
            if (service.status().equals("ACTIVE") && failed) {
                call(
                        "renew " + service.serviceName(),
                        () -> ecs.updateService(
                                        u -> u.service(service.serviceName()).forceNewDeployment(true))
                                .service()
                                .status());
            }
        }
    }

    void endAll() {
        for (var service : services()) {
            if (service.status().equals("ACTIVE")) {
                call(
                        "delete " + service.serviceName(),
                        () -> ecs.deleteService(
                                        d -> d.service(service.serviceName()).force(true))
                                .service()
                                .status());
            }
        }
        stopAllTasksOfNobody();
    }

    private List<Service> services() {
        return ecs.describeServices(d -> d.services(NAMES)).services();
    }

    private void stopAllTasksOfNobody() {
        for (var arn : ecs.listTasks().taskArns()) {
            var task = ecs.describeTasks(d -> d.tasks(arn)).tasks().getFirst();
            if (task.group().startsWith("family:")) {
                ecs.stopTask(s -> s.task(arn));
            }
        }
    }

    private void run(String family) {
        var count = 1 + random.nextInt(2);
        call("run " + count + " " + family, () -> {
            var answer = ecs.runTask(r -> r.taskDefinition(family)
                    .count(count)
                    .capacityProviderStrategy(Place.capacity(family))
                    .networkConfiguration(Place.isAwsvpc(family) ? story.network() : null));
            return answer.tasks().stream().map(Story::id).toList() + " " + answer.failures();
        });
    }

    private void stop() {
        var arns = ecs.listTasks().taskArns();
        if (!arns.isEmpty()) {
            var arn = any(arns);
            call("stop " + arn, () -> ecs.stopTask(s -> s.task(arn)).task().lastStatus());
        }
    }

    /// One machine has each port once: there is one service that wants a fixed one.
    private void createAny() {
        var name = any(NAMES);
        create(name, name.equals("e") ? "fixed" : any(Place.SERVED_FAMILIES));
    }

    private void create(String name, String family) {
        var count = family.equals("fixed") ? random.nextInt(2) : random.nextInt(MOST_TASKS + 1);
        var percentages = family.equals("fixed") ? PERCENTAGES[2] : PERCENTAGES[random.nextInt(PERCENTAGES.length)];
        var balanced = random.nextBoolean();
        var breaker = random.nextInt(3);
        call("create %s %s %d balanced=%s breaker=%d".formatted(name, family, count, balanced, breaker), () -> {
            var request = CreateServiceRequest.builder()
                    .serviceName(name)
                    .taskDefinition(family)
                    .desiredCount(count)
                    .capacityProviderStrategy(Place.capacity(family))
                    .networkConfiguration(Place.isAwsvpc(family) ? story.network() : null)
                    .loadBalancers(balanced ? place.loadBalancer(family) : List.of())
                    .healthCheckGracePeriodSeconds(random.nextInt(2) * 30)
                    .deploymentConfiguration(d -> d.minimumHealthyPercent(percentages[0])
                            .maximumPercent(percentages[1])
                            .deploymentCircuitBreaker(b -> b.enable(breaker > 0).rollback(breaker > 1)))
                    .build();
            return ecs.createService(request).service().status();
        });
    }

    private void update(String name) {
        var found = ecs.describeServices(d -> d.services(name)).services();
        if (found.isEmpty() || !found.getFirst().status().equals("ACTIVE")) {
            return;
        }
        var definition = found.getFirst().taskDefinition();
        var family = definition.substring(definition.indexOf('/') + 1, definition.lastIndexOf(':'));
        switch (random.nextInt(3)) {
            case 0 -> {
                var count = random.nextInt(family.equals("fixed") ? 2 : MOST_TASKS + 1);
                call(
                        "scale %s to %d".formatted(name, count),
                        () -> ecs.updateService(u -> u.service(name).desiredCount(count))
                                .service()
                                .status());
            }
            case 1 ->
                call(
                        "force " + name,
                        () -> ecs.updateService(u -> u.service(name).forceNewDeployment(true))
                                .service()
                                .status());
            default -> {
                var revision = place.define(family);
                call(
                        "deploy %s %s".formatted(name, revision),
                        () -> ecs.updateService(u -> u.service(name).taskDefinition(revision))
                                .service()
                                .status());
            }
        }
    }

    private void delete(String name) {
        call(
                "delete " + name,
                () -> ecs.deleteService(d -> d.service(name).force(random.nextBoolean()))
                        .service()
                        .status());
    }

    /// Services go on with a definition that is no longer ACTIVE; for new ones there is another.
    private void deregister(String family) {
        var old = ecs.describeTaskDefinition(d -> d.taskDefinition(family))
                .taskDefinition()
                .taskDefinitionArn();
        place.define(family);
        call(
                "deregister " + old,
                () -> ecs.deregisterTaskDefinition(d -> d.taskDefinition(old))
                        .taskDefinition()
                        .statusAsString());
    }

    private void call(String what, Supplier<Object> call) {
        try {
            history.note(what + " -> " + call.get());
        } catch (EcsException e) {
            history.note(what + " -> " + e.awsErrorDetails().errorMessage());
            if (e.statusCode() >= 500) {
                throw e;
            }
        }
    }

    private <T> T any(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }
}

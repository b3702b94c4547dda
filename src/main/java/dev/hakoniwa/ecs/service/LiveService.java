package dev.hakoniwa.ecs.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

/// A service: its document, which is kept and given back, and what lives.
///
/// @param created the request that made it: the same one again is no error
/// @param deployments newest first; the first is PRIMARY
/// @param events newest first
/// @param lastCompleted the revision of the newest deployment that was completed, which a rollback goes back to
record LiveService(
        ServiceKey key,
        Service document,
        CreateServiceRequest created,
        Status status,
        List<LiveDeployment> deployments,
        Watches watches,
        Throttle throttle,
        boolean steady,
        List<ServiceEvent> events,
        Optional<LiveDeployment> lastCompleted) {
    private static final int MOST_EVENTS = 100;

    /// How long ECS tells of a state that lasts only once.
    static final Duration TOLD_AGAIN = Duration.ofHours(6);

    LiveService {
        deployments = List.copyOf(deployments);
        events = List.copyOf(events);
    }

    /// ACTIVE services run; DRAINING ones stop their tasks; INACTIVE ones are only remembered.
    enum Status {
        ACTIVE,
        DRAINING,
        INACTIVE
    }

    int desiredCount() {
        return status == Status.ACTIVE ? Objects.requireNonNullElse(document.desiredCount(), 0) : 0;
    }

    LiveDeployment primary() {
        return deployments.getFirst();
    }

    Optional<LiveDeployment> deployment(String id) {
        return deployments.stream().filter(d -> d.id().equals(id)).findFirst();
    }

    boolean isInactive() {
        return status == Status.INACTIVE;
    }

    LiveService with(UnaryOperator<Service> change) {
        return new LiveService(
                key,
                change.apply(document),
                created,
                status,
                deployments,
                watches,
                throttle,
                steady,
                events,
                lastCompleted);
    }

    LiveService with(Status next) {
        return new LiveService(
                key, document, created, next, deployments, watches, throttle, steady, events, lastCompleted);
    }

    LiveService with(Throttle next) {
        return new LiveService(
                key, document, created, status, deployments, watches, next, steady, events, lastCompleted);
    }

    LiveService with(Watches next) {
        return new LiveService(
                key, document, created, status, deployments, next, throttle, steady, events, lastCompleted);
    }

    LiveService steady(boolean next) {
        return new LiveService(
                key, document, created, status, deployments, watches, throttle, next, events, lastCompleted);
    }

    /// Puts a deployment in front; it is PRIMARY from now on.
    LiveService begin(LiveDeployment deployment) {
        var next = new ArrayList<LiveDeployment>();
        next.add(deployment);
        deployments.stream().filter(d -> !d.id().equals(deployment.id())).forEach(next::add);
        return deployments(next).with(Throttle.NONE).steady(false);
    }

    LiveService deployments(List<LiveDeployment> next) {
        return new LiveService(key, document, created, status, next, watches, throttle, steady, events, lastCompleted);
    }

    LiveService replace(LiveDeployment deployment) {
        var done = deployment.isCompleted() ? Optional.of(deployment) : lastCompleted;
        var next = deployments.stream()
                .map(d -> d.id().equals(deployment.id()) ? deployment : d)
                .toList();
        return new LiveService(key, document, created, status, next, watches, throttle, steady, events, done);
    }

    /// Whether an event of these words has been told lately, and nothing since says that its cause has gone.
    boolean hasToldOf(String message, Instant now) {
        return events.stream()
                .takeWhile(event -> event.createdAt().isAfter(now.minus(TOLD_AGAIN))
                        && !event.message().endsWith(ServiceTexts.STEADY)
                        && !event.createdAt().isBefore(primary().createdAt()))
                .anyMatch(event -> event.message().equals(message));
    }

    /// When the service was last said to be steady.
    Optional<Instant> steadyTold() {
        return events.stream()
                .filter(event -> event.message().endsWith(ServiceTexts.STEADY))
                .map(ServiceEvent::createdAt)
                .findFirst();
    }

    LiveService tell(String id, Instant now, String message) {
        var next = new ArrayList<ServiceEvent>();
        next.add(ServiceEvent.builder().id(id).createdAt(now).message(message).build());
        next.addAll(events.subList(0, Math.min(events.size(), MOST_EVENTS - 1)));
        return new LiveService(
                key, document, created, status, deployments, watches, throttle, steady, next, lastCompleted);
    }
}

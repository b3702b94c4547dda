package dev.hakoniwa.ecs.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        Map<String, Watch> watched,
        Throttle throttle,
        boolean steady,
        List<ServiceEvent> events,
        Optional<LiveDeployment> lastCompleted) {
    private static final int MOST_EVENTS = 100;

    LiveService {
        deployments = List.copyOf(deployments);
        watched = Map.copyOf(watched);
        events = List.copyOf(events);
    }

    /// ACTIVE services run; DRAINING ones stop their tasks; INACTIVE ones are only remembered.
    enum Status {
        ACTIVE,
        DRAINING,
        INACTIVE
    }

    /// What has been told of a task of the service so far.
    ///
    /// @param deployment the id of the deployment it belongs to
    /// @param ran whether it has been seen running
    /// @param registered whether it has been seen in its target groups
    record Watch(String deployment, boolean ran, boolean registered) {}

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
                watched,
                throttle,
                steady,
                events,
                lastCompleted);
    }

    LiveService with(Status next) {
        return new LiveService(
                key, document, created, next, deployments, watched, throttle, steady, events, lastCompleted);
    }

    LiveService with(Throttle next) {
        return new LiveService(
                key, document, created, status, deployments, watched, next, steady, events, lastCompleted);
    }

    LiveService watching(Map<String, Watch> next) {
        return new LiveService(
                key, document, created, status, deployments, next, throttle, steady, events, lastCompleted);
    }

    LiveService steady(boolean next) {
        return new LiveService(
                key, document, created, status, deployments, watched, throttle, next, events, lastCompleted);
    }

    /// Puts a deployment in front; it is PRIMARY from now on.
    LiveService begin(LiveDeployment deployment) {
        var next = new ArrayList<LiveDeployment>();
        next.add(deployment);
        next.addAll(deployments);
        return deployments(next).with(Throttle.NONE).steady(false);
    }

    LiveService deployments(List<LiveDeployment> next) {
        return new LiveService(key, document, created, status, next, watched, throttle, steady, events, lastCompleted);
    }

    LiveService replace(LiveDeployment deployment) {
        var done = deployment.isCompleted() ? Optional.of(deployment) : lastCompleted;
        var next = deployments.stream()
                .map(d -> d.id().equals(deployment.id()) ? deployment : d)
                .toList();
        return new LiveService(key, document, created, status, next, watched, throttle, steady, events, done);
    }

    /// Adds an event, unless it only repeats the newest.
    LiveService tell(String id, Instant now, String message) {
        if (!events.isEmpty() && events.getFirst().message().equals(message)) {
            return this;
        }
        var next = new ArrayList<ServiceEvent>();
        next.add(ServiceEvent.builder().id(id).createdAt(now).message(message).build());
        next.addAll(events.subList(0, Math.min(events.size(), MOST_EVENTS - 1)));
        return new LiveService(
                key, document, created, status, deployments, watched, throttle, steady, next, lastCompleted);
    }
}

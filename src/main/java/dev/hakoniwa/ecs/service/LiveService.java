package dev.hakoniwa.ecs.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

/// A service: its document, which is kept and given back, and what lives.
///
/// @param created the request that made it: the same one again is no error
/// @param events newest first
record LiveService(
        ServiceKey key,
        Service document,
        CreateServiceRequest created,
        Status status,
        Deployments deployments,
        Watches watches,
        Throttle throttle,
        boolean steady,
        List<ServiceEvent> events) {
    private static final int MOST_EVENTS = 100;

    /// How long ECS tells of a state that lasts only once.
    static final Duration TOLD_AGAIN = Duration.ofHours(6);

    LiveService {
        events = List.copyOf(events);
    }

    /// ACTIVE services run; DRAINING ones stop their tasks; INACTIVE ones are only remembered.
    enum Status {
        ACTIVE,
        DRAINING,
        INACTIVE
    }

    static LiveService of(ServiceKey key, Service document, CreateServiceRequest created, Deployments deployments) {
        return new LiveService(
                key, document, created, Status.ACTIVE, deployments, Watches.NONE, Throttle.NONE, false, List.of());
    }

    int desiredCount() {
        return status == Status.ACTIVE ? Objects.requireNonNullElse(document.desiredCount(), 0) : 0;
    }

    boolean isDaemon() {
        return document.schedulingStrategy() == SchedulingStrategy.DAEMON;
    }

    LiveDeployment primary() {
        return deployments.primary();
    }

    Optional<LiveDeployment> deployment(String id) {
        return deployments.find(id);
    }

    boolean isInactive() {
        return status == Status.INACTIVE;
    }

    LiveService with(UnaryOperator<Service> change) {
        return new LiveService(
                key, change.apply(document), created, status, deployments, watches, throttle, steady, events);
    }

    LiveService with(Status next) {
        return new LiveService(key, document, created, next, deployments, watches, throttle, steady, events);
    }

    LiveService with(Throttle next) {
        return new LiveService(key, document, created, status, deployments, watches, next, steady, events);
    }

    LiveService with(Watches next) {
        return new LiveService(key, document, created, status, deployments, next, throttle, steady, events);
    }

    LiveService steady(boolean next) {
        return new LiveService(key, document, created, status, deployments, watches, throttle, next, events);
    }

    /// Changes the deployments, the same one being PRIMARY.
    LiveService deployments(UnaryOperator<Deployments> change) {
        var next = change.apply(deployments);
        return new LiveService(key, document, created, status, next, watches, throttle, steady, events);
    }

    /// Makes another deployment PRIMARY: the document tells of what it is made from, and what has been seen of failing
    /// tasks no longer counts.
    LiveService lead(UnaryOperator<Deployments> change) {
        var led = deployments(change).with(Throttle.NONE).steady(false);
        return led.with(now -> Documents.of(now, led.primary()));
    }

    LiveService replace(LiveDeployment deployment) {
        return deployments(all -> all.replace(deployment));
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
        return new LiveService(key, document, created, status, deployments, watches, throttle, steady, next);
    }
}

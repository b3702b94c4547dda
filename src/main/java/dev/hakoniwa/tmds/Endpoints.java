package dev.hakoniwa.tmds;

import dev.hakoniwa.tmds.fault.Faults;
import java.util.List;

/// Answers what tasks ask, by path (task-endpoints.md §2).
final class Endpoints {
    private final Throttle throttle;
    private final Callers callers;
    private final TaskCredentials credentials;
    private final MetadataByAddress byAddress;
    private final MetadataById byId;
    private final Requests requests;

    Endpoints(Throttle throttle, Callers callers, TaskCredentials credentials, Readings readings, Requests requests) {
        this.throttle = throttle;
        this.callers = callers;
        this.credentials = credentials;
        this.byAddress = new MetadataByAddress(callers, readings.metadata(), readings.statistics());
        this.byId = new MetadataById(callers, readings.metadata(), readings.statistics());
        this.requests = requests;
    }

    /// What tells of tasks and of what they use.
    record Readings(Metadata metadata, Statistics statistics) {}

    /// What tasks ask of the agent.
    ///
    /// @param faults what they may do to their own networks
    record Requests(Faults faults, Protection protection) {}

    /// May block, as statistics and faults are the engine's.
    Answer answer(Ask ask) {
        if (!throttle.admits(ask.source())) {
            return Answer.bare(429);
        }
        if (ask.path().contains("//")) {
            return Answer.moved(ask.path().replaceAll("/{2,}", "/"));
        }
        var parts = ask.parts();
        return switch (parts.getFirst()) {
            case "v1" -> credentials(ask, ask.value("id"), 1);
            case "v2" ->
                parts.get(1).equals("credentials") && parts.size() > 2
                        ? credentials(ask, parts.get(2), 2)
                        : byAddress.answer(ask, parts);
            case "v3" -> byId.answer(ask, parts, Version.V3);
            case "v4" -> byId.answer(ask, parts, Version.V4);
            case "api" -> api(ask);
            default -> Answer.noSuchPage();
        };
    }

    private Answer credentials(Ask ask, String id, int version) {
        return credentials.of(id, version, taskArn -> callers.mayUse(ask, id, taskArn));
    }

    /// `/api/ID/task-protection/v1/state`, or `/api/ID/fault/v1/KIND/ACTION`.
    private Answer api(Ask ask) {
        var parts = ask.parts();
        if (parts.size() == 5 && parts.subList(2, 5).equals(List.of("task-protection", "v1", "state"))) {
            return protection(ask, parts.get(1));
        }
        if (parts.size() != 6 || !parts.get(2).equals("fault") || !parts.get(3).equals("v1")) {
            return Answer.noSuchPage();
        }
        if (!ask.method().equals("POST")) {
            return Answer.bare(405);
        }
        var id = parts.get(1);
        return requests.faults()
                .answer(
                        parts.get(4),
                        parts.get(5),
                        ask.body(),
                        () -> callers.endpoint(ask, id).map(e -> e.task()))
                .map(outcome -> Answer.of(outcome.status(), outcome.body()))
                .orElseGet(Answer::noSuchPage);
    }

    private Answer protection(Ask ask, String id) {
        var known = callers.endpoint(ask, id).map(_ -> id).orElse(null);
        return requests.protection().answer(ask.method(), known, ask.body());
    }
}

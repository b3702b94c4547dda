package dev.hakoniwa.ecs.exec;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecs.Ecs;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.task.Tasks;
import dev.hakoniwa.runtime.Labels;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandRequest;
import software.amazon.awssdk.services.ssm.model.ResumeSessionRequest;
import software.amazon.awssdk.services.ssm.model.ResumeSessionResponse;
import software.amazon.awssdk.services.ssm.model.TerminateSessionRequest;
import software.amazon.awssdk.services.ssm.model.TerminateSessionResponse;

/// Joins up what ECS Exec is made of: an operation of ECS's, and two of SSM's, which its clients call at ECS's address.
public final class ExecParts {
    private static final int LONGEST_ID = 96;

    private final Tables tables;
    private final Sessions sessions;
    private final SessionLogs logs;
    private final StreamUrls urls;

    public ExecParts(Foundation foundation, Ecs.Neighbours neighbours) {
        tables = foundation.tables();
        sessions = new Sessions(foundation, neighbours.engine().containers());
        logs = new SessionLogs(foundation, neighbours.logs());
        urls = new StreamUrls("localhost:" + neighbours.ownLabels().get(Labels.PORT));
    }

    public Sessions sessions() {
        return sessions;
    }

    public void addTo(Operations ecs, Clusters clusters, Tasks tasks) {
        var execute = new ExecuteCommand(clusters, tasks, sessions, logs, urls);
        ecs.on("ExecuteCommand", ExecuteCommandRequest::builder, execute::execute);
    }

    public Operations addTo(Operations ssm) {
        return ssm.on("ResumeSession", ResumeSessionRequest::builder, this::resume)
                .on("TerminateSession", TerminateSessionRequest::builder, this::terminate);
    }

    private ResumeSessionResponse resume(Call call, ResumeSessionRequest request) {
        var id = present(request.sessionId());
        var session = sessions.find(call.scope(), id).orElseThrow(() -> noSuchSession(id));
        return ResumeSessionResponse.builder()
                .sessionId(id)
                .streamUrl(urls.of(call, id))
                .tokenValue(session.newToken())
                .build();
    }

    /// A session that is not there has ended already.
    private TerminateSessionResponse terminate(Call call, TerminateSessionRequest request) {
        var id = present(request.sessionId());
        sessions.find(call.scope(), id).ifPresent(session -> tables.afterwards(session::terminate));
        return TerminateSessionResponse.builder().sessionId(id).build();
    }

    private static String present(@Nullable String sessionId) {
        new Constraints()
                .required("sessionId", sessionId)
                .length("sessionId", sessionId, 1, LONGEST_ID)
                .check(message -> AwsError.client("ValidationException", message));
        return String.valueOf(sessionId);
    }

    private static AwsError noSuchSession(String id) {
        return AwsError.client("DoesNotExistException", "Session " + id + " does not exist.");
    }
}

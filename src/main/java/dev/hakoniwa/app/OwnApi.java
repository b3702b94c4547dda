package dev.hakoniwa.app;

import dev.hakoniwa.elb.ServedListener;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The emulator's own API, which no AWS service has: how it is, reset, where listeners are served, and its clock.
@Path("/_hakoniwa")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class OwnApi {
    private final Server server;

    @Inject
    OwnApi(Server server) {
        this.server = server;
    }

    /// How the emulator is.
    ///
    /// @param instance what everything that it makes on the engine is labelled with
    public record Health(
            String status,
            String version,
            String instance,
            EngineHealth engine,
            String account,
            String region,
            long uptimeSeconds) {}

    /// How its container engine is.
    public record EngineHealth(String kind, String version, boolean reachable, String detail) {}

    /// The emulator's time, and how fast it runs: 1 is the world's pace, 0 stands still.
    public record Clock(Instant now, double speed) {}

    /// What the clock is to do. A duration is in ISO 8601, `PT10M`, or in seconds.
    public record ClockChange(
            @Nullable Double speed, @Nullable String advance) {}

    /// A task whose capacity is to be taken away.
    ///
    /// @param task its ARN
    public record SpotInterruption(@Nullable String task) {}

    @GET
    @Path("/health")
    public Health health() {
        var engine = server.emulator().engine();
        return new Health(
                "running",
                Version.TEXT,
                server.emulator().instance(),
                new EngineHealth(engine.kind(), engine.version(), engine.reachable(), engine.detail()),
                server.settings().account().value(),
                server.settings().region().name(),
                server.emulator().uptime().toSeconds());
    }

    @POST
    @Path("/reset")
    @Consumes(MediaType.WILDCARD)
    public Map<String, String> reset() {
        server.reset();
        return Map.of("status", "reset");
    }

    @GET
    @Path("/endpoints")
    public List<ServedListener> endpoints() {
        return server.emulator().endpoints();
    }

    @GET
    @Path("/clock")
    public Clock clock() {
        var time = server.emulator().time();
        return new Clock(time.instant(), time.speed());
    }

    /// Sets the speed, or moves the time on, or both in this order.
    @PUT
    @Path("/clock")
    public Clock change(@Nullable ClockChange change) {
        if (change == null || (change.speed() == null && change.advance() == null)) {
            throw refused("give speed, advance or both");
        }
        var advance = change.advance() == null ? Duration.ZERO : duration(change.advance());
        var time = server.emulator().time();
        if (change.speed() != null) {
            if (!(change.speed() >= 0 && change.speed() <= 100_000)) {
                throw refused("speed must be between 0 and 100000");
            }
            time.setSpeed(change.speed());
        }
        time.advance(advance);
        return clock();
    }

    /// Gives a task of FARGATE_SPOT notice that its capacity is taken away.
    @POST
    @Path("/spot-interruptions")
    public SpotInterruption interrupt(@Nullable SpotInterruption interruption) {
        var task = interruption == null ? null : interruption.task();
        if (task == null || !server.emulator().spotInterruptions().interrupt(task)) {
            throw refused("task must be the ARN of a task that is to run on FARGATE_SPOT");
        }
        return new SpotInterruption(task);
    }

    private static Duration duration(String text) {
        try {
            var duration = text.startsWith("P") ? Duration.parse(text) : Duration.ofSeconds(Long.parseLong(text));
            if (duration.isNegative() || duration.compareTo(Duration.ofDays(3_650)) > 0) {
                throw refused("advance must be between 0 and 3650 days");
            }
            return duration;
        } catch (DateTimeParseException | NumberFormatException _) {
            throw refused("advance must be a duration such as PT10M, or seconds");
        }
    }

    private static WebApplicationException refused(String why) {
        return new WebApplicationException(Response.status(400)
                .type(MediaType.APPLICATION_JSON)
                .entity(Map.of("message", why))
                .build());
    }
}

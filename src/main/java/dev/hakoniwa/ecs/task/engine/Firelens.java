package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.runtime.ContainerSpec.Logging;
import dev.hakoniwa.runtime.ContainerSpec.Mount;
import dev.hakoniwa.runtime.ContainerSpec.Source;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.FirelensConfigurationType;

/// Joins the containers of a task to its log router (ecs-tasks.md §14).
///
/// Docker's fluentd driver dials the router from the engine's side, so that their socket has to be on the engine's
/// machine: it is in a volume of the task's, and the engine tells where that is. So it is found on an engine of
/// another machine or in a virtual one as well. The volume holds the router's configuration too, which a router whose
/// root is read-only couldn't take in any other way.
final class Firelens {
    /// The one option of a log to the router that is the driver's.
    static final String BUFFER_LIMIT = "log-driver-buffer-limit";

    private static final String CONFIGURATION = "fluent.conf";
    private static final String EXTERNAL = "external.conf";
    private static final String SOCKETS = "socket";
    private static final String PORT = "24224";

    private final dev.hakoniwa.runtime.Volumes engine;

    Firelens(dev.hakoniwa.runtime.Volumes engine) {
        this.engine = engine;
    }

    /// Writes the configuration of the task's router, if it has one. Blocks.
    ///
    /// @param instance the task's; empty on Fargate
    /// @param routing what its router is configured with besides, out of S3; empty if nothing is there
    void configure(LiveTask task, String instance, String routing) {
        task.router().ifPresent(router -> {
            var text = RouterConfiguration.of(task, router, instance);
            engine.write(EngineNames.firelens(task), CONFIGURATION, text);
            if (!routing.isEmpty()) {
                engine.write(EngineNames.firelens(task), EXTERNAL, routing);
            }
        });
    }

    /// How the engine logs a container whose output goes to the router. Blocks. The agent's `fluentd-async-connect` is
    /// what Docker called `fluentd-async` before.
    Logging logging(LiveTask task, TaskContainer container) {
        var options = new LinkedHashMap<String, String>();
        options.put("tag", container.name() + "-firelens-" + task.key().id());
        options.put(
                "fluentd-address",
                "unix://" + engine.path(EngineNames.firelens(task)) + "/" + SOCKETS + "/fluent.sock");
        options.put("fluentd-async", "true");
        options.put("fluentd-sub-second-precision", "true");
        var limit = container.definition().logConfiguration().options().get(BUFFER_LIMIT);
        if (limit != null) {
            options.put("fluentd-buffer-limit", limit);
        }
        return new Logging("fluentd", options);
    }

    /// What the router finds of ours.
    static Stream<Mount> mounts(LiveTask task, TaskContainer container) {
        if (!container.isRouter()) {
            return Stream.empty();
        }
        var volume = EngineNames.firelens(task);
        var firelens = container.definition().firelensConfiguration();
        var isFluentd = firelens.type() == FirelensConfigurationType.FLUENTD;
        var own = Stream.of(
                new Mount(
                        new Source.Volume(volume, CONFIGURATION),
                        isFluentd ? "/fluentd/etc/fluent.conf" : "/fluent-bit/etc/fluent-bit.conf",
                        false),
                new Mount(new Source.Volume(volume, SOCKETS), "/var/run", false));
        return RouterConfiguration.isExternal(firelens)
                ? Stream.concat(
                        own,
                        Stream.of(new Mount(
                                new Source.Volume(volume, EXTERNAL), RouterConfiguration.external(isFluentd), false)))
                : own;
    }

    /// Where a container that logs to the router reaches it by itself.
    static Map<String, String> environment(LiveTask task, TaskContainer container) {
        if (!container.logsToRouter()) {
            return Map.of();
        }
        return switch (task.spec().networkMode()) {
            case AWSVPC -> Map.of("FLUENT_HOST", "127.0.0.1", "FLUENT_PORT", PORT);
            case BRIDGE -> Map.of("FLUENT_HOST", addressOfRouter(task), "FLUENT_PORT", PORT);
            case HOST, NONE, UNKNOWN_TO_SDK_VERSION -> Map.of();
        };
    }

    private static String addressOfRouter(LiveTask task) {
        return task.router()
                .map(router -> router.life().address())
                .filter(address -> !address.isEmpty())
                .orElseThrow(() -> new EngineException(
                        Kind.REFUSED, "DockerClientConfigError: unable to get BridgeIP for task in bridge mode"));
    }
}

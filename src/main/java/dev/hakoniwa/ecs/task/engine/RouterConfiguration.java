package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.FirelensConfiguration;
import software.amazon.awssdk.services.ecs.model.FirelensConfigurationType;

/// What the ECS agent has the router of a task do: where it listens, what it adds to every record, which records it
/// drops, where it sends the rest (ecs-tasks.md §14). Pure.
final class RouterConfiguration {
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final String SOCKET = "/var/run/fluent.sock";
    private static final String PORT = "24224";
    private static final String HEALTH_CHECK = "firelens-healthcheck";

    private final LiveTask task;
    private final Map<String, String> options;
    private final boolean isFluentd;

    private RouterConfiguration(LiveTask task, TaskContainer router) {
        var firelens = router.definition().firelensConfiguration();
        this.task = task;
        this.options = firelens.options();
        this.isFluentd = firelens.type() == FirelensConfigurationType.FLUENTD;
    }

    /// The text of the router's configuration file.
    ///
    /// @param instance the task's; empty on Fargate
    static String of(LiveTask task, TaskContainer router, String instance) {
        var configuration = new RouterConfiguration(task, router);
        var sections = new RouterSections(
                configuration.inputs(),
                configuration.filters(),
                configuration.fields(instance),
                configuration.included(),
                configuration.outputs());
        return configuration.isFluentd ? FluentFiles.fluentd(sections) : FluentFiles.fluentBit(sections);
    }

    private List<RouterSections.Pipe> inputs() {
        return isFluentd
                ? Stream.concat(
                                Stream.of(pipe("unix", "", Map.of("path", SOCKET))),
                                bind().map(address -> pipe("forward", "", Map.of("port", PORT, "bind", address))))
                        .toList()
                : Stream.concat(
                                Stream.of(pipe("forward", "", Map.of("unix_path", SOCKET, "Mem_Buf_Limit", "25MB"))),
                                bind().flatMap(address -> Stream.of(
                                        pipe("forward", "", Map.of("Port", PORT, "Listen", address)),
                                        pipe("tcp", HEALTH_CHECK, Map.of("Port", "8877", "Listen", "127.0.0.1")))))
                        .toList();
    }

    /// Where the router listens for records besides its socket; nowhere in the other network modes.
    private Stream<String> bind() {
        return switch (task.spec().networkMode()) {
            case AWSVPC -> Stream.of("127.0.0.1");
            case BRIDGE -> Stream.of("0.0.0.0");
            case HOST, NONE, UNKNOWN_TO_SDK_VERSION -> Stream.empty();
        };
    }

    private List<RouterSections.Filter> filters() {
        return Stream.concat(filters("include-pattern", false), filters("exclude-pattern", true))
                .toList();
    }

    private Stream<RouterSections.Filter> filters(String option, boolean excludes) {
        return senders()
                .flatMap(sender -> Stream.ofNullable(log(sender).get(option))
                        .map(pattern -> new RouterSections.Filter(tag(sender), pattern, excludes)));
    }

    private Map<String, String> fields(String instance) {
        var fields = new TreeMap<String, String>();
        if (!TRUE.contains(options.getOrDefault("enable-ecs-log-metadata", "true"))) {
            return fields;
        }
        var definition = task.spec().definition();
        fields.put("ecs_cluster", task.key().cluster());
        fields.put("ecs_task_arn", task.key().arn().toString());
        fields.put("ecs_task_definition", definition.family() + ":" + definition.revision());
        if (!instance.isEmpty()) {
            fields.put("ec2_instance_id", instance);
        }
        return fields;
    }

    /// Whether a part of the configuration is in S3.
    static boolean isExternal(FirelensConfiguration firelens) {
        return "s3".equals(firelens.options().get("config-file-type"));
    }

    /// Where the router finds that part.
    static String external(boolean isFluentd) {
        return isFluentd ? "/fluentd/etc/external.conf" : "/fluent-bit/etc/external.conf";
    }

    private String included() {
        return switch (options.getOrDefault("config-file-type", "")) {
            case "" -> "";
            case "file" -> options.getOrDefault("config-file-value", "");
            default -> external(isFluentd);
        };
    }

    private List<RouterSections.Pipe> outputs() {
        var health = !isFluentd && bind().findAny().isPresent()
                ? Stream.of(pipe("null", HEALTH_CHECK, Map.of()))
                : Stream.<RouterSections.Pipe>empty();
        return Stream.concat(health, senders().flatMap(this::output)).toList();
    }

    /// A container may leave its output to the file that is included.
    private Stream<RouterSections.Pipe> output(TaskContainer sender) {
        var key = isFluentd ? "@type" : "Name";
        var rest = new TreeMap<>(log(sender));
        var plugin = rest.remove(key);
        rest.keySet().removeAll(Set.of("include-pattern", "exclude-pattern", Firelens.BUFFER_LIMIT));
        if (plugin != null) {
            return Stream.of(pipe(plugin, tag(sender), rest));
        }
        if (rest.isEmpty()) {
            return Stream.empty();
        }
        throw failed("""
                unable to generate firelens config file: unable to generate firelens config: unable to apply log options \
                of container %s to firelens config: missing output key %s which is required for firelens configuration \
                of type %s""".formatted(sender.name(), key, isFluentd ? "fluentd" : "fluentbit"));
    }

    private Stream<TaskContainer> senders() {
        return task.containers().stream().filter(TaskContainer::logsToRouter);
    }

    private static Map<String, String> log(TaskContainer sender) {
        return sender.definition().logConfiguration().options();
    }

    private String tag(TaskContainer sender) {
        return sender.name() + "-firelens" + (isFluentd ? "**" : "*");
    }

    private static RouterSections.Pipe pipe(String plugin, String tag, Map<String, String> options) {
        return new RouterSections.Pipe(plugin, tag, new TreeMap<>(options));
    }

    private static EngineException failed(String why) {
        return new EngineException(Kind.REFUSED, "ResourceInitializationError: " + why);
    }
}

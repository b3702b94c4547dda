package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerSpec.Logging;
import dev.hakoniwa.runtime.ContainerSpec.Mount;
import dev.hakoniwa.runtime.ContainerSpec.Source;
import dev.hakoniwa.runtime.EngineEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// Containers that log to a router in their task (ecs-tasks.md §14).
final class FirelensTest {
    private final Story story = Story.calm();

    @Test
    void anAppsOutputGoesToTheRoutersSocketOnTheEnginesMachine() {
        story.define("web", app(Map.of("Name", "stdout", "log-driver-buffer-limit", "2097152")), router("fluentbit"));

        var task = story.started("web");

        var id = Story.id(task);
        assertThat(spec(task, "app").logging())
                .isEqualTo(new Logging(
                        "fluentd",
                        Map.of(
                                "tag", "app-firelens-" + id,
                                "fluentd-address",
                                        "unix:///var/lib/docker/volumes/firelens-" + id + "/_data/socket/fluent.sock",
                                "fluentd-async", "true",
                                "fluentd-sub-second-precision", "true",
                                "fluentd-buffer-limit", "2097152")));
        assertThat(spec(task, "app").mounts()).isEmpty();
        assertThat(spec(task, "router").mounts())
                .containsExactly(
                        mount(id, "fluent.conf", "/fluent-bit/etc/fluent-bit.conf"), mount(id, "socket", "/var/run"));
    }

    @Test
    void theRouterFindsItsConfiguration() {
        story.define("web", app(Map.of("@type", "stdout")), router("fluentd"));

        var task = story.started("web");

        var id = Story.id(task);
        assertThat(spec(task, "router").mounts()).contains(mount(id, "fluent.conf", "/fluentd/etc/fluent.conf"));
        assertThat(story.aws().engine().file("firelens-" + id, "fluent.conf").orElseThrow())
                .contains("ec2_instance_id i-")
                .contains("ecs_task_arn " + task.taskArn())
                .contains("<match app-firelens**>\n    @type stdout\n</match>\n");
    }

    @Test
    void aPartOfTheConfigurationMayBeInS3() {
        story.aws().s3().createBucket(b -> b.bucket("conf"));
        story.aws().s3().putObject(p -> p.bucket("conf").key("more.conf"), RequestBody.fromString("[FILTER]\n"));
        story.define("web", app(Map.of()), routerOf("arn:aws:s3:::conf/more.conf"));

        var task = story.started("web");

        var volume = "firelens-" + Story.id(task);
        assertThat(spec(task, "router").mounts())
                .contains(mount(Story.id(task), "external.conf", "/fluent-bit/etc/external.conf"));
        assertThat(story.aws().engine().file(volume, "external.conf")).contains("[FILTER]\n");
        assertThat(story.aws().engine().file(volume, "fluent.conf").orElseThrow())
                .contains("@INCLUDE /fluent-bit/etc/external.conf");
    }

    @Test
    void aConfigurationThatIsNotThereStopsTheTask() {
        story.define("web", app(Map.of()), routerOf("arn:aws:s3:::conf/more.conf"));

        assertThat(story.started("web").stoppedReason())
                .isEqualTo("ResourceInitializationError: unable to download firelens s3 config file: unable to download"
                        + " s3 config more.conf from bucket conf: NoSuchBucket: The specified bucket does not exist"
                        + " status code: 404");
    }

    @Test
    void secretOptionsOfALogAreTheRouters() {
        story.aws().ssm().putParameter(p -> p.name("/key").value("s3cret").type("SecureString"));
        var app = container(
                "app",
                c -> c.logConfiguration(l -> l.logDriver("awsfirelens")
                        .options(Map.of("Name", "datadog"))
                        .secretOptions(s -> s.name("apikey").valueFrom("/key"))));
        story.define("web", r -> r.executionRoleArn("arn:aws:iam::000000000000:role/x"), app, router("fluentbit"));

        var task = story.started("web");

        assertThat(story.aws()
                        .engine()
                        .file("firelens-" + Story.id(task), "fluent.conf")
                        .orElseThrow())
                .contains("apikey s3cret");
    }

    @Test
    void inBridgeModeAnAppReachesTheRouterAtItsAddress() {
        story.define("web", app(Map.of()), router("fluentbit"), container("other"));

        var task = story.started("web");

        assertThat(spec(task, "app").environment())
                .containsEntry("FLUENT_HOST", story.onEngine(task, "router").address())
                .containsEntry("FLUENT_PORT", "24224");
        assertThat(spec(task, "router").environment()).doesNotContainKey("FLUENT_HOST");
        assertThat(spec(task, "other").environment()).doesNotContainKey("FLUENT_HOST");
    }

    @Test
    void inAwsvpcModeAnAppReachesTheRouterAtLoopback() {
        story.defineAwsvpc("web", app(Map.of()), router("fluentbit"));

        var task = story.startedAwsvpc("web");

        assertThat(task.lastStatus()).isEqualTo("RUNNING");
        assertThat(spec(task, "app").environment()).containsEntry("FLUENT_HOST", "127.0.0.1");
    }

    @Test
    void theRouterStartsFirstAndStopsLast() {
        story.define("web", app(Map.of()), router("fluentbit"));
        var task = story.started("web");
        var names = new HashMap<Object, String>();
        names.put(story.id(task, "app"), "app");
        names.put(story.id(task, "router"), "router");
        var ends = new ArrayList<String>();
        story.aws().engine().listen(event -> {
            if (event instanceof EngineEvent.Exited exited) {
                ends.add(names.getOrDefault(exited.container(), "?"));
            }
        });
        var started = List.of(
                story.onEngine(task, "router").startedAt(),
                story.onEngine(task, "app").startedAt());

        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Story.SOON);

        assertThat(started).isSorted().doesNotHaveDuplicates();
        assertThat(ends).containsExactly("app", "router");
    }

    @Test
    void aRouterThatWaitsForTheAppIsNotWaitedFor() {
        story.defineAwsvpc(
                "web",
                app(Map.of()),
                router("fluentbit")
                        .copy(c -> c.dependsOn(d -> d.containerName("app").condition("START"))));

        assertThat(story.startedAwsvpc("web").lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void optionsThatAreNoneFailTheTask() {
        story.define("web", app(Map.of("region", "us-east-1")), router("fluentbit"));

        var ended = story.started("web");

        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(ended.stoppedReason())
                .startsWith("ResourceInitializationError: unable to generate firelens config file: ")
                .endsWith("missing output key Name which is required for firelens configuration of type fluentbit");
    }

    @Test
    void nothingIsLeftOfATasksSocket() {
        story.define("web", app(Map.of()), router("fluentbit"));
        var task = story.started("web");
        var volume = "firelens-" + Story.id(task);
        var before = story.aws().engine().volumes().exists(volume);

        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Story.SOON);

        assertThat(before).isTrue();
        assertThat(story.aws().engine().volumes().exists(volume)).isFalse();
    }

    private ContainerSpec spec(Task task, String container) {
        return story.aws().engine().spec(story.id(task, container));
    }

    private static Mount mount(String taskId, String folder, String path) {
        return new Mount(new Source.Volume("firelens-" + taskId, folder), path, false);
    }

    private static ContainerDefinition app(Map<String, String> options) {
        return container(
                "app", c -> c.logConfiguration(l -> l.logDriver("awsfirelens").options(options)));
    }

    private static ContainerDefinition routerOf(String file) {
        return container(
                "router",
                c -> c.firelensConfiguration(
                        f -> f.type("fluentbit").options(Map.of("config-file-type", "s3", "config-file-value", file))));
    }

    private static ContainerDefinition router(String type) {
        return container("router", c -> c.firelensConfiguration(f -> f.type(type)));
    }
}

package dev.hakoniwa.ecs.task.engine;

import static dev.hakoniwa.ecs.task.state.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.task.state.TaskBuilder;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;

/// What the ECS agent writes, line by line.
final class RouterConfigurationTest {
    private static final Map<String, String> NONE = Map.of();

    @Test
    void fluentBitInBridgeMode() {
        var task = router("fluentbit", Map.of("config-file-type", "file", "config-file-value", "/extra.conf"))
                .container(
                        "app",
                        sends(Map.of(
                                "Name", "kinesis_firehose",
                                "region", "us-west-2",
                                "delivery_stream", "my-stream",
                                "include-pattern", "failure",
                                "exclude-pattern", "success",
                                "log-driver-buffer-limit", "2097152")));

        assertThat(text(task, "i-0123"))
                .isEqualTo("""

                [INPUT]
                    Name forward
                    Mem_Buf_Limit 25MB
                    unix_path /var/run/fluent.sock

                [INPUT]
                    Name forward
                    Listen 0.0.0.0
                    Port 24224

                [INPUT]
                    Name tcp
                    Tag firelens-healthcheck
                    Listen 127.0.0.1
                    Port 8877

                [FILTER]
                    Name   grep
                    Match app-firelens*
                    Regex  log failure

                [FILTER]
                    Name   grep
                    Match app-firelens*
                    Exclude log success

                [FILTER]
                    Name record_modifier
                    Match *
                    Record ec2_instance_id i-0123
                    Record ecs_cluster default
                    Record ecs_task_arn %s
                    Record ecs_task_definition web:3

                @INCLUDE /extra.conf

                [OUTPUT]
                    Name null
                    Match firelens-healthcheck

                [OUTPUT]
                    Name kinesis_firehose
                    Match app-firelens*
                    delivery_stream my-stream
                    region us-west-2
                """.formatted(task.build().key().arn()));
    }

    @Test
    void fluentdOnFargate() {
        var task = router("fluentd", Map.of("config-file-type", "file", "config-file-value", "/extra.conf"))
                .definition(d -> d.networkMode(NetworkMode.AWSVPC))
                .container(
                        "app",
                        sends(Map.of(
                                "@type",
                                "s3",
                                "bucket",
                                "logs",
                                "include-pattern",
                                "failure",
                                "exclude-pattern",
                                "success")));

        assertThat(text(task, "")).isEqualTo("""

                <source>
                    @type unix
                    path /var/run/fluent.sock
                </source>

                <source>
                    @type forward
                    bind 127.0.0.1
                    port 24224
                </source>

                <filter app-firelens**>
                    @type  grep
                    <regexp>
                        key log
                        pattern failure
                    </regexp>
                </filter>

                <filter app-firelens**>
                    @type  grep
                    <exclude>
                        key log
                        pattern success
                    </exclude>
                </filter>

                <filter **>
                    @type record_transformer
                    <record>
                        ecs_cluster default
                        ecs_task_arn %s
                        ecs_task_definition web:3
                    </record>
                </filter>

                @include /extra.conf

                <match app-firelens**>
                    @type s3
                    bucket logs
                </match>
                """.formatted(task.build().key().arn()));
    }

    @Test
    void inHostModeARouterHasItsSocketAlone() {
        var task = router("fluentbit", Map.of("enable-ecs-log-metadata", "false"))
                .definition(d -> d.networkMode(NetworkMode.HOST))
                .container("app", sends(Map.of("Name", "stdout")))
                .container("side", sends(Map.of("Name", "null")));

        assertThat(text(task, "i-0123")).isEqualTo("""

                [INPUT]
                    Name forward
                    Mem_Buf_Limit 25MB
                    unix_path /var/run/fluent.sock

                [OUTPUT]
                    Name stdout
                    Match app-firelens*

                [OUTPUT]
                    Name null
                    Match side-firelens*
                """);
    }

    @Test
    void aContainerMayLeaveItsOutputToTheIncludedFile() {
        var task = router("fluentd", NONE).container("app", sends(Map.of("exclude-pattern", "x")));

        assertThat(text(task, "")).contains("<exclude>").doesNotContain("<match");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "T, true", "1, true", "false, false", "0, false", "perhaps, false"})
    void whatIsKnownOfTheTaskIsAddedUnlessItIsNotWanted(String wanted, boolean added) {
        var task =
                router("fluentbit", Map.of("enable-ecs-log-metadata", wanted)).container("app", sends(NONE));

        assertThat(text(task, "").contains("ecs_cluster")).isEqualTo(added);
    }

    @ParameterizedTest
    @CsvSource({"fluentbit, Name", "fluentd, @type"})
    void optionsOfAnOutputNeedThePlugin(String type, String key) {
        var task = router(type, NONE).container("app", sends(Map.of("region", "us-west-2")));

        assertThatThrownBy(() -> text(task, ""))
                .hasMessage("ResourceInitializationError: unable to generate firelens config file: unable to generate "
                        + "firelens config: unable to apply log options of container app to firelens config: "
                        + "missing output key " + key + " which is required for firelens configuration of type "
                        + type);
    }

    @Test
    void aFileOfS3IsIncludedWhereItIsPut() {
        var task = router(
                        "fluentbit",
                        Map.of("config-file-type", "s3", "config-file-value", "arn:aws:s3:::bucket/fluent.conf"))
                .container("app", sends(NONE));

        assertThat(text(task, "")).contains("@INCLUDE /fluent-bit/etc/external.conf\n");
    }

    private static TaskBuilder router(String type, Map<String, String> options) {
        return task().container(
                        "router", c -> c.firelensConfiguration(f -> f.type(type).options(options)));
    }

    private static Consumer<ContainerDefinition.Builder> sends(Map<String, String> options) {
        return c -> c.logConfiguration(l -> l.logDriver("awsfirelens").options(options));
    }

    private static String text(TaskBuilder builder, String instance) {
        var task = builder.build();
        return RouterConfiguration.of(task, task.router().orElseThrow(), instance);
    }
}

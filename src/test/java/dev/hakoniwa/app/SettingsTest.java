package dev.hakoniwa.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.core.Problems;
import dev.hakoniwa.docker.OwnNetwork;
import dev.hakoniwa.vpc.Fleet;
import dev.hakoniwa.vpc.InstanceType;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SettingsTest {
    private final Problems problems = new Problems();

    @Test
    void whatIsNotGivenHasItsDefault() {
        var settings = read(Map.of());

        assertThat(problems.found()).isEmpty();
        assertThat(settings.port()).isEqualTo(4566);
        assertThat(settings.host()).isEqualTo(OwnNetwork.gateway().isPresent() ? "0.0.0.0" : "127.0.0.1");
        assertThat(settings.account()).hasToString("000000000000");
        assertThat(settings.region()).hasToString("us-east-1");
        assertThat(settings.engine()).isEqualTo(Settings.EngineKind.DOCKER);
        assertThat(settings.dataFolder().toString()).endsWith("hakoniwa-4566");
        assertThat(settings.fleet()).isEqualTo(new Fleet(1, new InstanceType("m5.16xlarge", 64, 262_144)));
        assertThat(settings.logLevel()).isEqualTo("INFO");
    }

    @Test
    void everySettingCanBeGiven() {
        var settings = read(Map.of(
                "hakoniwa.port", "8000",
                "hakoniwa.host", "0.0.0.0",
                "hakoniwa.account-id", "123456789012",
                "hakoniwa.region", "eu-central-1",
                "hakoniwa.engine", "simulated",
                "hakoniwa.task-endpoint-url", "http://10.0.0.1:4566",
                "hakoniwa.container-instances", "3",
                "hakoniwa.container-instance-type", "c5.large",
                "hakoniwa.log-level", "debug"));

        assertThat(problems.found()).isEmpty();
        assertThat(settings.port()).isEqualTo(8000);
        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.account()).hasToString("123456789012");
        assertThat(settings.region()).hasToString("eu-central-1");
        assertThat(settings.engine()).isEqualTo(Settings.EngineKind.SIMULATED);
        assertThat(settings.taskEndpointUrl()).isEqualTo("http://10.0.0.1:4566");
        assertThat(settings.fleet()).isEqualTo(new Fleet(3, new InstanceType("c5.large", 2, 4096)));
        assertThat(settings.logLevel()).isEqualTo("DEBUG");
    }

    @Test
    void tasksAreToldTheirWayToTheApiUnlessTheyAreToHaveNoneOrAnother() {
        assertThat(read(Map.of()).endpointInTasks("http://here")).isEqualTo("http://here");
        assertThat(read(Map.of("hakoniwa.task-endpoint-url", "off")).endpointInTasks("http://here"))
                .isNull();
        assertThat(read(Map.of("hakoniwa.task-endpoint-url", "http://there")).endpointInTasks("http://here"))
                .isEqualTo("http://there");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        read(Map.of(
                "hakoniwa.port", "70000",
                "hakoniwa.account-id", "12",
                "hakoniwa.region", "Mars!",
                "hakoniwa.engine", "podman",
                "hakoniwa.task-endpoint-url", "here",
                "hakoniwa.container-instances", "many",
                "hakoniwa.container-instance-type", "large",
                "hakoniwa.data-folder", "/dev/null",
                "hakoniwa.log-level", "LOUD"));

        assertThat(problems.found())
                .containsExactly(
                        "port: must be between 1 and 65535: 70000",
                        "account-id: must be 12 digits: 12",
                        "region: not a region's name: Mars!",
                        "engine: must be docker or simulated: podman",
                        "task-endpoint-url: must be auto, off or a URL such as http://10.0.0.1:4566: here",
                        "container-instances: must be between 0 and 999: many",
                        "container-instance-type: not a type of the families c, m, r or t: large",
                        "data-folder: not a folder that can be written: /dev/null",
                        "log-level: must be one of ERROR, WARN, INFO, DEBUG, TRACE: LOUD");
    }

    @Test
    void helpNamesEverySettingWithItsVariable() {
        assertThat(Settings.help()).contains("--account-id", "HAKONIWA_ACCOUNT_ID", "--data-folder", "HAKONIWA_PORT");
    }

    private Settings read(Map<String, String> given) {
        return Settings.read(name -> Optional.ofNullable(given.get(name)), problems);
    }
}

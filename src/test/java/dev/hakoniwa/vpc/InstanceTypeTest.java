package dev.hakoniwa.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InstanceTypeTest {
    @ParameterizedTest
    @CsvSource({
        "t2.micro, 2, 1024",
        "t3.nano, 2, 512",
        "t4g.2xlarge, 8, 32768",
        "c5.large, 2, 4096",
        "m5.xlarge, 4, 16384",
        "m6gd.medium, 1, 4096",
        "m5.16xlarge, 64, 262144",
        "r7iz.32xlarge, 128, 1048576",
    })
    void theSizeFollowsFromTheName(String name, int vcpus, int mebibytes) {
        assertThat(InstanceType.of(name)).contains(new InstanceType(name, vcpus, mebibytes));
    }

    @ParameterizedTest
    @CsvSource({
        "t3.micro, 1, 1",
        "t3.large, 2, 2",
        "t2.xlarge, 2, 2",
        "m6g.medium, 1, 1",
        "c5.large, 2, 10",
        "m5.xlarge, 3, 18",
        "m5.2xlarge, 3, 38",
        "c5.4xlarge, 7, 58",
        "r5.12xlarge, 7, 58",
        "m5.16xlarge, 14, 118",
    })
    void tasksHaveTheInterfacesThatTheInstanceDoesNotNeed(String name, int tasks, int trunked) {
        var type = InstanceType.of(name).orElseThrow();

        assertThat(type.taskInterfaces(false)).isEqualTo(tasks);
        assertThat(type.taskInterfaces(true)).isEqualTo(trunked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m5", "large", "m5.huge", "t3.16xlarge", "m5.0xlarge", "p4d.24xlarge", "M5.large"})
    void othersAreNotKnown(String name) {
        assertThat(InstanceType.of(name)).isEmpty();
    }
}

package dev.hakoniwa.ecs.task.state;

import static dev.hakoniwa.ecs.task.state.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.runtime.Health;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LiveTaskTest {
    @ParameterizedTest
    @CsvSource({
        "HEALTHY, HEALTHY, HEALTHY",
        "HEALTHY, UNKNOWN, UNKNOWN",
        "UNKNOWN, UNHEALTHY, UNHEALTHY",
        "HEALTHY, UNHEALTHY, UNHEALTHY",
        "UNKNOWN, UNKNOWN, UNKNOWN",
    })
    void aTasksHealthIsTheWorstOfItsCheckedContainers(Health first, Health second, Health expected) {
        var task = task().container("a", c -> c.healthCheck(h -> h.command("CMD", "check")))
                .container("b", c -> c.healthCheck(h -> h.command("CMD", "check")))
                .container("unchecked")
                .containerIs("a", c -> c.healthy(first))
                .containerIs("b", c -> c.healthy(second))
                .build();

        assertThat(task.health()).isEqualTo(expected);
        assertThat(task.hasHealthCheck()).isTrue();
    }

    @Test
    void aContainerThatIsNotEssentialDoesNotCount() {
        var task = task().container("a", c -> c.healthCheck(h -> h.command("CMD", "check")))
                .container("b", c -> c.essential(false).healthCheck(h -> h.command("CMD", "check")))
                .containerIs("a", c -> c.healthy(Health.HEALTHY))
                .containerIs("b", c -> c.healthy(Health.UNHEALTHY))
                .build();

        assertThat(task.health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void whereNothingIsCheckedNothingIsKnown() {
        var task = task().container("a")
                .container("b", c -> c.healthCheck(h -> h.command("NONE")))
                .build();

        assertThat(task.health()).isEqualTo(Health.UNKNOWN);
        assertThat(task.hasHealthCheck()).isFalse();
    }
}

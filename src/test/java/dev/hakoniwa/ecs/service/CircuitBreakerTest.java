package dev.hakoniwa.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;

final class CircuitBreakerTest {
    @ParameterizedTest
    @CsvSource({"0, 3", "1, 3", "6, 3", "7, 4", "25, 13", "400, 200", "800, 200"})
    void halfOfTheTasksMayFailWithinBounds(int desired, int threshold) {
        var settings = DeploymentCircuitBreaker.builder().enable(true).build();

        assertThat(CircuitBreaker.threshold(settings, desired)).isEqualTo(threshold);
    }

    @ParameterizedTest
    @CsvSource({
        "BOUNDED_PERCENT, 10, 20, 3",
        "BOUNDED_PERCENT, 100, 20, 20",
        "UNBOUNDED_PERCENT, 10, 20, 2",
        "UNBOUNDED_PERCENT, 100, 800, 800",
        "UNBOUNDED_PERCENT, 10, 0, 1",
        "COUNT, 7, 1, 7",
        "COUNT, 7, 100, 7",
    })
    void aServiceMaySetItsOwnThreshold(String type, int value, int desired, int threshold) {
        var settings = DeploymentCircuitBreaker.builder()
                .enable(true)
                .thresholdConfiguration(t -> t.type(type).value(value))
                .build();

        assertThat(CircuitBreaker.threshold(settings, desired)).isEqualTo(threshold);
    }
}

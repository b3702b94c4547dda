package dev.hakoniwa.ecs.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.aws.AwsError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.LaunchType;

final class CapacityChoiceTest {
    private static final Cluster CLUSTER = Cluster.builder()
            .capacityProviders("FARGATE", "FARGATE_SPOT", "own")
            .defaultCapacityProviderStrategy(item("FARGATE_SPOT", 0, 1))
            .build();

    @Test
    void theClustersDefaultHoldsWhereNothingIsAskedFor() {
        assertThat(CapacityChoice.strategy(CLUSTER, null, List.of()))
                .isEqualTo(CLUSTER.defaultCapacityProviderStrategy());
        assertThat(CapacityChoice.strategy(CLUSTER, LaunchType.EC2, List.of())).isEmpty();
        assertThat(CapacityChoice.launchType(null, List.of())).isEqualTo(LaunchType.EC2);
    }

    @ParameterizedTest
    @CsvSource({"FARGATE, FARGATE", "FARGATE_SPOT, FARGATE", "own, EC2"})
    void theProviderDecidesOnTheLaunchType(String provider, LaunchType launchType) {
        assertThat(CapacityChoice.launchType(null, List.of(item(provider, 0, 1))))
                .isEqualTo(launchType);
    }

    /// Strategies as `provider:base:weight`, and how many of so many tasks each provider gets.
    @ParameterizedTest
    @CsvSource({
        "FARGATE:0:1, 3, 3",
        "FARGATE:0:0, 3, 3",
        "FARGATE:0:1 FARGATE_SPOT:0:1, 4, 2 2",
        "FARGATE:0:1 FARGATE_SPOT:0:4, 10, 2 8",
        "FARGATE:2:1 FARGATE_SPOT:0:1, 2, 2 0",
        "FARGATE:2:1 FARGATE_SPOT:0:1, 6, 4 2",
        "FARGATE:0:1 FARGATE_SPOT:2:1, 6, 2 4",
        "FARGATE:1:0 FARGATE_SPOT:0:1, 4, 1 3",
        "FARGATE:0:0 FARGATE_SPOT:0:1, 4, 0 4",
    })
    void basesAreFilledFirstThenWeightsShare(String strategy, int tasks, String expected) {
        var items =
                Stream.of(strategy.split(" ")).map(CapacityChoiceTest::parse).toList();
        var running = new ArrayList<>(Collections.nCopies(items.size(), 0));

        for (var i = 0; i < tasks; i++) {
            var provider = CapacityChoice.provider(items, running);
            var place = items.stream()
                    .map(CapacityProviderStrategyItem::capacityProvider)
                    .toList()
                    .indexOf(provider);
            running.set(place, running.get(place) + 1);
        }

        assertThat(running)
                .isEqualTo(Stream.of(expected.split(" ")).map(Integer::valueOf).toList());
    }

    @Test
    void aStrategyAskedForHoldsToTheRulesOfEveryStrategy() {
        assertThatThrownBy(() -> CapacityChoice.strategy(CLUSTER, null, List.of(item("other", 0, 1))))
                .isInstanceOfSatisfying(
                        AwsError.class, e -> assertThat(e.code()).isEqualTo("InvalidParameterException"))
                .hasMessage(
                        "The specified capacity provider strategy cannot contain a capacity provider that is not "
                                + "associated with the cluster. Associate the capacity provider with the cluster and try again.");
    }

    @Test
    void whatAStrategyLeavesOutIsFilledIn() {
        var bare = CapacityProviderStrategyItem.builder()
                .capacityProvider("FARGATE")
                .build();

        assertThat(CapacityChoice.strategy(CLUSTER, null, List.of(bare))).containsExactly(item("FARGATE", 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"LATEST, 1.4.0", ", 1.4.0", "'', 1.4.0", "1.4.0, 1.4.0", "1.3.0, 1.3.0"})
    void fargatesLatestPlatformIsOnePointFour(String asked, String version) {
        assertThat(CapacityChoice.compute(LaunchType.FARGATE, null, asked, "us-east-1a")
                        .platformVersion())
                .isEqualTo(version);
    }

    @Test
    void aPlatformThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> CapacityChoice.compute(LaunchType.FARGATE, null, "9.0", "us-east-1a"))
                .isInstanceOfSatisfying(
                        AwsError.class, e -> assertThat(e.code()).isEqualTo("PlatformUnknownException"))
                .hasMessage("The specified platform does not exist.");
        assertThatThrownBy(() -> CapacityChoice.compute(LaunchType.EC2, null, "1.4.0", "us-east-1a"))
                .hasMessage("The platform version must be null when specifying an EC2 launch type.");
    }

    private static CapacityProviderStrategyItem parse(String text) {
        var parts = text.split(":");
        return item(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    private static CapacityProviderStrategyItem item(String provider, int base, int weight) {
        return CapacityProviderStrategyItem.builder()
                .capacityProvider(provider)
                .base(base)
                .weight(weight)
                .build();
    }
}

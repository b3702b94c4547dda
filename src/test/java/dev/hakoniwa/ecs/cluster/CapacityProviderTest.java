package dev.hakoniwa.ecs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.TestEcs;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CapacityProvider;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStatus;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ResourceInUseException;

@WireTest
final class CapacityProviderTest {
    private final TestEcs aws = new TestEcs();
    private final EcsClient ecs = aws.client();

    @Test
    void fargateAndFargateSpotAreEverywhere() {
        var described = ecs.describeCapacityProviders(d -> {});

        assertThat(described.capacityProviders())
                .extracting(CapacityProvider::capacityProviderArn, CapacityProvider::name, CapacityProvider::status)
                .containsExactly(
                        tuple(
                                aws.in("arn:aws:ecs:us-east-1:123456789012:capacity-provider/FARGATE"),
                                "FARGATE",
                                CapacityProviderStatus.ACTIVE),
                        tuple(
                                aws.in("arn:aws:ecs:us-east-1:123456789012:capacity-provider/FARGATE_SPOT"),
                                "FARGATE_SPOT",
                                CapacityProviderStatus.ACTIVE));
    }

    @Test
    void anUnknownProviderIsAFailureOfDescribing() {
        var described = ecs.describeCapacityProviders(d -> d.capacityProviders("FARGATE", "mine"));

        assertThat(described.capacityProviders())
                .extracting(CapacityProvider::name)
                .containsExactly("FARGATE");
        assertThat(described.failures())
                .extracting(Failure::arn, Failure::reason)
                .containsExactly(tuple(aws.in("arn:aws:ecs:us-east-1:123456789012:capacity-provider/mine"), "MISSING"));
    }

    @Test
    void aClustersProvidersAreReplaced() {
        ecs.createCluster(c -> c.clusterName("web").capacityProviders("FARGATE_SPOT"));

        var cluster = ecs.putClusterCapacityProviders(p -> p.cluster("web")
                        .capacityProviders("FARGATE", "FARGATE_SPOT")
                        .defaultCapacityProviderStrategy(item("FARGATE", null, 1), item("FARGATE_SPOT", 3, null)))
                .cluster();

        assertThat(cluster.capacityProviders()).containsExactly("FARGATE", "FARGATE_SPOT");
        assertThat(cluster.defaultCapacityProviderStrategy())
                .containsExactly(item("FARGATE", 0, 1), item("FARGATE_SPOT", 3, 0));
        assertThat(cluster.attachmentsStatus()).isEqualTo("UPDATE_COMPLETE");
    }

    @Test
    void providersOfAClusterAreDescribed() {
        ecs.createCluster(c -> c.clusterName("web").capacityProviders("FARGATE_SPOT"));

        var described = ecs.describeCapacityProviders(d -> d.cluster("web"));

        assertThat(described.capacityProviders())
                .extracting(CapacityProvider::name)
                .containsExactly("FARGATE_SPOT");
    }

    @Test
    @InJvm("made-up use")
    void aProviderInUseStays() {
        ecs.createCluster(c -> c.clusterName("web").capacityProviders("FARGATE", "FARGATE_SPOT"));
        aws.clusters().usedBy(uses("FARGATE_SPOT"));

        assertThatThrownBy(() -> ecs.putClusterCapacityProviders(
                        p -> p.cluster("web").capacityProviders("FARGATE").defaultCapacityProviderStrategy(List.of())))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageStartingWith("The specified capacity provider is in use and cannot be removed.");
    }

    @Test
    void anUnknownProviderIsRefused() {
        assertThatThrownBy(() -> ecs.createCluster(c -> c.clusterName("web").capacityProviders("mine")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(
                        "The specified capacity provider was not found. Specify a valid capacity provider and try again.");
    }

    static Stream<Arguments> refusedStrategies() {
        return Stream.of(
                Arguments.of(
                        List.of(item("FARGATE_SPOT", 1, 0)),
                        "The specified capacity provider strategy cannot contain a capacity provider that is not associated"
                                + " with the cluster. Associate the capacity provider with the cluster and try again."),
                Arguments.of(
                        List.of(item("FARGATE", 1, 0), item("FARGATE", 1, 0)),
                        "A capacity provider strategy cannot contain a duplicate capacity provider."),
                Arguments.of(
                        List.of(item("FARGATE", 1001, 0)),
                        "The capacity provider strategy weight must be between 0 and 1000."),
                Arguments.of(
                        List.of(item("FARGATE", 1, 100_001)),
                        "The capacity provider strategy base must be between 0 and 100000."),
                Arguments.of(List.of(item(null, 1, 0)), "capacityProvider can not be blank."));
    }

    @ParameterizedTest
    @MethodSource("refusedStrategies")
    void aStrategyHoldsToItsRules(List<CapacityProviderStrategyItem> strategy, String message) {
        ecs.createCluster(c -> c.clusterName("web"));

        assertThatThrownBy(() -> ecs.putClusterCapacityProviders(
                        p -> p.cluster("web").capacityProviders("FARGATE").defaultCapacityProviderStrategy(strategy)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void someProviderOfSeveralMustHaveWeight() {
        var associated = List.of("FARGATE", "FARGATE_SPOT");

        assertThatThrownBy(() -> CapacityStrategies.checked(
                        List.of(item("FARGATE", 0, 1), item("FARGATE_SPOT", 0, 0)), associated))
                .hasMessageStartingWith(
                        "The specified capacity provider strategy does not contain any capacity providers");
        assertThatThrownBy(() -> CapacityStrategies.checked(
                        List.of(item("FARGATE", 1, 1), item("FARGATE_SPOT", 1, 1)), associated))
                .hasMessageStartingWith("Only one capacity provider in a capacity provider strategy can have a base");
    }

    private static CapacityProviderStrategyItem item(
            @Nullable String provider, @Nullable Integer weight, @Nullable Integer base) {
        return CapacityProviderStrategyItem.builder()
                .capacityProvider(provider)
                .weight(weight)
                .base(base)
                .build();
    }

    private static ClusterUse uses(String provider) {
        return new ClusterUse() {
            @Override
            public ClusterCounts in(Scope scope, String clusterName) {
                return ClusterCounts.NONE;
            }

            @Override
            public boolean uses(Scope scope, String clusterName, String capacityProvider) {
                return capacityProvider.equals(provider);
            }
        };
    }
}

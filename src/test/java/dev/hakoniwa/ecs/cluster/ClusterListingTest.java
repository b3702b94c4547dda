package dev.hakoniwa.ecs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.TestEcs;
import dev.hakoniwa.testing.WireTest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;

@WireTest
final class ClusterListingTest {
    private final EcsClient ecs = new TestEcs().client();

    @Test
    void clustersAreListedInPages() {
        IntStream.range(0, 5).forEach(i -> ecs.createCluster(c -> c.clusterName("c" + i)));

        var first = ecs.listClusters(l -> l.maxResults(2));
        var all = ecs.listClustersPaginator(l -> l.maxResults(2)).clusterArns().stream()
                .toList();

        assertThat(first.clusterArns()).hasSize(2);
        assertThat(first.nextToken()).isNotBlank();
        assertThat(all).hasSize(5).isSorted();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void aPageHasAtMostAHundredClusters(int size) {
        assertThatThrownBy(() -> ecs.listClusters(l -> l.maxResults(size)))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aTokenOfNobodysIsRefused() {
        assertThatThrownBy(() -> ecs.listClusters(l -> l.nextToken("x")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Invalid token.");
    }
}

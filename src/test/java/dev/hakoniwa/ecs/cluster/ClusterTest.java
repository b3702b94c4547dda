package dev.hakoniwa.ecs.cluster;

import static dev.hakoniwa.ecs.TestEcs.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.TestEcs;
import dev.hakoniwa.ecs.cluster.ClusterCounts.PerLaunchType;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterContainsContainerInstancesException;
import software.amazon.awssdk.services.ecs.model.ClusterContainsServicesException;
import software.amazon.awssdk.services.ecs.model.ClusterContainsTasksException;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Tag;

@WireTest
final class ClusterTest {
    private final TestEcs aws = new TestEcs();
    private final EcsClient ecs = aws.client();
    private final String web = aws.in("arn:aws:ecs:us-east-1:123456789012:cluster/web");

    @Test
    void aClusterIsCreatedWithEcssDefaults() {
        var cluster = ecs.createCluster(c -> c.clusterName("web")).cluster();

        assertThat(cluster)
                .isEqualTo(Cluster.builder()
                        .clusterArn(web)
                        .clusterName("web")
                        .status("ACTIVE")
                        .registeredContainerInstancesCount(aws.instances())
                        .runningTasksCount(0)
                        .pendingTasksCount(0)
                        .activeServicesCount(0)
                        .statistics(List.of())
                        .tags(List.of())
                        .settings(insights("disabled"))
                        .capacityProviders(List.of())
                        .defaultCapacityProviderStrategy(List.of())
                        .build());
    }

    @Test
    void aClusterWithoutANameIsTheDefaultOne() {
        var cluster = ecs.createCluster().cluster();

        assertThat(cluster.clusterName()).isEqualTo("default");
        assertThat(ecs.describeClusters().clusters())
                .extracting(Cluster::clusterName)
                .containsExactly("default");
    }

    @Test
    void creatingAClusterAgainGivesTheOneThereIs() {
        ecs.createCluster(c -> c.clusterName("web").tags(tag("team", "shop")));

        var again = ecs.createCluster(c -> c.clusterName("web")).cluster();

        assertThat(again.tags()).containsExactly(tag("team", "shop"));
        assertThat(ecs.listClusters().clusterArns()).containsExactly(web);
    }

    @Test
    void creatingAClusterAgainInAnotherWayIsRefused() {
        ecs.createCluster(c -> c.clusterName("web"));

        assertThatThrownBy(() -> ecs.createCluster(c -> c.clusterName("web").settings(insights("enabled"))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(
                        "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).");
    }

    @Test
    void newClustersTakeTheirInsightsFromTheAccount() {
        ecs.putAccountSettingDefault(s -> s.name("containerInsights").value("enhanced"));

        var cluster = ecs.createCluster(c -> c.clusterName("web")).cluster();

        assertThat(cluster.settings()).containsExactly(insights("enhanced"));
    }

    static Stream<Arguments> refusedClusters() {
        return Stream.of(
                Arguments.of("a b", "Cluster must match ^[a-zA-Z0-9\\-_]{1,255}$, but was a b"),
                Arguments.of(
                        "a".repeat(256), "Cluster must match ^[a-zA-Z0-9\\-_]{1,255}$, but was " + "a".repeat(256)));
    }

    @ParameterizedTest
    @MethodSource("refusedClusters")
    void aClustersNameHasItsForm(String name, String message) {
        assertThatThrownBy(() -> ecs.createCluster(c -> c.clusterName(name)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void describingShowsNoMoreThanIsAskedFor() {
        ecs.createCluster(c -> c.clusterName("web")
                .tags(tag("team", "shop"))
                .configuration(o -> o.executeCommandConfiguration(e -> e.logging("NONE"))));

        var plain = ecs.describeClusters(d -> d.clusters("web")).clusters().getFirst();
        var full = ecs.describeClusters(d -> d.clusters("web").include(ClusterField.knownValues()))
                .clusters()
                .getFirst();

        assertThat(plain.tags()).isEmpty();
        assertThat(plain.settings()).isEmpty();
        assertThat(plain.statistics()).isEmpty();
        assertThat(plain.configuration()).isNull();
        assertThat(full.tags()).containsExactly(tag("team", "shop"));
        assertThat(full.settings()).containsExactly(insights("disabled"));
        assertThat(full.configuration().executeCommandConfiguration().loggingAsString())
                .isEqualTo("NONE");
        assertThat(full.statistics())
                .extracting(KeyValuePair::name, KeyValuePair::value)
                .contains(tuple("runningEC2TasksCount", "0"), tuple("drainingExternalServiceCount", "0"))
                .hasSize(12);
    }

    @Test
    void aClusterThatIsNotThereIsAFailureOfDescribing() {
        ecs.createCluster(c -> c.clusterName("web"));

        var described = ecs.describeClusters(d -> d.clusters(web, "gone"));

        assertThat(described.clusters()).extracting(Cluster::clusterName).containsExactly("web");
        assertThat(described.failures())
                .containsExactly(Failure.builder()
                        .arn(aws.in("arn:aws:ecs:us-east-1:123456789012:cluster/gone"))
                        .reason("MISSING")
                        .build());
    }

    @Test
    void aFreshAccountHasNoCluster() {
        assertThat(ecs.describeClusters().failures())
                .extracting(Failure::arn, Failure::reason)
                .containsExactly(tuple(aws.in("arn:aws:ecs:us-east-1:123456789012:cluster/default"), "MISSING"));
    }

    @Test
    @InJvm("asks as tasks do")
    void nothingRunsInAClusterThatIsNotThere() {
        assertThatThrownBy(() -> resolve(null))
                .hasMessage("Cluster not found.")
                .extracting("code")
                .isEqualTo("ClusterNotFoundException");
    }

    @Test
    void accountsAndRegionsDoNotSeeOneAnother() {
        ecs.createCluster(c -> c.clusterName("web"));

        var elsewhere = aws.client("123456789012", "eu-west-1").listClusters();
        var others = aws.client("210987654321", "us-east-1").listClusters();

        assertThat(elsewhere.clusterArns()).isEmpty();
        assertThat(others.clusterArns()).isEmpty();
    }

    @Test
    void updatingChangesWhatIsGivenAlone() {
        ecs.createCluster(c -> c.clusterName("web").settings(insights("enabled")));

        var updated = ecs.updateCluster(u -> u.cluster("web")
                        .configuration(o -> o.executeCommandConfiguration(
                                e -> e.logging("OVERRIDE").logConfiguration(l -> l.s3BucketName("logs"))))
                        .serviceConnectDefaults(s -> s.namespace("shop")))
                .cluster();

        assertThat(updated.settings()).containsExactly(insights("enabled"));
        assertThat(updated.serviceConnectDefaults().namespace()).isEqualTo("shop");
        assertThat(updated.configuration()
                        .executeCommandConfiguration()
                        .logConfiguration()
                        .s3BucketName())
                .isEqualTo("logs");
    }

    @Test
    void anEmptyNamespaceTakesTheDefaultAway() {
        ecs.createCluster(c -> c.clusterName("web").serviceConnectDefaults(s -> s.namespace("shop")));

        ecs.updateCluster(u -> u.cluster("web").serviceConnectDefaults(s -> s.namespace("")));

        assertThat(ecs.describeClusters(d -> d.clusters("web"))
                        .clusters()
                        .getFirst()
                        .serviceConnectDefaults())
                .isNull();
    }

    @Test
    void settingsAreUpdated() {
        ecs.createCluster(c -> c.clusterName("web"));

        var updated = ecs.updateClusterSettings(u -> u.cluster("web").settings(insights("enhanced")));

        assertThat(updated.cluster().settings()).containsExactly(insights("enhanced"));
    }

    @Test
    void aSettingHasItsValues() {
        ecs.createCluster(c -> c.clusterName("web"));

        assertThatThrownBy(() -> ecs.updateClusterSettings(u -> u.cluster("web").settings(insights("on"))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Invalid setting 'value'");
    }

    @Test
    void execLogsGoSomewhereIfTheyAreOverridden() {
        assertThatThrownBy(() -> ecs.createCluster(c -> c.clusterName("web")
                        .configuration(o -> o.executeCommandConfiguration(e -> e.logging("OVERRIDE")))))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aDeletedClusterIsInactiveForAWhile() {
        ecs.createCluster(c -> c.clusterName("web"));

        var deleted = ecs.deleteCluster(d -> d.cluster(web)).cluster();

        assertThat(deleted.status()).isEqualTo("INACTIVE");
        assertThat(ecs.listClusters().clusterArns()).isEmpty();
        assertThat(ecs.describeClusters(d -> d.clusters("web")).clusters())
                .extracting(Cluster::status)
                .containsExactly("INACTIVE");
    }

    @Test
    @InJvm("asks as tasks do")
    void nothingRunsInADeletedCluster() {
        ecs.createCluster(c -> c.clusterName("web"));

        ecs.deleteCluster(d -> d.cluster("web"));

        assertThatThrownBy(() -> resolve("web"))
                .hasMessage("The referenced cluster was inactive.")
                .extracting("code")
                .isEqualTo("ClusterNotFoundException");
    }

    @Test
    void aDeletedClusterIsForgottenInTheEnd() {
        ecs.createCluster(c -> c.clusterName("web"));
        ecs.deleteCluster(d -> d.cluster("web"));

        aws.time().advance(Duration.ofHours(1));

        assertThat(ecs.describeClusters(d -> d.clusters("web")).failures()).hasSize(1);
    }

    @Test
    void aClusterThatCameBackIsNotForgotten() {
        ecs.createCluster(c -> c.clusterName("web").settings(insights("enabled")));
        ecs.deleteCluster(d -> d.cluster("web"));
        aws.time().advance(Duration.ofMinutes(30));

        var again = ecs.createCluster(c -> c.clusterName("web")).cluster();
        aws.time().advance(Duration.ofHours(2));

        assertThat(again.settings()).containsExactly(insights("disabled"));
        assertThat(ecs.listClusters().clusterArns()).containsExactly(web);
    }

    static Stream<Arguments> contents() {
        var one = new PerLaunchType(0, 1, 0);
        var none = PerLaunchType.NONE;
        return Stream.of(
                Arguments.of(
                        ClusterCounts.ofServices(one, none),
                        ClusterContainsServicesException.class,
                        "The Cluster cannot be deleted while Services are active."),
                Arguments.of(
                        ClusterCounts.ofServices(none, one),
                        ClusterContainsServicesException.class,
                        "The Cluster cannot be deleted while Services are active."),
                Arguments.of(
                        ClusterCounts.ofTasks(none, none, one),
                        ClusterContainsTasksException.class,
                        "The Cluster cannot be deleted while Tasks are active."),
                Arguments.of(
                        ClusterCounts.ofInstances(1, 0),
                        ClusterContainsContainerInstancesException.class,
                        "The Cluster cannot be deleted while Container Instances are active or draining."));
    }

    @ParameterizedTest
    @MethodSource("contents")
    @InJvm("made-up contents")
    void aClusterWithSomethingInItStays(ClusterCounts contents, Class<? extends EcsException> type, String message) {
        ecs.createCluster(c -> c.clusterName("web"));
        aws.clusters().usedBy(use(contents));

        assertThatThrownBy(() -> ecs.deleteCluster(d -> d.cluster("web")))
                .isInstanceOf(type)
                .hasMessageStartingWith(message);
    }

    @Test
    @InJvm("made-up contents")
    void whatIsInAClusterIsCounted() {
        ecs.createCluster(c -> c.clusterName("web"));
        aws.clusters()
                .usedBy(use(ClusterCounts.ofTasks(
                        new PerLaunchType(1, 2, 0), new PerLaunchType(0, 3, 0), PerLaunchType.NONE)));
        aws.clusters().usedBy(use(ClusterCounts.ofServices(new PerLaunchType(0, 4, 0), new PerLaunchType(0, 5, 0))));

        var cluster = ecs.describeClusters(d -> d.clusters("web").include(ClusterField.STATISTICS))
                .clusters()
                .getFirst();

        assertThat(cluster.runningTasksCount()).isEqualTo(3);
        assertThat(cluster.pendingTasksCount()).isEqualTo(3);
        assertThat(cluster.activeServicesCount()).isEqualTo(4);
        assertThat(cluster.statistics())
                .extracting(KeyValuePair::name, KeyValuePair::value)
                .contains(
                        tuple("runningEC2TasksCount", "1"),
                        tuple("runningFargateTasksCount", "2"),
                        tuple("pendingFargateTasksCount", "3"),
                        tuple("activeFargateServiceCount", "4"),
                        tuple("drainingFargateServiceCount", "5"));
    }

    static Stream<Arguments> foreignReferences() {
        return Stream.of(
                Arguments.of("arn:aws:ecs:us-east-1:210987654321:cluster/web", "AccountIDs mismatch"),
                Arguments.of("arn:aws:ecs:eu-west-1:123456789012:cluster/web", "Invalid Region in ARN"),
                Arguments.of("arn:aws:ecs:us-east-1:123456789012:service/web", "Unsupported resource type: service"),
                Arguments.of("arn:aws:s3:::web", "Invalid arn syntax."),
                Arguments.of("arn:nonsense", "Invalid arn syntax."));
    }

    @ParameterizedTest
    @MethodSource("foreignReferences")
    void aReferenceMustMeanAClusterOfTheCallers(String reference, String message) {
        assertThatThrownBy(() -> ecs.deleteCluster(d -> d.cluster(aws.in(reference))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void anUnknownClusterIsNotFound() {
        assertThatThrownBy(() -> ecs.updateCluster(u -> u.cluster("web")))
                .isInstanceOf(ClusterNotFoundException.class)
                .hasMessageStartingWith("Cluster not found.");
    }

    private Cluster resolve(@Nullable String name) {
        return aws.tables().write(() -> aws.clusters().resolve(SCOPE, name));
    }

    private static ClusterUse use(ClusterCounts counts) {
        return new ClusterUse() {
            @Override
            public ClusterCounts in(Scope scope, String clusterName) {
                return counts;
            }

            @Override
            public boolean uses(Scope scope, String clusterName, String capacityProvider) {
                return false;
            }
        };
    }

    private static ClusterSetting insights(String value) {
        return ClusterSetting.builder().name("containerInsights").value(value).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}

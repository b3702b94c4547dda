package dev.hakoniwa.ecs.cluster;

import dev.hakoniwa.ecs.cluster.ClusterCounts.PerLaunchType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterConfiguration;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;

/// A cluster as ECS shows it: with its counts, and with no more than what was asked for.
final class ClusterViews {
    private ClusterViews() {}

    /// What the operations that change a cluster answer.
    static Cluster whole(Cluster cluster, ClusterCounts counts) {
        return counted(cluster, counts);
    }

    /// What DescribeClusters answers: lists that were not asked for are empty, the rest is absent.
    static Cluster described(Cluster cluster, ClusterCounts counts, Set<ClusterField> include) {
        return counted(cluster, counts).copy(c -> {
            c.statistics(include.contains(ClusterField.STATISTICS) ? statistics(counts) : List.of());
            if (!include.contains(ClusterField.SETTINGS)) {
                c.settings(List.of());
            }
            if (!include.contains(ClusterField.TAGS)) {
                c.tags(List.of());
            }
            if (!include.contains(ClusterField.CONFIGURATIONS)) {
                c.configuration((ClusterConfiguration) null);
            }
            if (include.contains(ClusterField.ATTACHMENTS)) {
                c.attachments(List.of());
            } else {
                c.attachmentsStatus(null);
            }
        });
    }

    private static Cluster counted(Cluster cluster, ClusterCounts counts) {
        return cluster.copy(
                c -> c.registeredContainerInstancesCount(counts.instances().total())
                        .runningTasksCount(counts.running().total())
                        .pendingTasksCount(counts.pending().total())
                        .activeServicesCount(counts.services().active().total())
                        .statistics(List.of()));
    }

    private static List<KeyValuePair> statistics(ClusterCounts counts) {
        var statistics = new ArrayList<KeyValuePair>();
        add(statistics, "running", "TasksCount", counts.running());
        add(statistics, "pending", "TasksCount", counts.pending());
        add(statistics, "active", "ServiceCount", counts.services().active());
        add(statistics, "draining", "ServiceCount", counts.services().draining());
        return statistics;
    }

    private static void add(List<KeyValuePair> statistics, String state, String what, PerLaunchType counts) {
        statistics.add(statistic(state + "EC2" + what, counts.ec2()));
        statistics.add(statistic(state + "Fargate" + what, counts.fargate()));
        statistics.add(statistic(state + "External" + what, counts.external()));
    }

    private static KeyValuePair statistic(String name, int value) {
        return KeyValuePair.builder().name(name).value(Integer.toString(value)).build();
    }
}

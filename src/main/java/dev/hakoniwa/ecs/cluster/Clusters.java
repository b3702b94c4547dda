package dev.hakoniwa.ecs.cluster;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Timers;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Identifier;
import dev.hakoniwa.ecs.Taggable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.Tag;

/// The clusters there are, each kept as its shape.
public final class Clusters implements Taggable {
    /// ECS shows a deleted cluster as INACTIVE for a while, then forgets it.
    private static final Duration DELETED_CLUSTER_LIFE = Duration.ofHours(1);

    static final String DEFAULT = "default";

    private final Tables tables;
    private final Timers timers;
    private final InstantSource clock;
    private final Table<Kept> clusters;
    private final List<ClusterUse> uses = new CopyOnWriteArrayList<>();

    public Clusters(Tables tables, Timers timers, InstantSource clock) {
        this.tables = tables;
        this.timers = timers;
        this.clock = clock;
        this.clusters = tables.table("cluster");
    }

    /// Asks `use` from now on what is in a cluster.
    public void usedBy(ClusterUse use) {
        uses.add(use);
    }

    /// The ACTIVE cluster that a request names by name or ARN, `default` if it names none; with ECS's errors for one
    /// that isn't there or isn't ACTIVE.
    public Cluster resolve(Scope scope, @Nullable String nameOrArn) {
        var kept = find(scope, name(scope, nameOrArn)).orElseThrow(Errors::clusterNotFound);
        if (!kept.isActive()) {
            throw Errors.clusterInactive();
        }
        return kept.shape();
    }

    /// The name of the cluster that a request names, which need not exist.
    public static String name(Scope scope, @Nullable String nameOrArn) {
        return nameOrArn == null || nameOrArn.isEmpty()
                ? DEFAULT
                : ClusterRules.name(Identifier.of(scope, "cluster", nameOrArn));
    }

    @Override
    public String type() {
        return "cluster";
    }

    @Override
    public List<Tag> tags(Scope scope, Arn arn) {
        return tagged(scope, arn).tags();
    }

    @Override
    public void replaceTags(Scope scope, Arn arn, List<Tag> tags) {
        put(scope, tagged(scope, arn).copy(cluster -> cluster.tags(tags)));
    }

    Optional<Kept> find(Scope scope, String name) {
        return clusters.find(scope, name);
    }

    List<Cluster> active(Scope scope) {
        return clusters.where(scope, Kept::isActive).stream().map(Kept::shape).toList();
    }

    Cluster put(Scope scope, Cluster active) {
        return clusters.put(scope, active.clusterName(), Kept.active(active)).shape();
    }

    Cluster delete(Scope scope, Cluster cluster) {
        var name = cluster.clusterName();
        var inactive = cluster.copy(c -> c.status("INACTIVE"));
        clusters.put(scope, name, new Kept(inactive, clock.instant()));
        uses.forEach(use -> use.deleted(scope, name));
        timers.after(DELETED_CLUSTER_LIFE, () -> tables.write(() -> forget(scope, name)));
        return inactive;
    }

    /// What is in the cluster: nothing any more once it is deleted.
    ClusterCounts counts(Scope scope, Cluster cluster) {
        if (find(scope, cluster.clusterName()).filter(Kept::isActive).isEmpty()) {
            return ClusterCounts.NONE;
        }
        return uses.stream()
                .map(use -> use.in(scope, cluster.clusterName()))
                .reduce(ClusterCounts.NONE, ClusterCounts::plus);
    }

    boolean uses(Scope scope, Cluster cluster, String capacityProvider) {
        return uses.stream().anyMatch(use -> use.uses(scope, cluster.clusterName(), capacityProvider));
    }

    /// Forgets the cluster unless it has come back, or has come back and gone again too lately.
    private void forget(Scope scope, String name) {
        var forgotten = clock.instant().minus(DELETED_CLUSTER_LIFE);
        clusters.find(scope, name)
                .map(Kept::deletedAt)
                .filter(deletedAt -> !deletedAt.isAfter(forgotten))
                .ifPresent(_ -> clusters.remove(scope, name));
    }

    private Cluster tagged(Scope scope, Arn arn) {
        var kept = find(scope, arn.resourceId()).orElseThrow(Errors::clusterNotFound);
        if (!kept.isActive()) {
            throw Errors.inactiveClusterCannotBeTagged();
        }
        return kept.shape();
    }
}

package dev.hakoniwa.ecs.cluster;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;

/// Counts what is in each cluster as it comes, changes and goes, so that nobody has to look at all of it to tell how
/// much there is.
public final class ClusterTally {
    private final Table<ClusterCounts> counts;

    /// @param of what is counted
    public ClusterTally(String of, Tables tables) {
        counts = tables.table(of + " count");
    }

    public ClusterCounts in(Scope scope, String cluster) {
        return counts.find(scope, cluster).orElse(ClusterCounts.NONE);
    }

    /// Something that counted as `before` counts as `after` from now on.
    public void change(Scope scope, String cluster, ClusterCounts before, ClusterCounts after) {
        if (!before.equals(after)) {
            counts.put(scope, cluster, in(scope, cluster).minus(before).plus(after));
        }
    }
}

package dev.hakoniwa.ecs.cluster;

import software.amazon.awssdk.services.ecs.model.LaunchType;

/// How many things are in a cluster.
///
/// @param running tasks that are RUNNING
/// @param pending tasks that are on their way to RUNNING
/// @param stopping tasks that are on their way to STOPPED
/// @param services services, those that are ACTIVE and those that are DRAINING
/// @param instances container instances that are there
public record ClusterCounts(
        PerLaunchType running, PerLaunchType pending, PerLaunchType stopping, Services services, Instances instances) {
    public static final ClusterCounts NONE = new ClusterCounts(
            PerLaunchType.NONE, PerLaunchType.NONE, PerLaunchType.NONE, Services.NONE, Instances.NONE);

    public static ClusterCounts ofTasks(PerLaunchType running, PerLaunchType pending, PerLaunchType stopping) {
        return new ClusterCounts(running, pending, stopping, Services.NONE, Instances.NONE);
    }

    public static ClusterCounts ofServices(PerLaunchType active, PerLaunchType draining) {
        return new ClusterCounts(
                PerLaunchType.NONE,
                PerLaunchType.NONE,
                PerLaunchType.NONE,
                new Services(active, draining),
                Instances.NONE);
    }

    public static ClusterCounts ofInstances(int registered, int builtIn) {
        return new ClusterCounts(
                PerLaunchType.NONE,
                PerLaunchType.NONE,
                PerLaunchType.NONE,
                Services.NONE,
                new Instances(registered, builtIn));
    }

    public int tasks() {
        return running.total() + pending.total() + stopping.total();
    }

    ClusterCounts plus(ClusterCounts other) {
        return new ClusterCounts(
                running.plus(other.running),
                pending.plus(other.pending),
                stopping.plus(other.stopping),
                services.plus(other.services),
                instances.plus(other.instances));
    }

    ClusterCounts minus(ClusterCounts other) {
        return new ClusterCounts(
                running.minus(other.running),
                pending.minus(other.pending),
                stopping.minus(other.stopping),
                services.minus(other.services),
                instances.minus(other.instances));
    }

    /// Container instances.
    ///
    /// @param registered those that somebody has registered
    /// @param builtIn those that are there by themselves
    public record Instances(int registered, int builtIn) {
        static final Instances NONE = new Instances(0, 0);

        int total() {
            return registered + builtIn;
        }

        Instances plus(Instances other) {
            return new Instances(registered + other.registered, builtIn + other.builtIn);
        }

        Instances minus(Instances other) {
            return new Instances(registered - other.registered, builtIn - other.builtIn);
        }
    }

    public record Services(PerLaunchType active, PerLaunchType draining) {
        static final Services NONE = new Services(PerLaunchType.NONE, PerLaunchType.NONE);

        public int total() {
            return active.total() + draining.total();
        }

        Services plus(Services other) {
            return new Services(active.plus(other.active), draining.plus(other.draining));
        }

        Services minus(Services other) {
            return new Services(active.minus(other.active), draining.minus(other.draining));
        }
    }

    /// A count for each launch type; a capacity provider's tasks count where it puts them.
    public record PerLaunchType(int ec2, int fargate, int external) {
        public static final PerLaunchType NONE = new PerLaunchType(0, 0, 0);

        public int total() {
            return ec2 + fargate + external;
        }

        /// One thing of the launch type.
        public static PerLaunchType one(LaunchType launchType) {
            return switch (launchType) {
                case FARGATE -> new PerLaunchType(0, 1, 0);
                case EXTERNAL -> new PerLaunchType(0, 0, 1);
                case EC2, MANAGED_INSTANCES, UNKNOWN_TO_SDK_VERSION -> new PerLaunchType(1, 0, 0);
            };
        }

        PerLaunchType plus(PerLaunchType other) {
            return new PerLaunchType(ec2 + other.ec2, fargate + other.fargate, external + other.external);
        }

        PerLaunchType minus(PerLaunchType other) {
            return new PerLaunchType(ec2 - other.ec2, fargate - other.fargate, external - other.external);
        }
    }
}

package dev.hakoniwa.ecs.service;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.ServiceVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/// What the tasks of one deployment are made from. Whatever changes it starts a new deployment.
///
/// @param launchType what the tasks run on, also where a strategy decides it
/// @param strategy empty for a launch type alone
/// @param platformVersion as asked for, `LATEST` unless told; null but on Fargate
record Revision(
        TaskDefinition definition,
        LaunchType launchType,
        List<CapacityProviderStrategyItem> strategy,
        @Nullable String platformVersion,
        @Nullable NetworkConfiguration network,
        List<LoadBalancer> loadBalancers,
        List<ServiceVolumeConfiguration> volumes) {
    Revision {
        strategy = List.copyOf(strategy);
        loadBalancers = List.copyOf(loadBalancers);
        volumes = List.copyOf(volumes);
    }

    /// Null but on Fargate.
    @Nullable
    String platformFamily() {
        return platformVersion == null ? null : "Linux";
    }
}

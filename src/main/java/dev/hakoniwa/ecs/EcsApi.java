package dev.hakoniwa.ecs;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Service;

/// The table of ECS's operations.
public final class EcsApi {
    private static final Service ECS = Service.json("ecs", "AmazonEC2ContainerServiceV20141113", "2014-11-13");

    private final Operations operations = Operations.of(ECS);

    public Operations operations() {
        return operations;
    }
}

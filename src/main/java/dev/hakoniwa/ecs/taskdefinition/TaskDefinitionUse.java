package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.core.Scope;

/// Whether a part of ECS (tasks, services) still needs a task definition. One that is being deleted goes for good when
/// nobody does.
public interface TaskDefinitionUse {
    boolean uses(Scope scope, String taskDefinitionArn);
}

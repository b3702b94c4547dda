package dev.hakoniwa.ecs.task.state;

import dev.hakoniwa.ecs.task.state.TaskSpec.TaskTarget;
import dev.hakoniwa.elb.Targets;

/// How a target is that a task has registered.
public record TargetHealth(TaskTarget target, Targets.Health health) {}

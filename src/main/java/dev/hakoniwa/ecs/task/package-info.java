/// ECS tasks: what a task is, how it moves from PROVISIONING to STOPPED, and what is done on the engine for it.
///
/// [TaskPlan] decides, from a task alone, what comes next; [TaskDriver] does it inside a step of the writer; [TaskJobs]
/// does the part that blocks, on a background thread, and reports back.
@NullMarked
package dev.hakoniwa.ecs.task;

import org.jspecify.annotations.NullMarked;

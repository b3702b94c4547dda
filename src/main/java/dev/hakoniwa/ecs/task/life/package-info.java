/// How tasks move from PROVISIONING to STOPPED.
///
/// [TaskPlan] decides, from a task alone, what comes next; [TaskDriver] does it inside a step of the writer; [TaskWork]
/// runs the part that blocks on a background thread, and brings back what came of it.
@NullMarked
package dev.hakoniwa.ecs.task.life;

import org.jspecify.annotations.NullMarked;

/// ECS tasks: what the API and services ask of them, and the one place where they are joined up. A task itself is in
/// `state`, how it moves in `life`, what is done for it on the engine in `engine`.
@NullMarked
package dev.hakoniwa.ecs.task;

import org.jspecify.annotations.NullMarked;

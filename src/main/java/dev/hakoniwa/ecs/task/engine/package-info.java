/// What is done on the container engine for a task: its containers, namespace, volumes and logs.
@NullMarked
package dev.hakoniwa.ecs.task.engine;

import org.jspecify.annotations.NullMarked;

/// ECS Exec: commands in tasks' containers, and the sessions through which a user sees and types.
@NullMarked
package dev.hakoniwa.ecs.exec;

import org.jspecify.annotations.NullMarked;

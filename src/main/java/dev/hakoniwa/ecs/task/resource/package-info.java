/// What a task's containers get from elsewhere before they are made: secrets, registry logins and environment files.
@NullMarked
package dev.hakoniwa.ecs.task.resource;

import org.jspecify.annotations.NullMarked;

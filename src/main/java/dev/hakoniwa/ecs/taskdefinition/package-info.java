/// ECS task definitions: what may be registered, what is made of it, and how long it lives.
@NullMarked
package dev.hakoniwa.ecs.taskdefinition;

import org.jspecify.annotations.NullMarked;

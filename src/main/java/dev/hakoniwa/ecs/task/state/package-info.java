/// What a task is: what it is to be, how far it has come, and what it consists of. Values, all of them.
@NullMarked
package dev.hakoniwa.ecs.task.state;

import org.jspecify.annotations.NullMarked;

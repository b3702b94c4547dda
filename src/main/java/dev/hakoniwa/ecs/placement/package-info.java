/// Where tasks go: the cluster query language and the placement of a task on a container instance. Pure.
@NullMarked
package dev.hakoniwa.ecs.placement;

import org.jspecify.annotations.NullMarked;

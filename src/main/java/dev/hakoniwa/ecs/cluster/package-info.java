/// ECS clusters and the capacity providers they run on.
@NullMarked
package dev.hakoniwa.ecs.cluster;

import org.jspecify.annotations.NullMarked;

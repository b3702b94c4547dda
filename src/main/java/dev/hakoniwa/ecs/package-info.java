/// Amazon ECS: the API's table, its errors, and what all its resources share.
@NullMarked
package dev.hakoniwa.ecs;

import org.jspecify.annotations.NullMarked;

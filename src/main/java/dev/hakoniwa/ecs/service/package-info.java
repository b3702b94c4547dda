/// ECS services: what is wanted, and the loop that makes it so. [ServicePlan] decides, from a service and its tasks
/// alone, what is to be started and stopped; [Reconciler] does it, woken by whatever changes.
@NullMarked
package dev.hakoniwa.ecs.service;

import org.jspecify.annotations.NullMarked;

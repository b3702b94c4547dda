/// Container instances: what a cluster's tasks of launch type EC2 run on, and how much of them is taken.
@NullMarked
package dev.hakoniwa.ecs.instance;

import org.jspecify.annotations.NullMarked;

/// The data plane: listeners, rules, balancing, health probes and draining over Vert.x, as an Application Load Balancer
/// does them.
@NullMarked
package dev.hakoniwa.proxy;

import org.jspecify.annotations.NullMarked;

/// Load balancers: where they are, and what they are called.
@NullMarked
package dev.hakoniwa.elb.loadbalancer;

import org.jspecify.annotations.NullMarked;

/// The attributes of load balancers, listeners and target groups: their keys, defaults and limits.
@NullMarked
package dev.hakoniwa.elb.attribute;

import org.jspecify.annotations.NullMarked;

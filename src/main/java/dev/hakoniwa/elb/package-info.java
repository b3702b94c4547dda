/// Elastic Load Balancing v2: the API; the data plane is in dev.hakoniwa.proxy.
@NullMarked
package dev.hakoniwa.elb;

import org.jspecify.annotations.NullMarked;

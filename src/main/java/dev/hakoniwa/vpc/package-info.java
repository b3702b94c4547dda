/// Our part of the EC2 API: VPCs, subnets, security groups, network interfaces, and the networks that carry them.
@NullMarked
package dev.hakoniwa.vpc;

import org.jspecify.annotations.NullMarked;

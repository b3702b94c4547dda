/// Our part of the EC2 API: VPCs, subnets, security groups, network interfaces, and the engine's networks that carry them.
@NullMarked
package dev.hakoniwa.vpc;

import org.jspecify.annotations.NullMarked;

/// Target groups, the targets registered in them, and how they are.
@NullMarked
package dev.hakoniwa.elb.targetgroup;

import org.jspecify.annotations.NullMarked;

/// Faults that a task may bring upon its own network.
@NullMarked
package dev.hakoniwa.tmds.fault;

import org.jspecify.annotations.NullMarked;

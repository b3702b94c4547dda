/// What a [dev.hakoniwa.runtime.SimulatedEngine] is made of.
@NullMarked
package dev.hakoniwa.runtime.simulated;

import org.jspecify.annotations.NullMarked;

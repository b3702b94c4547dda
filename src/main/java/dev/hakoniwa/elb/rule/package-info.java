/// Listeners and their rules: what a request must be, and what is done with it.
@NullMarked
package dev.hakoniwa.elb.rule;

import org.jspecify.annotations.NullMarked;

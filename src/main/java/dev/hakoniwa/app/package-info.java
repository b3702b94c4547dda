/// The one place where parts are made, joined, started and closed.
@NullMarked
package dev.hakoniwa.app;

import org.jspecify.annotations.NullMarked;

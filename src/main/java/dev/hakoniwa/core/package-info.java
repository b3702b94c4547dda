/// What every other package stands on: identifiers, the one writer and its tables, time, and events.
@NullMarked
package dev.hakoniwa.core;

import org.jspecify.annotations.NullMarked;

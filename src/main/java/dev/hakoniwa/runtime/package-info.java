/// The ports to a container engine, and the plain records they speak. Calls block: they belong on a
/// [dev.hakoniwa.core.Background] thread, never inside a step of the writer.
@NullMarked
package dev.hakoniwa.runtime;

import org.jspecify.annotations.NullMarked;

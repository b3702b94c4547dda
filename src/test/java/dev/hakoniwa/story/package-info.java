/// Stories played with the emulator as users start it: a process of its own, which the wire alone leads into.
@NullMarked
package dev.hakoniwa.story;

import org.jspecify.annotations.NullMarked;

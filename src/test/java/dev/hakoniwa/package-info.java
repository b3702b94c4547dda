/// What holds for the emulator as a whole.
@NullMarked
package dev.hakoniwa;

import org.jspecify.annotations.NullMarked;

/// What the tests of all packages share.
@NullMarked
package dev.hakoniwa.testing;

import org.jspecify.annotations.NullMarked;

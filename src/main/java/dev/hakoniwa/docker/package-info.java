/// The ports of [dev.hakoniwa.runtime] over docker-java: nothing else knows Docker.
@NullMarked
package dev.hakoniwa.docker;

import org.jspecify.annotations.NullMarked;

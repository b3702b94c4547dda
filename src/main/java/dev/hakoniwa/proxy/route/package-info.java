/// Decides where a request goes: pure functions over the rules and the targets, with no socket and no clock.
@NullMarked
package dev.hakoniwa.proxy.route;

import org.jspecify.annotations.NullMarked;

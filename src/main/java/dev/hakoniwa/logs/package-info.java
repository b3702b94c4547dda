/// CloudWatch Logs, kept in memory with a bound.
@NullMarked
package dev.hakoniwa.logs;

import org.jspecify.annotations.NullMarked;

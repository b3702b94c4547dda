/// Secrets Manager and the Parameter Store of Systems Manager: what tasks read their secrets from.
@NullMarked
package dev.hakoniwa.secrets;

import org.jspecify.annotations.NullMarked;

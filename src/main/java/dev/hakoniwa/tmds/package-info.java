/// What tasks find at 169.254.170.2: metadata, credentials, task protection and fault injection.
@NullMarked
package dev.hakoniwa.tmds;

import org.jspecify.annotations.NullMarked;

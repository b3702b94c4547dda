/// Elastic Container Registry: its API, and the registry itself under /v2/.
@NullMarked
package dev.hakoniwa.ecr;

import org.jspecify.annotations.NullMarked;

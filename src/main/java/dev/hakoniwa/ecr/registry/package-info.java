/// The registry under /v2/, as Docker and every OCI client speak to it. Requests come in on the event loop and are
/// answered on virtual threads, which may block.
@NullMarked
package dev.hakoniwa.ecr.registry;

import org.jspecify.annotations.NullMarked;

/// HTTP/1.x on the wire: heads, bodies and where they end. Nothing here knows of load balancing.
@NullMarked
package dev.hakoniwa.proxy.http;

import org.jspecify.annotations.NullMarked;

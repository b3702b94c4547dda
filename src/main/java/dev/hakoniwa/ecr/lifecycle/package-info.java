/// Lifecycle policies: what they say, which images they act upon, and the day they do.
@NullMarked
package dev.hakoniwa.ecr.lifecycle;

import org.jspecify.annotations.NullMarked;

/// Lifecycle policies: what they say, and which images they act upon. Pure functions; nothing here keeps anything.
@NullMarked
package dev.hakoniwa.ecr.lifecycle;

import org.jspecify.annotations.NullMarked;

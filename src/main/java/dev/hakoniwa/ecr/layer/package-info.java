/// Layers: which repositories hold which content, and how it comes in and out.
@NullMarked
package dev.hakoniwa.ecr.layer;

import org.jspecify.annotations.NullMarked;

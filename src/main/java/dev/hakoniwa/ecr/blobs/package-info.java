/// Layers as files: content by its digest, and the uploads that become content. Everything here may block.
@NullMarked
package dev.hakoniwa.ecr.blobs;

import org.jspecify.annotations.NullMarked;

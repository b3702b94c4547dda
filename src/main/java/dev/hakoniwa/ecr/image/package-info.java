/// Images: manifests as they were pushed, their tags, and what becomes of them.
@NullMarked
package dev.hakoniwa.ecr.image;

import org.jspecify.annotations.NullMarked;

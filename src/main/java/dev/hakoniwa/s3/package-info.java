/// The slice of S3 that tasks need: buckets, and objects in memory, such as the environment files of containers. It may
/// use `aws`, and `ecs` may use it.
@NullMarked
package dev.hakoniwa.s3;

import org.jspecify.annotations.NullMarked;

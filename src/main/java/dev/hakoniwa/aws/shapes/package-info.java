/// The codec: any of the SDK's model classes out of bytes and into bytes, by what it tells of its own members.
@NullMarked
package dev.hakoniwa.aws.shapes;

import org.jspecify.annotations.NullMarked;

/// The AWS wire: bytes to the SDK's model classes and back, in every protocol; and who calls.
@NullMarked
package dev.hakoniwa.aws;

import org.jspecify.annotations.NullMarked;

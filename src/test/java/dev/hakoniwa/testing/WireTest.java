package dev.hakoniwa.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/// Tests that meet the emulator by its API alone, but for those marked [InJvm]. They are played with operations inside
/// their own JVM and, where an executable is built or named, with that one as well: see [Shipped].
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("wire")
public @interface WireTest {}

package dev.hakoniwa.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/// A test that needs what is there inside its own JVM alone, and so isn't played with what is shipped; or a class of
/// such tests, or what makes them such.
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("in-jvm")
public @interface InJvm {
    /// What it needs.
    String value();
}

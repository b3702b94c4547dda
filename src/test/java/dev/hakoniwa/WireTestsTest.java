package dev.hakoniwa;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Nobody forgets to say whether a test with SDK clients can be played with what is shipped.
final class WireTestsTest {
    private static final JavaClasses TESTS = new ClassFileImporter()
            .importUrl(WireTestsTest.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void everyTestWithClientsSaysWhatItCanBePlayedWith() {
        var silent = testsWithClients()
                .filter(test -> !test.isAnnotatedWith(WireTest.class) && !test.isAnnotatedWith(InJvm.class))
                .map(JavaClass::getName);

        assertThat(silent).isEmpty();
    }

    @Test
    void theyAreFound() {
        assertThat(testsWithClients().filter(test -> test.isAnnotatedWith(WireTest.class)))
                .hasSizeGreaterThan(10);
    }

    /// Tests that use what makes clients, unless they use something that says itself that it is there inside the JVM
    /// alone.
    private static Stream<JavaClass> testsWithClients() {
        var makers = new HashSet<>(Set.of(TESTS.get("dev.hakoniwa.testing.InMemoryAws")));
        while (makers.addAll(usersOf(makers))) {}
        return TESTS.stream().filter(WireTestsTest::isTest).filter(test -> isUser(test, makers));
    }

    private static Set<JavaClass> usersOf(Set<JavaClass> makers) {
        return TESTS.stream()
                .filter(type -> !isTest(type) && !type.isAnnotatedWith(InJvm.class) && isUser(type, makers))
                .collect(Collectors.toSet());
    }

    private static boolean isUser(JavaClass type, Set<JavaClass> makers) {
        var used = type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .toList();
        return used.stream().anyMatch(makers::contains)
                && used.stream().noneMatch(other -> other.isAnnotatedWith(InJvm.class));
    }

    private static boolean isTest(JavaClass type) {
        return type.isTopLevelClass() && type.getSimpleName().endsWith("Test");
    }
}

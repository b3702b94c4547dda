package dev.hakoniwa;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.hakoniwa.core.Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the code to its layout. The rules read the compiled classes of `main`, those about size the sources of all.
final class ArchitectureTest {
    private static final String ROOT = "dev.hakoniwa.";
    private static final String SHAPES = "software.amazon.awssdk.services..";
    private static final String EVERYTHING = "*";

    /// What each package may use, besides the JDK and `core`. Who is named nowhere on the right is used by nobody.
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("core", Set.of()),
            Map.entry("aws", Set.of()),
            Map.entry("runtime", Set.of()),
            Map.entry("proxy", Set.of()),
            Map.entry("pricing", Set.of()),
            Map.entry("docker", Set.of("runtime")),
            Map.entry("iam", Set.of("aws")),
            Map.entry("logs", Set.of("aws")),
            Map.entry("metrics", Set.of("aws")),
            Map.entry("secrets", Set.of("aws")),
            Map.entry("s3", Set.of("aws")),
            Map.entry("vpc", Set.of("aws", "runtime")),
            Map.entry("ecr", Set.of("aws", "iam", "runtime")),
            Map.entry("cloudmap", Set.of("aws", "vpc")),
            Map.entry("elb", Set.of("aws", "vpc", "proxy")),
            Map.entry(
                    "ecs",
                    Set.of(
                            "aws",
                            "runtime",
                            "iam",
                            "vpc",
                            "logs",
                            "metrics",
                            "secrets",
                            "s3",
                            "ecr",
                            "cloudmap",
                            "elb")),
            Map.entry("scaling", Set.of("aws", "ecs", "metrics")),
            Map.entry("tmds", Set.of("ecs", "iam")),
            Map.entry("console", Set.of("ecs", "elb", "ecr", "cloudmap", "logs", "metrics", "scaling", "pricing")),
            Map.entry("app", Set.of(EVERYTHING)));

    private static final String[] AWS_SERVICES =
            within("iam", "vpc", "logs", "metrics", "secrets", "s3", "ecr", "cloudmap", "elb", "ecs", "scaling");

    private static final JavaClasses CODE = new ClassFileImporter()
            .importUrl(Tables.class.getProtectionDomain().getCodeSource().getLocation());

    private static final List<JavaSource> MAIN = JavaSource.below(Path.of("src/main/java"));

    static Set<String> packages() {
        return new TreeSet<>(MAY_USE.keySet());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packagesUseOnlyWhatTheTableAllows(String name) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat(areOursAndNoneOf(name))
                .allowEmptyShould(true)
                .check(CODE);
    }

    @Test
    void theTableNamesEveryPackage() {
        assertThat(packagesBelowRoot()).isNotEmpty().isSubsetOf(MAY_USE.keySet());
    }

    @Test
    void nobodyUsesApp() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "app..")
                .check(CODE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CODE);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void subpackagesStayInside(String name) {
        noClasses()
                .that(not(resideInAnyPackage(ROOT + name + "..", ROOT + "app..")))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + name + ".*.."))
                .check(CODE);
    }

    @Test
    void onlyDockerKnowsDocker() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "docker..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github.dockerjava..")
                .check(CODE);
    }

    @Test
    void shapesStayAtTheApi() {
        noClasses()
                .that(not(resideInAPackage(ROOT + "aws..").or(resideInAnyPackage(AWS_SERVICES))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SHAPES)
                .check(CODE);
    }

    @Test
    void onlyTheCodecReadsShapesAsData() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "aws..")
                .should()
                .dependOnClassesThat(nameMatching("software\\.amazon\\.awssdk\\.core\\.Sdk(Pojo|Field)"))
                .check(CODE);
    }

    @Test
    void nobodyBuildsAnSdkClient() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage(SHAPES).and(nameMatching(".*Client(Builder)?")))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon.awssdk.http..", "software.amazon.awssdk.auth..")
                .check(CODE);
    }

    @Test
    void frameworksStayAtTheEdge() {
        noClasses()
                .that()
                .resideOutsideOfPackages(within("app", "aws", "proxy", "ecr.registry", "tmds", "console"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "io.vertx..", "org.jboss.resteasy..")
                .check(CODE);
    }

    @Test
    void timeIsHandedIn() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "core..")
                .should()
                .accessTargetWhere(describe("asks the machine for time or chance", ArchitectureTest::asksTheMachine))
                .check(CODE);
    }

    @Test
    void classesAreClosed() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotAnonymousClasses()
                .and()
                .areNotEnums()
                .and(not(describe(
                        "compiled from a package-info", c -> c.getSimpleName().equals("package-info"))))
                .should()
                .haveModifier(JavaModifier.FINAL)
                .orShould()
                .haveModifier(JavaModifier.ABSTRACT)
                .check(CODE);
    }

    @Test
    void namesAreNouns() {
        noClasses()
                .should()
                .haveNameMatching(".*[.$](Abstract|Base)[A-Z][^.$]*|.*(Manager|Helper|Utils?|Impl|Handler|Dto)")
                .check(CODE);
    }

    @Test
    void everyPackageIsNullMarked() {
        var infos = MAIN.stream().map(JavaSource::packageInfo).distinct();

        assertThat(infos).allSatisfy(info -> assertThat(info).content().contains("\n@NullMarked\n"));
    }

    @Test
    void filesAndMethodsStaySmall() {
        var tooLarge = MAIN.stream().flatMap(JavaSource::tooLarge);

        assertThat(tooLarge).isEmpty();
    }

    @Test
    void filesOfTestsStaySmallToo() {
        var tooLong = JavaSource.below(Path.of("src/test/java")).stream().flatMap(JavaSource::longFile);

        assertThat(tooLong).isEmpty();
    }

    private static DescribedPredicate<JavaClass> areOursAndNoneOf(String name) {
        var allowed = MAY_USE.getOrDefault(name, Set.of());
        if (allowed.contains(EVERYTHING)) {
            return DescribedPredicate.alwaysFalse();
        }
        var usable = new TreeSet<>(allowed);
        usable.add(name);
        usable.add("core");
        return resideInAPackage(ROOT + ".")
                .and(not(resideInAnyPackage(within(usable.toArray(String[]::new)))))
                .as("are ours and not in %s", usable);
    }

    private static boolean asksTheMachine(JavaAccess<?> call) {
        var method = call.getTargetOwner().getName() + "." + call.getName();
        return method.matches("""
                java\\.time\\.\\w+\\.now\
                |java\\.time\\.(Clock|InstantSource)\\.(system|tick).*\
                |java\\.lang\\.System\\.currentTimeMillis\
                |java\\.lang\\.Thread\\.sleep\
                |java\\.util\\.concurrent\\.TimeUnit\\.sleep\
                |java\\.util\\.UUID\\.randomUUID""");
    }

    private static Set<String> packagesBelowRoot() {
        return CODE.stream()
                .map(type -> (type.getPackageName() + ".").replace(ROOT, "").split("\\.", 2)[0])
                .collect(Collectors.toSet());
    }

    private static String[] within(String... names) {
        return Stream.of(names).map(name -> ROOT + name + "..").toArray(String[]::new);
    }
}

package io.rist4j.session;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import io.rist4j.session.guard.GreGuard;
import io.rist4j.session.guard.TunnelSecurity;
import io.rist4j.session.link.GreLink;
import io.rist4j.session.link.PathLink;
import io.rist4j.session.link.RtpLink;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.SplittableRandom;

class ArchitectureTest {
    private static final String[] FORBIDDEN_PACKAGES = {
        "java.net..",
        "java.nio.channels..",
        "java.nio.file..",
        "java.io..",
        "java.time..",
        "java.util.concurrent..",
        "java.util.logging..",
        "java.util.random..",
        "java.security.."
    };

    private static final DescribedPredicate<JavaClass> ASSEMBLY_OR_KIT =
            DescribedPredicate.describe("the assembly or a kit", ArchitectureTest::isAssemblyOrKit);

    private final JavaClasses classes = new ClassFileImporter().importPath("target/classes");

    /** What is nested in a class, the tables of its switches included, belongs to it. */
    private static boolean isAssemblyOrKit(JavaClass type) {
        String outermost = type.getName().replaceFirst("\\$.*", "");
        return outermost.equals(SessionAssembly.class.getName()) || outermost.endsWith("Kit");
    }

    @Test
    void usesNoSocketsClocksThreadsRandomnessOrLogging() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FORBIDDEN_PACKAGES)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Thread.class, System.Logger.class, Random.class, SplittableRandom.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getLogger", String.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(classes);
    }

    @Test
    void onlyTheAssemblyAndTheKitsLookAtTheProfile() {
        noClasses()
                .that(DescribedPredicate.not(ASSEMBLY_OR_KIT))
                .and()
                .doNotBelongToAnyOf(Profile.class, SessionConfig.class)
                .should()
                .accessTargetWhere(targetOwner(equivalentTo(Profile.class)))
                .orShould()
                .accessTargetWhere(
                        target(name("profile")).and(targetOwner(equivalentTo(SessionConfig.class))))
                .check(classes);
    }

    @Test
    void theRuleAboutTheProfileSeesItsSwitch() {
        classes()
                .that()
                .haveFullyQualifiedName(SessionAssembly.class.getName())
                .should()
                .accessTargetWhere(
                        target(name("profile")).and(targetOwner(equivalentTo(SessionConfig.class))))
                .check(classes);
    }

    @Test
    void onlyTheKitsKnowWhichLinkAPathHas() {
        noClasses()
                .that(DescribedPredicate.not(ASSEMBLY_OR_KIT))
                .and()
                .resideOutsideOfPackage(PathLink.class.getPackageName())
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(GreLink.class, RtpLink.class)
                .check(classes);
    }

    @Test
    void onlyTheLinksAndTheirKitsKnowKeysAndProofs() {
        noClasses()
                .that(DescribedPredicate.not(ASSEMBLY_OR_KIT))
                .and()
                .resideOutsideOfPackages(
                        PathLink.class.getPackageName(), GreGuard.class.getPackageName())
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(GreGuard.class, TunnelSecurity.class)
                .check(classes);
    }
}

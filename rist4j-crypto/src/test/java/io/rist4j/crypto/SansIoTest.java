package io.rist4j.crypto;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.util.Random;
import java.util.SplittableRandom;

class SansIoTest {
    private static final String[] FORBIDDEN_PACKAGES = {
        "java.net..",
        "java.nio.channels..",
        "java.nio.file..",
        "java.io..",
        "java.time..",
        "java.util.concurrent..",
        "java.util.logging..",
        "java.util.random.."
    };

    @Test
    void usesNoSocketsClocksThreadsRandomnessOrLogging() {
        var classes = new ClassFileImporter().importPath("target/classes");
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FORBIDDEN_PACKAGES)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Thread.class,
                        System.Logger.class,
                        Random.class,
                        SecureRandom.class,
                        SplittableRandom.class)
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
}

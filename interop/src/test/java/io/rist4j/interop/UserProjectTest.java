package io.rist4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The examples as a user builds them: a project of its own with a module descriptor, which depends
 * on nothing but what was installed, all warnings on.
 */
@Timeout(600)
final class UserProjectTest {
    private static final Path ROOT = requireNonNull(Path.of("").toAbsolutePath().getParent());
    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final List<String> ARTIFACTS =
            List.of("core", "codec", "crypto", "session", "net", "linux", "", "micrometer");

    private static final String PROJECT =
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>user</groupId>
              <artifactId>user</artifactId>
              <version>1</version>
              <properties>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                <maven.compiler.release>25</maven.compiler.release>
              </properties>
              <dependencies>
                <dependency>
                  <groupId>io.rist4j</groupId>
                  <artifactId>rist4j</artifactId>
                  <version>VERSION</version>
                </dependency>
                <dependency>
                  <groupId>io.rist4j</groupId>
                  <artifactId>rist4j-linux</artifactId>
                  <version>VERSION</version>
                  <scope>runtime</scope>
                </dependency>
                <dependency>
                  <groupId>io.rist4j</groupId>
                  <artifactId>rist4j-micrometer</artifactId>
                  <version>VERSION</version>
                </dependency>
              </dependencies>
              <build>
                <plugins>
                  <plugin>
                    <artifactId>maven-resources-plugin</artifactId>
                    <version>3.5.0</version>
                  </plugin>
                  <plugin>
                    <artifactId>maven-compiler-plugin</artifactId>
                    <version>3.16.0</version>
                    <configuration>
                      <compilerArgs>
                        <arg>-Xlint:all</arg>
                        <arg>-Werror</arg>
                      </compilerArgs>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    @Test
    void aProjectWithModulesCompilesAgainstWhatIsInstalled(@TempDir Path folder) throws Exception {
        Path local = Path.of(System.getProperty("rist4j.repository", "none"));
        assumeTrue(Files.isDirectory(local.resolve("org/apache/maven")), "no repository: skipped");
        Path repository = mirror(local, folder.resolve("repository"));
        install(repository.resolve("io/rist4j"));
        Path project = folder.resolve("project");
        Path sources = Files.createDirectories(project.resolve("src/main/java"));
        Files.writeString(project.resolve("pom.xml"), PROJECT.replace("VERSION", VERSION));
        copyExamples(sources);

        Path messages = folder.resolve("messages");
        Process maven =
                builder(
                                ROOT.resolve("mvnw").toString(),
                                "-o",
                                "-B",
                                "-ntp",
                                "-q",
                                "-Dstyle.color=never",
                                "-Dmaven.repo.local=" + repository,
                                "-f",
                                project.resolve("pom.xml").toString(),
                                "compile")
                        .redirectErrorStream(true)
                        .redirectOutput(messages.toFile())
                        .start();

        int code = maven.waitFor();
        unlink(repository);

        assertThat(code).as(Files.readString(messages)).isZero();
        assertThat(project.resolve("target/classes/module-info.class")).exists();
    }

    /** The same repository, with an empty place for what is installed here; nothing is copied. */
    private static Path mirror(Path local, Path mirror) throws IOException {
        Path mine = Files.createDirectories(mirror.resolve("io"));
        link(local, mirror, "io");
        link(local.resolve("io"), mine, "rist4j");
        return mirror;
    }

    private static void link(Path from, Path to, String except) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                Path name = requireNonNull(entry.getFileName());
                if (!name.toString().equals(except)) {
                    Files.createSymbolicLink(to.resolve(name), entry);
                }
            }
        }
    }

    /** So that whoever removes the folder need not look behind the links. */
    private static void unlink(Path mirror) throws IOException {
        for (Path folder : List.of(mirror, mirror.resolve("io"))) {
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path entry : entries.filter(Files::isSymbolicLink).toList()) {
                    Files.delete(entry);
                }
            }
        }
    }

    /** What "install" does with jars and descriptions. */
    private static void install(Path group) throws IOException {
        Path parent = Files.createDirectories(group.resolve("rist4j-parent/" + VERSION));
        Files.copy(ROOT.resolve("pom.xml"), parent.resolve("rist4j-parent-" + VERSION + ".pom"));
        for (String artifact : ARTIFACTS) {
            String name = artifact.isEmpty() ? "rist4j" : "rist4j-" + artifact;
            Path module = ROOT.resolve(name);
            Path jar = module.resolve("target/" + name + "-" + VERSION + ".jar");
            assumeTrue(Files.exists(jar), "not packaged: skipped");
            Path to = Files.createDirectories(group.resolve(name + "/" + VERSION));
            Files.copy(module.resolve("pom.xml"), to.resolve(name + "-" + VERSION + ".pom"));
            Files.copy(jar, to.resolve(jar.getFileName()));
        }
    }

    private static void copyExamples(Path sources) throws IOException {
        Path from = ROOT.resolve("examples/src/main/java");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = sources.resolve(from.relativize(file).toString());
                Files.createDirectories(requireNonNull(to.getParent()));
                Files.copy(file, to);
            }
        }
    }

    private static ProcessBuilder builder(String... command) {
        var builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        // the build around this test must not show in the one within
        environment.keySet().removeIf(name -> name.startsWith("MAVEN_"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return builder.redirectInput(new File("/dev/null"));
    }
}

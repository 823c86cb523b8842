package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the JVM is told of methods, which it forgives when they are not there. */
final class JvmOptionsTest {
    private static final Path OPTIONS = Path.of("src/main/app/lib/jvm.options");
    private static final Pattern COMMAND =
            Pattern.compile("-XX:CompileCommand=\\w+,([^:,]+)::([^,]+)(?:,.*)?");

    @Test
    void everyCompileCommandIsAboutAMethodThatIsThere() throws Exception {
        Set<String> methods = methods();
        var patterns = new ArrayList<String>();
        for (String line : Files.readAllLines(OPTIONS)) {
            if (!line.startsWith("-XX:CompileCommand=") || line.endsWith("=quiet")) {
                continue;
            }
            var matcher = COMMAND.matcher(line);
            if (!matcher.matches()) {
                fail("not understood: " + line);
            }
            Predicate<String> wanted =
                    Pattern.compile(glob(matcher.group(1)) + "::" + glob(matcher.group(2)))
                            .asMatchPredicate();
            assertThat(methods).as(line).anyMatch(wanted);
            patterns.add(line);
        }
        assertThat(patterns).doesNotHaveDuplicates().isNotEmpty();
    }

    private static String glob(String pattern) {
        return Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    }

    /** Those of the project and of the JDK, as {@code package.Class::method}. */
    private static Set<String> methods() throws IOException {
        var methods = new HashSet<String>();
        for (String entry : System.getProperty("jdk.module.path", "").split(":", -1)) {
            collect(entry, methods);
        }
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            collect(entry, methods);
        }
        try (Stream<Path> files =
                Files.walk(
                        FileSystems.getFileSystem(URI.create("jrt:/"))
                                .getPath("/modules/java.base"))) {
            read(files, methods);
        }
        return methods;
    }

    private static void collect(String entry, Set<String> methods) throws IOException {
        if (!entry.contains("rist4j") || entry.contains("test-classes")) {
            return;
        }
        if (entry.endsWith(".jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(Path.of(entry));
                    Stream<Path> files = Files.walk(jar.getPath("/"))) {
                read(files, methods);
            }
        } else if (Files.isDirectory(Path.of(entry))) {
            try (Stream<Path> files = Files.walk(Path.of(entry))) {
                read(files, methods);
            }
        }
    }

    private static void read(Stream<Path> files, Set<String> methods) throws IOException {
        List<Path> classes = files.filter(JvmOptionsTest::mayBeMeant).toList();
        for (Path file : classes) {
            var model = ClassFile.of().parse(Files.readAllBytes(file));
            String name = model.thisClass().asInternalName().replace('/', '.');
            model.methods().forEach(m -> methods.add(name + "::" + m.methodName().stringValue()));
        }
    }

    /** Parsing all of the JDK would take seconds. */
    private static boolean mayBeMeant(Path file) {
        String path = file.toString();
        return path.endsWith(".class")
                && (path.contains("io/rist4j/")
                        || path.contains("com/sun/crypto/provider/")
                        || path.contains("java/lang/classfile/")
                        || path.contains("java/lang/invoke/MethodHandle")
                        || path.contains("java/security/MessageDigest")
                        || path.contains("javax/crypto/Cipher")
                        || path.contains("jdk/internal/classfile/")
                        || path.contains("jdk/internal/constant/")
                        || path.contains("sun/security/provider/Digest"));
    }
}

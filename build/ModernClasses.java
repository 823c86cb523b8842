import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites the classes of a jar in today's class file format, without changing what they do. A JVM
 * verifies classes older than format 50 at every start, and keeps them out of its AOT cache.
 */
final class ModernClasses {
    private static final int JAVA_21 = 65;
    private static final String DESCRIPTOR = "module-info.class";

    /**
     * @param args the jars
     */
    public static void main(String[] args) throws IOException {
        for (String jar : args) {
            rewrite(Path.of(jar));
        }
    }

    private static void rewrite(Path jar) throws IOException {
        Path rewritten = jar.resolveSibling(jar.getFileName() + ".new");
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                var in = new ZipInputStream(Files.newInputStream(jar));
                var out = new ZipOutputStream(Files.newOutputStream(rewritten))) {
            ClassFile format = format(loader);
            for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
                byte[] bytes = in.readAllBytes();
                boolean isClass =
                        entry.getName().endsWith(".class") && !entry.getName().endsWith(DESCRIPTOR);
                var copy = new ZipEntry(entry.getName());
                copy.setLastModifiedTime(entry.getLastModifiedTime());
                out.putNextEntry(copy);
                out.write(isClass ? modern(format, bytes) : bytes);
                out.closeEntry();
            }
        }
        Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ClassFile format(ClassLoader hierarchy) {
        return ClassFile.of(
                ConstantPoolSharingOption.NEW_POOL,
                StackMapsOption.GENERATE_STACK_MAPS,
                ClassHierarchyResolverOption.of(
                        ClassHierarchyResolver.ofResourceParsing(hierarchy)));
    }

    /** Every method body is written anew, so that it gets the stack maps of the newer format. */
    private static byte[] modern(ClassFile format, byte[] bytes) {
        return format.transformClass(
                format.parse(bytes),
                ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
                        .andThen(
                                ClassTransform.endHandler(
                                        writer -> writer.withVersion(JAVA_21, 0))));
    }
}

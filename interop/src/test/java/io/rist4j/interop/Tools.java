package io.rist4j.interop;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds programs. */
final class Tools {
    private Tools() {}

    /**
     * Where {@code interop/librist-0.2.20} leaves libRIST 0.2.20, or where the property {@code
     * rist4j.interop.librist-0.2.20} says.
     */
    static Path currentLibrist() {
        String folder = System.getProperty("rist4j.interop.librist-0.2.20", "");
        if (!folder.isEmpty()) {
            return Path.of(folder);
        }
        String caches = System.getenv("XDG_CACHE_HOME");
        Path cache =
                caches == null || caches.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(caches);
        return cache.resolve("rist4j-peers").resolve("librist-0.2.20").resolve("bin");
    }

    /** The first of these programs that is not installed. */
    static Optional<String> missing(String... programs) {
        for (String program : programs) {
            if (!isInstalled(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    private static boolean isInstalled(String program) {
        if (program.contains("/")) {
            return Files.isExecutable(Path.of(program));
        }
        String path = System.getenv("PATH");
        if (path == null) {
            return false;
        }
        for (String folder : path.split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}

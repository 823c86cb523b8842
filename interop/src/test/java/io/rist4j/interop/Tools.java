package io.rist4j.interop;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds programs. */
final class Tools {
    private Tools() {}

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

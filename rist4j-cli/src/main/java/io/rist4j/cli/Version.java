package io.rist4j.cli;

import java.lang.module.ModuleDescriptor;

/** The version of this tool. */
final class Version {
    /** As built, for example {@code 0.1.0}. */
    static String text() {
        ModuleDescriptor module = Rist.class.getModule().getDescriptor();
        String packaged = Rist.class.getPackage().getImplementationVersion();
        if (module != null) {
            return module.rawVersion().orElse("unpackaged");
        }
        return packaged == null ? "unpackaged" : packaged;
    }

    private Version() {}
}

package io.rist4j.session;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The configured paths of a session, by index. Some come and go while it runs. */
final class ConfiguredPaths {
    /** At a time; each index is below. */
    static final int MOST = 32;

    private final @Nullable PathConfig[] paths = new PathConfig[MOST];

    ConfiguredPaths(List<PathConfig> first) {
        for (int i = 0; i < first.size(); i++) {
            paths[i] = first.get(i);
        }
    }

    /** Whether there is one with this index. */
    boolean isUsed(int path) {
        return path >= 0 && path < MOST && paths[path] != null;
    }

    /** The path of an index that is in use. */
    PathConfig of(int path) {
        PathConfig config = path >= 0 && path < MOST ? paths[path] : null;
        if (config == null) {
            throw new IllegalArgumentException("no path " + path);
        }
        return config;
    }

    /** Whether this end calls whoever is at the other end of a path. */
    boolean isDialled(int path) {
        return isUsed(path) && of(path).contact() == PathConfig.Contact.DIAL;
    }

    /** The lowest index that is free. */
    int free() {
        for (int path = 0; path < MOST; path++) {
            if (paths[path] == null) {
                return path;
            }
        }
        throw new IllegalStateException(
                "paths " + (MOST + 1) + " is outside 1.." + MOST + " paths");
    }

    void set(int path, PathConfig config) {
        paths[path] = config;
    }

    void remove(int path) {
        paths[path] = null;
    }
}

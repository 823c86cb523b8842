package io.rist4j;

import io.rist4j.crypto.eap.VerifierLookup;
import io.rist4j.crypto.srp.Decoys;
import io.rist4j.crypto.srp.SrpVerifier;
import io.rist4j.crypto.srp.VerifierFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * The users of a verifier file, read again when it has changed. Who looks waits for the disk;
 * whoever finds users does not.
 *
 * <p>A file is read once it has stayed the same from one look to the next, so that nobody is shut
 * out by half of it. One that cannot be read leaves the users as they are.
 */
final class UsersFile implements VerifierLookup {
    /** Looks that follow faster than this see what the last one saw. */
    private static final long LEAST_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(400);

    /** What tells one state of a file from another. */
    private record Stamp(FileTime modified, long bytes, @Nullable Object key) {
        static Stamp of(Path file) throws IOException {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }

    private final Path file;
    private volatile VerifierFile users;
    private Stamp taken;
    private Stamp seen;
    private long lookedNs;
    private int version;

    /**
     * Reads the file.
     *
     * @throws IOException when it cannot be read
     */
    UsersFile(Path file) throws IOException {
        this.file = file;
        taken = Stamp.of(file);
        seen = taken;
        lookedNs = System.nanoTime();
        users = VerifierFile.read(Files.readAllBytes(file));
    }

    /** How many records it holds. */
    int size() {
        return users.size();
    }

    @Override
    public @Nullable SrpVerifier find(byte[] user, boolean isLegacy) {
        return users.find(user, isLegacy);
    }

    @Override
    public Decoys decoys(byte[] spare) {
        return users.decoys(spare);
    }

    /** Looks at the file. Returns a number that is another after each change. */
    synchronized int look() {
        long nowNs = System.nanoTime();
        if (nowNs - lookedNs < LEAST_INTERVAL_NS) {
            return version;
        }
        lookedNs = nowNs;
        try {
            Stamp present = Stamp.of(file);
            if (!present.equals(taken) && present.equals(seen)) {
                users = VerifierFile.read(Files.readAllBytes(file));
                taken = present;
                version++;
            }
            seen = present;
        } catch (IOException unreadable) {
            return version; // perhaps it is being replaced
        }
        return version;
    }
}

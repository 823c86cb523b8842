package io.rist4j.cli;

import io.rist4j.crypto.srp.VerifierFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A file of SRP users on disk. Who reads it meanwhile sees the old content or the new; only its
 * owner may read it. Of two that write at the same time the later one wins.
 */
final class UserFile {
    private UserFile() {}

    /**
     * Puts a user's lines in place of those that are there; makes the file when it is not there.
     *
     * @throws IOException whose message says what is wrong with which file
     */
    static void put(Path path, byte[] user, String lines) throws IOException {
        boolean exists = Files.exists(path);
        if (exists && !Files.isRegularFile(path)) {
            throw new IOException(path + ": not a file");
        }
        // a link stays one
        Path target = exists ? path.toRealPath() : path.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(path + ": no such directory");
        }
        try {
            byte[] before = exists ? Files.readAllBytes(target) : new byte[0];
            byte[] with = VerifierFile.withUser(before, user, lines);
            byte[] after = VerifierFile.withDecoys(with, new SecureRandom()::nextBytes);
            // with mode 0600 where there are modes
            Path temporary = Files.createTempFile(folder, ".rist-passwd-", ".tmp");
            try {
                write(temporary, after);
                // with them passwords can be guessed
                for (byte[] verifiers : new byte[][] {before, with, after}) {
                    Arrays.fill(verifiers, (byte) 0);
                }
                if (exists) {
                    keepOwner(target, temporary);
                }
                Files.move(
                        temporary,
                        target,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (AccessDeniedException e) {
            throw new IOException(path + ": permission denied", e);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Root may change the file of the service's user, who must still be able to read it. */
    private static void keepOwner(Path from, Path to) throws IOException {
        UserPrincipal owner = Files.getOwner(from);
        if (!owner.equals(Files.getOwner(to))) {
            Files.setOwner(to, owner);
        }
    }
}

package io.rist4j.cli.media;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens files, with messages for people. */
public final class OpenFiles {
    private static final int FILE_TYPE = 0170000;
    private static final int PIPE = 0010000;

    /**
     * Opens an input.
     *
     * @param url a path or {@code -}
     * @throws IOException whose message says what is wrong with which file
     */
    public static FileChannel input(MediaUrl url) throws IOException {
        if (url.kind() == MediaUrl.Kind.STANDARD) {
            return new FileInputStream(FileDescriptor.in).getChannel();
        }
        return open(url.path(), StandardOpenOption.READ);
    }

    /**
     * Opens an output, emptying a file that is there.
     *
     * @param url a path or {@code -}
     * @throws IOException whose message says what is wrong with which file
     */
    public static FileChannel output(MediaUrl url) throws IOException {
        if (url.kind() == MediaUrl.Kind.STANDARD) {
            return new FileOutputStream(FileDescriptor.out).getChannel();
        }
        return open(
                url.path(),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    /**
     * Whether a path is a named pipe, which waits for its other end while it is opened.
     *
     * @param path in the file system
     */
    public static boolean isPipe(String path) {
        try {
            return Files.getAttribute(Path.of(path), "unix:mode") instanceof Integer mode
                    && (mode & FILE_TYPE) == PIPE;
        } catch (IOException | RuntimeException e) {
            return false; // not there, not a path, or a system without such modes
        }
    }

    /**
     * Ends whoever waits for the other end of a named pipe, by being it for a moment. Opening both
     * ends at once does not wait.
     *
     * @param path of the pipe
     */
    public static void releasePipe(String path) {
        try {
            FileChannel.open(Path.of(path), StandardOpenOption.READ, StandardOpenOption.WRITE)
                    .close();
        } catch (IOException e) {
            // gone: then nobody waits for it
        }
    }

    /**
     * Whether the input has a length and can be read again from any place: then it can be paced.
     *
     * @param url a path or {@code -}
     */
    public static boolean isRegular(MediaUrl url) {
        return Files.isRegularFile(
                url.kind() == MediaUrl.Kind.STANDARD
                        ? Path.of("/proc/self/fd/0") // elsewhere than on Linux: not regular
                        : Path.of(url.path()));
    }

    /**
     * Refuses a file that cannot be read, without opening it.
     *
     * @param url any input
     * @throws IOException whose message says what is wrong with which file
     */
    public static void checkInput(MediaUrl url) throws IOException {
        if (url.kind() != MediaUrl.Kind.FILE) {
            return;
        }
        Path path = Path.of(url.path());
        if (!Files.exists(path)) {
            throw new IOException(url.path() + ": no such file or directory");
        }
        if (Files.isDirectory(path)) {
            throw new IOException(url.path() + ": is a directory");
        }
        if (!Files.isReadable(path)) {
            throw new IOException(url.path() + ": permission denied");
        }
    }

    private static FileChannel open(String path, OpenOption... options) throws IOException {
        try {
            if (Files.isDirectory(Path.of(path))) {
                throw new IOException(path + ": is a directory");
            }
            return FileChannel.open(Path.of(path), options);
        } catch (NoSuchFileException e) {
            throw new IOException(path + ": no such file or directory", e);
        } catch (AccessDeniedException e) {
            throw new IOException(path + ": permission denied", e);
        } catch (InvalidPathException e) {
            throw new IOException(path + ": not a path", e);
        }
    }

    private OpenFiles() {}
}

package io.rist4j.cli.media;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A path, or standard output. A regular file that failed is left as it is, and the stream goes on
 * in {@code name-2.ts}, {@code name-3.ts} and so on beside it, never into a file that is there;
 * pipes and devices are opened again. Standard output cannot be.
 */
public final class FilePlace implements OutputPlace {
    private static final int MOST_FILES = 10_000;

    private final MediaUrl url;
    private final boolean pipe;
    private boolean wasOpen;
    private boolean isFile;
    private int number = 1;
    private volatile String name;
    private volatile boolean opening;

    /**
     * A place that is not open yet.
     *
     * @param url a path or {@code -}
     */
    public FilePlace(MediaUrl url) {
        this.url = url;
        boolean standard = url.kind() == MediaUrl.Kind.STANDARD;
        name = standard ? "standard output" : url.path();
        pipe = !standard && OpenFiles.isPipe(url.path());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean mayBlock() {
        return pipe;
    }

    @Override
    public boolean canReopen() {
        return url.kind() != MediaUrl.Kind.STANDARD;
    }

    @Override
    public WritableByteChannel open() throws IOException {
        if (wasOpen && isFile) {
            return openNext();
        }
        opening = true;
        try {
            FileChannel channel =
                    url.kind() == MediaUrl.Kind.STANDARD
                            ? new FileOutputStream(FileDescriptor.out).getChannel()
                            : OpenFiles.output(url);
            wasOpen = true;
            isFile =
                    url.kind() != MediaUrl.Kind.STANDARD
                            && Files.isRegularFile(Path.of(url.path()));
            return channel;
        } finally {
            opening = false;
        }
    }

    private FileChannel openNext() throws IOException {
        while (number < MOST_FILES) {
            number++;
            Path next = numbered();
            try {
                FileChannel channel =
                        FileChannel.open(
                                next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                name = next.toString();
                return channel;
            } catch (FileAlreadyExistsException e) {
                // somebody's; the next one
            } catch (IOException e) {
                number--;
                throw e;
            }
        }
        throw new IOException("no free name beside " + url.path());
    }

    private Path numbered() {
        String path = url.path();
        int dot = path.lastIndexOf('.');
        int slash = path.lastIndexOf('/');
        int at = dot > slash + 1 ? dot : path.length();
        return Path.of(path.substring(0, at) + "-" + number + path.substring(at));
    }

    @Override
    public void abandon(WritableByteChannel failed) {
        try {
            boolean isEmpty = isFile && failed instanceof FileChannel file && file.size() == 0;
            failed.close();
            if (isEmpty && number > 1) {
                Files.deleteIfExists(numbered());
                number--;
            }
        } catch (IOException e) {
            // it has failed already, and was told
        }
    }

    @Override
    public void releaseOpening() {
        if (opening && pipe) {
            OpenFiles.releasePipe(url.path());
        }
    }
}

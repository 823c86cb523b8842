package io.rist4j.cli.media;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Where an output writes: what can be opened, perhaps more than once. */
public interface OutputPlace {
    /** Its name now, for messages. */
    String name();

    /** Whether opening waits for somebody else, as a named pipe does for its reader. */
    boolean mayBlock();

    /** Whether it can be opened again after a failure. */
    boolean canReopen();

    /**
     * Opens it; after a failure again, a file beside the one that failed.
     *
     * @throws IOException whose message says what is wrong
     */
    WritableByteChannel open() throws IOException;

    /**
     * Lets go of what failed; a file that nothing was written to is removed.
     *
     * @param failed what {@link #open} gave
     */
    void abandon(WritableByteChannel failed);

    /** Ends an {@link #open} that waits in another thread, if there is one. */
    void releaseOpening();
}

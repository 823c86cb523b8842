package io.rist4j;

/** A queue was full under {@link OverflowPolicy#FAIL}. The handle stays usable. */
public final class RistOverflowException extends RistException {
    private static final long serialVersionUID = 1;

    private final long droppedPackets;

    /**
     * An overflow.
     *
     * @param message one sentence
     * @param droppedPackets how many packets were dropped
     */
    public RistOverflowException(String message, long droppedPackets) {
        super(message);
        this.droppedPackets = droppedPackets;
    }

    /** How many packets were dropped since the last such exception of this handle. */
    public long droppedPackets() {
        return droppedPackets;
    }
}

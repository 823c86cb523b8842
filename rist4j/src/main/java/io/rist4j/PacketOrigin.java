package io.rist4j;

/** What packets that an application takes come from. Asked by any thread. */
interface PacketOrigin {
    /** The recovery buffer, about. */
    long bufferNs();

    /** Whether no more packets come. */
    boolean isClosed();
}

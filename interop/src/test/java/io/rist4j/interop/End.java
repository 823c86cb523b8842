package io.rist4j.interop;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** An implementation of RIST that can send and receive on the Simple profile. */
interface End {
    /** Its name in tables. */
    String name();

    /** The tool that is absent, when one is. */
    Optional<String> missing();

    /** Whether its sender's first report comes so late that a longer buffer is needed. */
    default boolean reportsLate() {
        return false;
    }

    /** Whether its receiver may go over to requests that no sender can read. */
    default boolean mayAskUnreadably() {
        return false;
    }

    /**
     * Whether it is this library with users for its only protection: of that a peer of another make
     * leaves a direction in clear, and the note says which.
     */
    default boolean hasUsersAlone() {
        return false;
    }

    /**
     * Starts a sender that dials a port of the loopback address.
     *
     * @param port the even one
     * @param buffer how long packets are kept
     */
    Sender sender(int port, Duration buffer) throws IOException, InterruptedException;

    /**
     * Starts a receiver that listens on a port of the loopback address, and returns when it does.
     *
     * @param port the even one
     * @param buffer its recovery buffer
     * @param into takes what it puts out
     */
    Receiver receiver(int port, Duration buffer, Recording into)
            throws IOException, InterruptedException;

    /**
     * Starts a sender that listens on a port of the loopback address, and returns when it does.
     *
     * @param port the even one
     * @param buffer how long packets are kept
     */
    default Sender listeningSender(int port, Duration buffer)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException(name() + " is not known to listen as a sender");
    }

    /**
     * Starts a receiver that dials a port of the loopback address.
     *
     * @param port the even one
     * @param buffer its recovery buffer
     * @param into takes what it puts out
     */
    default Receiver diallingReceiver(int port, Duration buffer, Recording into)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException(name() + " is not known to dial as a receiver");
    }

    /** A sender at work. */
    interface Sender extends AutoCloseable {
        /** Hands over one payload. */
        void send(byte[] payload) throws IOException;

        /** What it knows about requests, for the table; empty when it does not tell. */
        default String note() {
            return "";
        }

        /** Datagrams from its receiver that it could not read; 0 when it does not tell. */
        default long unreadable() {
            return 0;
        }

        @Override
        void close();
    }

    /** A receiver at work. */
    interface Receiver extends AutoCloseable {
        /** What it knows about requests, for the table; empty when it does not tell. */
        default String note() {
            return "";
        }

        @Override
        void close();
    }
}

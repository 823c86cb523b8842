package io.rist4j.bench.flows;

import io.rist4j.RistNumbers;

import java.io.IOException;
import java.util.List;

/** The ends of many flows in one process. */
interface Ends extends AutoCloseable {
    /** Opens those of some flows. */
    void open(int first, int count) throws IOException;

    /** How many are open. */
    int count();

    /** Waits until all have a peer, for so long at most; returns how many have one. */
    int awaitConnected(int seconds) throws InterruptedException;

    /** Senders begin to send. */
    void media(double packetsPerSecond);

    /** Senders send no more. */
    void stop() throws InterruptedException;

    /** Network threads. */
    Pumps pumps();

    /** The numbers of all ends. */
    List<? extends RistNumbers> stats();

    /** Packets of each flow so far: sent, or received. */
    long[] packets();

    @Override
    void close();
}

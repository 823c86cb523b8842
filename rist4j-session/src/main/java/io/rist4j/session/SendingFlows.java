package io.rist4j.session;

import io.rist4j.core.flow.SenderFlow;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/** The flows that a session sends, by index. On the session's thread only. */
public interface SendingFlows {
    /** Of a session that sends nothing. */
    SendingFlows NONE =
            new SendingFlows() {
                @Override
                public int size() {
                    return 0;
                }

                @Override
                public SenderFlow flow(int index) {
                    throw new IndexOutOfBoundsException(index);
                }

                @Override
                public Verdict send(
                        long nowNs, int flow, long sourceNs, ByteBuffer b, int at, int bytes) {
                    return Verdict.MISPLACED;
                }

                @Override
                public int open(SenderFlowPlan plan) {
                    throw new IllegalStateException("this session has 0 flows at most");
                }

                @Override
                public long drainedNs(long nowNs) {
                    return 0;
                }
            };

    /** How many there are; every index is below. */
    int size();

    /**
     * A flow.
     *
     * @param index its index
     * @throws IndexOutOfBoundsException when there is none
     */
    SenderFlow flow(int index);

    /**
     * Sends one payload.
     *
     * @param nowNs the present
     * @param flow the flow's index
     * @param sourceNs when the payload reached this host, on the session clock, at most {@code
     *     nowNs}: its media timestamp
     * @param b holds the payload; borrowed for the call
     * @param at where it begins
     * @param bytes its length
     * @return {@link Verdict#OK}, {@link Verdict#OVER_LIMIT} when the payload is too large, or
     *     {@link Verdict#MISPLACED} where nothing is sent
     */
    Verdict send(long nowNs, int flow, long sourceNs, ByteBuffer b, int at, int bytes);

    /**
     * Adds a flow, up to {@link SessionConfig#MOST_FLOWS_SENT}.
     *
     * @param plan what it is
     * @return its index
     * @throws IllegalArgumentException when the flow id is in use
     * @throws IllegalStateException when there are as many as there may be
     */
    int open(SenderFlowPlan plan);

    /**
     * When no peer can ask for anything any more that was sent, as far as is known by now: a
     * recovery buffer after the last packet, or earlier where every peer that is there reports that
     * it needs nothing.
     *
     * @param nowNs session clock
     */
    long drainedNs(long nowNs);
}

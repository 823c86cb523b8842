package io.rist4j.core.flow;

/**
 * What a {@link SenderFlow} did since it was made. Its owner reads it between calls of the flow;
 * the numbers only grow. Packets unless said otherwise. Not thread-safe.
 */
public final class SenderCounters {
    long sent;
    long sentBytes;
    long oversized;
    long retransmitted;
    long retransmittedBytes;
    long tailRepairs;
    long requests;
    long requested;
    long bloatSkipped;
    long bandwidthSkipped;
    long unknownSkipped;
    long beforeBeginning;
    long expiredSkipped;
    long exhaustedSkipped;
    long excessSkipped;
    long evictedForMemory;
    long evictedForNumbers;

    SenderCounters() {}

    /** Originals, whether or not a path could take them. */
    public long sent() {
        return sent;
    }

    /** Payload bytes of the originals. */
    public long sentBytes() {
        return sentBytes;
    }

    /** Payloads refused for their size. */
    public long oversized() {
        return oversized;
    }

    /** Packets sent again because a receiver asked for them. */
    public long retransmitted() {
        return retransmitted;
    }

    /** Payload bytes of the packets sent again. */
    public long retransmittedBytes() {
        return retransmittedBytes;
    }

    /** Repetitions of the last packet when the input paused. */
    public long tailRepairs() {
        return tailRepairs;
    }

    /** Requests received, counted by range. */
    public long requests() {
        return requests;
    }

    /** Packets that the requests named, whether or not they were ever sent. */
    public long requested() {
        return requested;
    }

    /** Not sent again because that had just been done: less than the round trip ago. */
    public long bloatSkipped() {
        return bloatSkipped;
    }

    /** Not sent again because of the bitrate ceiling. */
    public long bandwidthSkipped() {
        return bandwidthSkipped;
    }

    /** Not sent again for any other reason: the sum of the four that follow; libRIST's count. */
    public long retransmitSkipped() {
        return unknownSkipped + expiredSkipped + exhaustedSkipped + excessSkipped;
    }

    /**
     * Not sent again because it is not in the history: never sent, or forgotten. Without {@link
     * #beforeBeginning}.
     */
    public long unknownSkipped() {
        return unknownSkipped;
    }

    /**
     * Asked for though the stream had not begun: of up to 32 numbers before its first packet.
     * Receivers ask for those who cannot know where it begins; nothing is missing.
     */
    public long beforeBeginning() {
        return beforeBeginning;
    }

    /** Not sent again because it is too old to be in time anywhere. */
    public long expiredSkipped() {
        return expiredSkipped;
    }

    /** Not sent again because it was sent again as often as allowed. */
    public long exhaustedSkipped() {
        return exhaustedSkipped;
    }

    /** Not looked at because requests named packets faster than any receiver needs to. */
    public long excessSkipped() {
        return excessSkipped;
    }

    /** Forgotten while a receiver could still need them, because the history was full. */
    public long evicted() {
        return evictedForMemory + evictedForNumbers;
    }

    /** Of {@link #evicted}: because the payloads took as much memory as they may. */
    public long evictedForMemory() {
        return evictedForMemory;
    }

    /** Of {@link #evicted}: because no more packets can be told apart by their numbers. */
    public long evictedForNumbers() {
        return evictedForNumbers;
    }

    /**
     * Originals in percent of originals, retransmissions and refused retransmissions together;
     * libRIST's {@code quality}. 100 when nothing was sent.
     */
    public double quality() {
        long all = sent + retransmitted + bloatSkipped + bandwidthSkipped + retransmitSkipped();
        return sent == 0 ? 100 : 100.0 * sent / all;
    }
}

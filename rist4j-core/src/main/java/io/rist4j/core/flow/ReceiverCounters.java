package io.rist4j.core.flow;

/**
 * What a {@link ReceiverFlow} counts, since its start. Written by the flow on its thread; whoever
 * publishes them copies them there. Fields are public because there is nothing to protect: they
 * influence nothing.
 *
 * <p>The comments name the field of libRIST's statistics where there is one.
 */
public final class ReceiverCounters {
    /** Packets accepted into the buffer, first copies only; {@code received}. */
    public long received;

    /** Payload bytes of {@link #received}. */
    public long receivedBytes;

    /** Of {@link #received}: those that came as retransmissions. */
    public long receivedRetransmissions;

    /** Packets handed to the output. */
    public long delivered;

    /** Payload bytes of {@link #delivered}. */
    public long deliveredBytes;

    /** Packets whose turn in the output had passed when they came; {@code dropped_late}. */
    public long droppedLate;

    /** Packets that found no room; {@code dropped_full}. */
    public long droppedFull;

    /** Packets of another flow than the one in use. */
    public long droppedForeign;

    /** Packets that contradict what is known, or came before there was a flow. */
    public long droppedUnexpected;

    /** Packets that were asked for at least once; {@code missing}. */
    public long missing;

    /** Of {@link #missing}: those that came in time; {@code recovered_total}. */
    public long recovered;

    /** Recovered after one round of requests; {@code recovered_one_nack}. */
    public long recoveredOneRound;

    /** Recovered after two rounds; {@code recovered_two_nacks}. */
    public long recoveredTwoRounds;

    /** Recovered after three rounds; {@code recovered_three_nacks}. */
    public long recoveredThreeRounds;

    /** Recovered after four rounds; {@code recovered_four_nacks}. */
    public long recoveredFourRounds;

    /** Recovered after more rounds; {@code recovered_more_nacks}. */
    public long recoveredMoreRounds;

    /** Packets that the output went on without; {@code lost}. */
    public long lost;

    /** Originals that came after one of their successors; {@code reordered}. */
    public long reordered;

    /** Further copies of packets already here; {@code duplicates}. */
    public long duplicates;

    /** Requests made, repetitions included; {@code retries}. */
    public long requests;

    /** Of {@link #requests}: repetitions within a round, against loss on the return path. */
    public long requestsRepeated;

    /** Requests held back by the ceiling of the return bitrate, once per packet and pass. */
    public long requestsSuppressed;

    /** Runs of lost packets: how often the output was interrupted. */
    public long discontinuities;

    /** How often the flow anchored again after the first time. */
    public long flowResets;

    /** How often the playout clock was set anew because it was far off. */
    public long clockResyncs;

    /** Packets from before the first one seen that start repair brought in time. */
    public long startRepaired;

    /** Packets delivered before they were due because the buffer was full. */
    public long deliveredEarly;

    /** Of {@link #deliveredEarly}: because the payloads took as much memory as they may. */
    public long earlyForMemory;

    /** Of {@link #deliveredEarly}: because no more packets can be told apart by their numbers. */
    public long earlyForNumbers;

    /** Missing packets that could not be asked for any more: their numbers are in use again. */
    public long unaskable;

    /** Sum over {@link #delivered} of the time between arrival and delivery, in ns. */
    public long bufferTimeNs;

    /** Packets missing at the moment, whether asked for yet or not; {@code missing_queue}. */
    public int missingQueue;

    /** How many missing packets the flow can keep track of; {@code missing_queue_max}. */
    public int missingQueueMax;

    /** Time between the last two arrivals of originals, in ns; {@code cur_inter_packet_spacing}. */
    public long spacingNs;

    /** Every {@link #spacingNs}; {@code min_inter_packet_spacing} and {@code max_…}. */
    public final Extremes spacing = new Extremes();

    /** Counters at zero. */
    public ReceiverCounters() {}

    void onSpacing(long ns) {
        spacingNs = ns;
        spacing.add(ns);
    }

    void onRecovered(int rounds) {
        recovered++;
        switch (rounds) {
            case 1 -> recoveredOneRound++;
            case 2 -> recoveredTwoRounds++;
            case 3 -> recoveredThreeRounds++;
            case 4 -> recoveredFourRounds++;
            default -> recoveredMoreRounds++;
        }
    }
}

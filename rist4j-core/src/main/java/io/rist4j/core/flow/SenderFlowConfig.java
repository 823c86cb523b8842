package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.SECOND;

/** Settings of a {@link SenderFlow}. Immutable. Times in ns. */
public final class SenderFlowConfig {
    /** The largest payload that libRIST takes: its 10 000 byte buffers less room for headers. */
    public static final int MAX_PAYLOAD_BYTES = 9968;

    /**
     * In place of a ceiling: retransmissions on each path stay below twice the rate of the
     * originals, with a burst of one recovery buffer.
     */
    public static final long BY_THE_MEDIA = 0;

    /**
     * Memory for payloads when nothing else is said, 512 MiB: 30 s of 100 Mb/s, or what 2 Gb/s fill
     * with the usual second of buffer; and a quarter of the direct memory that the command has.
     */
    public static final long DEFAULT_MEMORY_BYTES = 512L << 20;

    private final int sequenceBits;
    private final long bufferMaxNs;
    private final long rttMinNs;
    private final long rttMaxNs;
    private final long rttInitialNs;
    private final int maxRetries;
    private final long maxBitrate;
    private final long maxMemoryBytes;
    private final CongestionControl congestionControl;
    private final boolean tailRepair;
    private final int maxPayloadBytes;
    private final long timestampBaseNs;

    private SenderFlowConfig(Builder builder) {
        sequenceBits = builder.sequenceBits;
        bufferMaxNs = builder.bufferMaxNs;
        rttMinNs = builder.rttMinNs;
        rttMaxNs = builder.rttMaxNs;
        rttInitialNs = builder.rttInitialNs;
        maxRetries = builder.maxRetries;
        maxBitrate = builder.maxBitrate;
        maxMemoryBytes = builder.maxMemoryBytes;
        congestionControl = builder.congestionControl;
        tailRepair = builder.tailRepair;
        maxPayloadBytes = builder.maxPayloadBytes;
        timestampBaseNs = builder.timestampBaseNs;
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Significant bits of a sequence number on the wire: 16 or 32. */
    public int sequenceBits() {
        return sequenceBits;
    }

    /** The longest recovery buffer that a receiver is expected to have. */
    public long bufferMaxNs() {
        return bufferMaxNs;
    }

    /** Shorter round trips count as this. */
    public long rttMinNs() {
        return rttMinNs;
    }

    /** Longer round trips count as this. */
    public long rttMaxNs() {
        return rttMaxNs;
    }

    /** The round trip to assume until one was measured. */
    public long rttInitialNs() {
        return rttInitialNs;
    }

    /** How often one packet is repeated at most. */
    public int maxRetries() {
        return maxRetries;
    }

    /**
     * Originals and retransmissions together stay below this, in bit/s of payload; or {@link
     * #BY_THE_MEDIA}.
     */
    public long maxBitrate() {
        return maxBitrate;
    }

    /** The history takes no more memory for payloads than this. */
    public long maxMemoryBytes() {
        return maxMemoryBytes;
    }

    /** How requests are admitted. */
    public CongestionControl congestionControl() {
        return congestionControl;
    }

    /** Whether the last packet is repeated when the input pauses. */
    public boolean tailRepair() {
        return tailRepair;
    }

    /** Larger payloads are refused. */
    public int maxPayloadBytes() {
        return maxPayloadBytes;
    }

    /** Where on the media clock the session clock's 0 lies. */
    public long timestampBaseNs() {
        return timestampBaseNs;
    }

    /**
     * How long a packet is kept for repetition: the longest recovery buffer and two of the longest
     * round trips, as libRIST does; also what buffer negotiation announces.
     */
    public long historyNs() {
        return bufferMaxNs + 2 * rttMaxNs;
    }

    /** Collects settings; {@link #build} checks them. */
    public static final class Builder {
        private int sequenceBits = 16;
        private long bufferMaxNs = SECOND;
        private long rttMinNs = 5 * MILLISECOND;
        private long rttMaxNs = 500 * MILLISECOND;
        private long rttInitialNs = 50 * MILLISECOND;
        private int maxRetries = 20;
        private long maxBitrate = BY_THE_MEDIA;
        private long maxMemoryBytes = DEFAULT_MEMORY_BYTES;
        private CongestionControl congestionControl = CongestionControl.NORMAL;
        private boolean tailRepair = true;
        private int maxPayloadBytes = MAX_PAYLOAD_BYTES;
        private long timestampBaseNs;

        private Builder() {}

        /**
         * Significant bits of a sequence number on the wire.
         *
         * @param value 16 (the default) or 32
         */
        public Builder sequenceBits(int value) {
            sequenceBits = value;
            return this;
        }

        /**
         * The longest recovery buffer that a receiver is expected to have.
         *
         * @param valueNs 1 ms..30 s, default 1 s
         */
        public Builder bufferMaxNs(long valueNs) {
            bufferMaxNs = valueNs;
            return this;
        }

        /**
         * Shorter round trips count as this.
         *
         * @param valueNs 1 ms..rttMax, default 5 ms
         */
        public Builder rttMinNs(long valueNs) {
            rttMinNs = valueNs;
            return this;
        }

        /**
         * Longer round trips count as this.
         *
         * @param valueNs 1 ms..10 s, default 500 ms
         */
        public Builder rttMaxNs(long valueNs) {
            rttMaxNs = valueNs;
            return this;
        }

        /**
         * The round trip to assume until one was measured; held within rttMin and rttMax.
         *
         * @param valueNs 0..10 s, default 50 ms
         */
        public Builder rttInitialNs(long valueNs) {
            rttInitialNs = valueNs;
            return this;
        }

        /**
         * How often one packet is repeated at most.
         *
         * @param value 2..100, default 20
         */
        public Builder maxRetries(int value) {
            maxRetries = value;
            return this;
        }

        /**
         * Originals and retransmissions together stay below this.
         *
         * @param bitsPerSecond payload bit/s, 1 kb/s..100 Gb/s, default {@link #BY_THE_MEDIA}
         */
        public Builder maxBitrate(long bitsPerSecond) {
            maxBitrate = bitsPerSecond;
            return this;
        }

        /**
         * Most memory for payloads of the history. It takes what it holds; when that is more than
         * this, the oldest packets are forgotten.
         *
         * @param bytes 1 MiB..64 GiB, default {@link #DEFAULT_MEMORY_BYTES}
         */
        public Builder maxMemoryBytes(long bytes) {
            maxMemoryBytes = bytes;
            return this;
        }

        /**
         * How requests are admitted.
         *
         * @param value default {@link CongestionControl#NORMAL}
         */
        public Builder congestionControl(CongestionControl value) {
            congestionControl = value;
            return this;
        }

        /**
         * Whether the last packet is repeated when the input pauses.
         *
         * @param value default true
         */
        public Builder tailRepair(boolean value) {
            tailRepair = value;
            return this;
        }

        /**
         * Larger payloads are refused.
         *
         * @param bytes 1..9968, default 9968
         */
        public Builder maxPayloadBytes(int bytes) {
            maxPayloadBytes = bytes;
            return this;
        }

        /**
         * Where on the media clock the session clock's 0 lies, so that timestamps may begin
         * anywhere (RFC 3550 §5.1 asks for a random start).
         *
         * @param valueNs 0..2^62, default 0
         */
        public Builder timestampBaseNs(long valueNs) {
            timestampBaseNs = valueNs;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException naming field, value, range and unit of the first setting
         *     that is out of range
         */
        public SenderFlowConfig build() {
            if (sequenceBits != 16 && sequenceBits != 32) {
                throw new IllegalArgumentException(
                        "sequenceBits " + sequenceBits + " bits is neither 16 bits nor 32 bits");
            }
            requireTime("bufferMax", bufferMaxNs, MILLISECOND, 30 * SECOND);
            requireTime("rttMax", rttMaxNs, MILLISECOND, 10 * SECOND);
            requireTime("rttMin", rttMinNs, MILLISECOND, rttMaxNs);
            requireTime("rttInitial", rttInitialNs, 0, 10 * SECOND);
            require("maxRetries", maxRetries, 2, 100, "retries");
            if (maxBitrate != BY_THE_MEDIA) {
                require("maxBitrate", maxBitrate, 1_000, 100_000_000_000L, "bit/s");
            }
            require("maxMemory", maxMemoryBytes, 1L << 20, 64L << 30, "bytes");
            require("maxPayload", maxPayloadBytes, 1, MAX_PAYLOAD_BYTES, "bytes");
            require("timestampBase", timestampBaseNs, 0, 1L << 62, "ns");
            return new SenderFlowConfig(this);
        }

        private static void require(String field, long value, long least, long most, String unit) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        "%s %d %s is outside %d..%d %s"
                                .formatted(field, value, unit, least, most, unit));
            }
        }

        private static void requireTime(String field, long valueNs, long leastNs, long mostNs) {
            if (valueNs < leastNs || valueNs > mostNs) {
                throw new IllegalArgumentException(
                        "%s %s is outside %s..%s"
                                .formatted(field, time(valueNs), time(leastNs), time(mostNs)));
            }
        }

        private static String time(long ns) {
            if (ns % SECOND == 0 && ns != 0) {
                return ns / SECOND + " s";
            }
            return ns % MILLISECOND == 0 ? ns / MILLISECOND + " ms" : ns + " ns";
        }
    }
}

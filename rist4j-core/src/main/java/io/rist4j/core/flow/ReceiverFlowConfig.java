package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

/**
 * Settings of a {@link ReceiverFlow}. Immutable; {@link Builder#build} checks them and names the
 * field, its value and its range when one is wrong. Times are in ns, rates in bit/s.
 */
public final class ReceiverFlowConfig {
    /** What a packet's place in time is taken from. */
    public enum Timing {
        /** The sender's media timestamps; the receiver's clock follows the sender's. */
        SOURCE,
        /** The arrival at this host. */
        ARRIVAL,
        /** The sender's wall clock, from its sender reports; both hosts need NTP. */
        RTC
    }

    /** Shortest recovery buffer, 50 ms. */
    public static final long MIN_BUFFER_NS = 50 * SessionTime.MILLISECOND;

    /** Longest recovery buffer, 30 s. */
    public static final long MAX_BUFFER_NS = 30 * SessionTime.SECOND;

    private final Builder values;

    private ReceiverFlowConfig(Builder values) {
        this.values = values;
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The defaults: 16-bit sequence numbers, 1 s of buffer. */
    public static ReceiverFlowConfig defaults() {
        return builder().build();
    }

    /** Shortest recovery buffer that auto-sizing may choose. */
    public long bufferMinNs() {
        return values.bufferMinNs;
    }

    /** Longest recovery buffer that auto-sizing may choose. */
    public long bufferMaxNs() {
        return values.bufferMaxNs;
    }

    /** Where the buffer starts: the middle of its range. */
    public long bufferStartNs() {
        return values.bufferMinNs + ((values.bufferMaxNs - values.bufferMinNs) / 2);
    }

    /** How long a missing packet may be merely late before it is asked for. */
    public long reorderNs() {
        return values.reorderNs;
    }

    /** Round trips below this count as this. */
    public long rttMinNs() {
        return values.rttMinNs;
    }

    /** Round trips above this count as this. */
    public long rttMaxNs() {
        return values.rttMaxNs;
    }

    /** How many round trips auto-sizing aims for. */
    public int rttMultiplier() {
        return values.rttMultiplier;
    }

    /** How many rounds of requests one packet may cost. */
    public int maxRetries() {
        return values.maxRetries;
    }

    /** The buffer takes no more memory for payloads than this. */
    public long maxMemoryBytes() {
        return values.maxMemoryBytes;
    }

    /** Ceiling of the requests' rate, headers included; 0 for none. */
    public long returnBitrate() {
        return values.returnBitrate;
    }

    /** What a packet's place in time is taken from. */
    public Timing timing() {
        return values.timing;
    }

    /** Whether requests are repeated within a round trip when the return path loses them. */
    public boolean requestRedundancy() {
        return values.requestRedundancy;
    }

    /** Whether packets from before the first one are asked for. */
    public boolean startRepair() {
        return values.startRepair;
    }

    /**
     * How far from its due time a packet may be delivered, either way; half as far where packets
     * are closer together than that.
     */
    public long playoutToleranceNs() {
        return values.playoutToleranceNs;
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {
        private long bufferMinNs = SessionTime.SECOND;
        private long bufferMaxNs = SessionTime.SECOND;
        private long reorderNs = 15 * SessionTime.MILLISECOND;
        private long rttMinNs = 5 * SessionTime.MILLISECOND;
        private long rttMaxNs = 500 * SessionTime.MILLISECOND;
        private int rttMultiplier = 7;
        private int maxRetries = 20;
        private long maxMemoryBytes = SenderFlowConfig.DEFAULT_MEMORY_BYTES;
        private long returnBitrate;
        private Timing timing = Timing.SOURCE;
        private boolean requestRedundancy = true;
        private boolean startRepair = true;
        private long playoutToleranceNs = SessionTime.MILLISECOND;

        private Builder() {}

        private Builder(Builder other) {
            bufferMinNs = other.bufferMinNs;
            bufferMaxNs = other.bufferMaxNs;
            reorderNs = other.reorderNs;
            rttMinNs = other.rttMinNs;
            rttMaxNs = other.rttMaxNs;
            rttMultiplier = other.rttMultiplier;
            maxRetries = other.maxRetries;
            maxMemoryBytes = other.maxMemoryBytes;
            returnBitrate = other.returnBitrate;
            timing = other.timing;
            requestRedundancy = other.requestRedundancy;
            startRepair = other.startRepair;
            playoutToleranceNs = other.playoutToleranceNs;
        }

        /** A recovery buffer of fixed length, 50 ms..30 s; default 1 s. */
        public Builder bufferNs(long ns) {
            return bufferMinNs(ns).bufferMaxNs(ns);
        }

        /** Shortest recovery buffer, 50 ms..30 s; default 1 s. */
        public Builder bufferMinNs(long ns) {
            this.bufferMinNs = ns;
            return this;
        }

        /** Longest recovery buffer, from the shortest to 30 s; default 1 s. */
        public Builder bufferMaxNs(long ns) {
            this.bufferMaxNs = ns;
            return this;
        }

        /** Wait before the first request, 0 (none) up to the shortest buffer; default 15 ms. */
        public Builder reorderNs(long ns) {
            this.reorderNs = ns;
            return this;
        }

        /** Lower bound of the round trip, 1 ms..1 s; default 5 ms. */
        public Builder rttMinNs(long ns) {
            this.rttMinNs = ns;
            return this;
        }

        /** Upper bound of the round trip, from the lower to 10 s; default 500 ms. */
        public Builder rttMaxNs(long ns) {
            this.rttMaxNs = ns;
            return this;
        }

        /** Round trips that auto-sizing aims for, 1..100; default 7. */
        public Builder rttMultiplier(int roundTrips) {
            this.rttMultiplier = roundTrips;
            return this;
        }

        /** Rounds of requests for one packet, 2..100; default 20. */
        public Builder maxRetries(int rounds) {
            this.maxRetries = rounds;
            return this;
        }

        /**
         * Most memory for payloads, of all flows of a receiver, 1 MiB..64 GiB; default {@link
         * SenderFlowConfig#DEFAULT_MEMORY_BYTES}. The buffer takes what it holds; when that is more
         * than this, packets are delivered before they are due.
         */
        public Builder maxMemoryBytes(long bytes) {
            this.maxMemoryBytes = bytes;
            return this;
        }

        /** Ceiling of the requests' rate, 0 (none, the default) or 1 kb/s..10 Gb/s. */
        public Builder returnBitrate(long bitsPerSecond) {
            this.returnBitrate = bitsPerSecond;
            return this;
        }

        /** What a packet's place in time is taken from; default {@link Timing#SOURCE}. */
        public Builder timing(Timing mode) {
            this.timing = mode;
            return this;
        }

        /** Repeats requests when the return path loses them; default on. */
        public Builder requestRedundancy(boolean on) {
            this.requestRedundancy = on;
            return this;
        }

        /** Asks for up to 32 packets from before the first one; default on. */
        public Builder startRepair(boolean on) {
            this.startRepair = on;
            return this;
        }

        /**
         * Tolerance of the due time either way, 0..20 ms; default 1 ms. Half of it is used where
         * packets are closer together than that.
         */
        public Builder playoutToleranceNs(long ns) {
            this.playoutToleranceNs = ns;
            return this;
        }

        /**
         * The settings, checked.
         *
         * @throws IllegalArgumentException when one is out of range
         */
        public ReceiverFlowConfig build() {
            checkNs("bufferMin", bufferMinNs, MIN_BUFFER_NS, MAX_BUFFER_NS);
            checkNs("bufferMax", bufferMaxNs, bufferMinNs, MAX_BUFFER_NS);
            checkNs("reorder", reorderNs, 0, bufferMinNs);
            checkNs("rttMin", rttMinNs, SessionTime.MILLISECOND, SessionTime.SECOND);
            checkNs("rttMax", rttMaxNs, rttMinNs, 10 * SessionTime.SECOND);
            check("rttMultiplier", rttMultiplier, 1, 100, "round trips");
            check("maxRetries", maxRetries, 2, 100, "rounds");
            check("maxMemory", maxMemoryBytes, 1L << 20, 64L << 30, "bytes");
            if (returnBitrate != 0) {
                check("returnBitrate", returnBitrate, 1_000, 10_000_000_000L, "bit/s");
            }
            checkNs("playoutTolerance", playoutToleranceNs, 0, 20 * SessionTime.MILLISECOND);
            return new ReceiverFlowConfig(new Builder(this));
        }

        private static void check(String field, long value, long least, long most, String unit) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        "%s %d %s is outside %d..%d %s"
                                .formatted(field, value, unit, least, most, unit));
            }
        }

        private static void checkNs(String field, long value, long least, long most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        "%s %s is outside %s..%s"
                                .formatted(
                                        field, duration(value), duration(least), duration(most)));
            }
        }

        private static String duration(long ns) {
            if (ns != 0 && ns % SessionTime.SECOND == 0) {
                return (ns / SessionTime.SECOND) + " s";
            }
            if (ns % SessionTime.MILLISECOND == 0) {
                return (ns / SessionTime.MILLISECOND) + " ms";
            }
            return ns + " ns";
        }
    }
}

package io.rist4j.codec.rtcp;

/** What both request formats share when they pack missing sequence numbers. */
final class RequestPacking {
    private RequestPacking() {}

    /** How far the second sequence number is after the first on the wire, 0..65535. */
    static int distance(long earlier, long later) {
        return (int) (later - earlier) & 0xFFFF;
    }

    /** Refuses what a caller must not ask for, a packet without records; returns {@code from}. */
    static int checked(int from, int to, int maxRecords) {
        if (from >= to || maxRecords < 1) {
            throw new IllegalArgumentException(
                    "a request needs a sequence and a record, not sequences "
                            + from
                            + ".."
                            + to
                            + " in "
                            + maxRecords
                            + " records");
        }
        return from;
    }
}

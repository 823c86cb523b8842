package io.rist4j.codec.rtp;

/** RTP payload types (RFC 3551 §6) and the media clocks that they imply. */
public final class PayloadTypes {
    /**
     * MPEG-2 transport stream, the type of every stream that we send: libRIST paces by the
     * timestamps of statically assigned types only (trap T18).
     */
    public static final int MPEG_TS = 33;

    private static final int[] CLOCK_HZ = new int[128];

    static {
        clock(90_000, 14, 25, 26, 28, 31, 32, MPEG_TS, 34);
        clock(8_000, 0, 3, 4, 5, 7, 8, 9, 12, 13, 15, 18);
        clock(11_025, 16);
        clock(16_000, 6);
        clock(22_050, 17);
        clock(44_100, 10, 11);
        clock(65_536, 21); // unassigned in RFC 3551; libRIST's own
    }

    private PayloadTypes() {}

    /**
     * The clock of a payload type's timestamps in Hz, 0 when the type does not tell: then only the
     * arrival is known.
     *
     * @param payloadType 0..127
     */
    public static int clockHz(int payloadType) {
        return CLOCK_HZ[payloadType];
    }

    private static void clock(int hz, int... payloadTypes) {
        for (int payloadType : payloadTypes) {
            CLOCK_HZ[payloadType] = hz;
        }
    }
}

package io.rist4j.bench.e2e;

/**
 * The work of one row group of the table.
 *
 * @param packetsPerSecond rate of 1316-byte payloads
 * @param lossPercent share of datagrams lost, in each direction; 0 means a direct path without the
 *     impairment
 * @param delayMs delay in each direction where there is loss
 */
record Cell(int packetsPerSecond, double lossPercent, int delayMs) {

    /**
     * Above this rate the generator sends what belongs to 200 µs together: it would use a core up
     * otherwise.
     */
    private static final int EVENLY_UP_TO = 10_000;

    private static final int GENERATOR_TICK_US = 200;

    boolean impaired() {
        return lossPercent > 0;
    }

    int generatorTickUs() {
        return packetsPerSecond <= EVENLY_UP_TO ? 0 : GENERATOR_TICK_US;
    }

    /**
     * How much a sender must send for every packet to arrive once, by a channel that loses {@link
     * #lossPercent}.
     */
    double idealTraffic() {
        return 1 / (1 - lossPercent / 100);
    }

    String title() {
        return impaired()
                ? "%,d packets/s, %s %% lost both ways, %d ms each way"
                        .formatted(packetsPerSecond, plain(lossPercent), delayMs)
                : "%,d packets/s, clean".formatted(packetsPerSecond);
    }

    static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}

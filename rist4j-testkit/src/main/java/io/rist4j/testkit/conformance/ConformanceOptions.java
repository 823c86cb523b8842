package io.rist4j.testkit.conformance;

import io.rist4j.session.RequestFormat;

import java.time.Duration;

/**
 * What a conformance run plays. Immutable; begin with {@link #defaults}.
 *
 * @param packets how many packets are sent, 1..30000
 * @param firstSequence sequence number of the first one, 0..65535
 * @param interval time between two packets
 * @param forwardDelay one-way delay from sender to receiver
 * @param backwardDelay one-way delay from receiver to sender
 * @param buffer the receiver's recovery buffer
 * @param paths how many paths carry every packet, 1..4
 * @param requestFormat how the receiver asks
 * @param requireContiguous whether a lost packet breaks the invariants, whatever was dropped
 * @param mostSteps the run is given up after so many steps
 */
public record ConformanceOptions(
        int packets,
        int firstSequence,
        Duration interval,
        Duration forwardDelay,
        Duration backwardDelay,
        Duration buffer,
        int paths,
        RequestFormat requestFormat,
        boolean requireContiguous,
        long mostSteps) {
    private static final int MOST_PACKETS = 30_000;

    /** Checks what the simulation does not. */
    public ConformanceOptions {
        if (packets < 1 || packets > MOST_PACKETS) {
            throw new IllegalArgumentException(
                    "packets " + packets + " is outside 1.." + MOST_PACKETS + " packets");
        }
        if (paths < 1 || paths > 4) {
            throw new IllegalArgumentException("paths " + paths + " is outside 1..4 paths");
        }
        if (mostSteps < 1) {
            throw new IllegalArgumentException("steps " + mostSteps + " is below 1 step");
        }
    }

    /**
     * 64 packets from sequence 0 on, one in a millisecond, 10 ms each way, a buffer of 500 ms, one
     * path, requests by range, 200 000 steps; losses are allowed.
     */
    public static ConformanceOptions defaults() {
        return new ConformanceOptions(
                64,
                0,
                Duration.ofMillis(1),
                Duration.ofMillis(10),
                Duration.ofMillis(10),
                Duration.ofMillis(500),
                1,
                RequestFormat.RANGE,
                false,
                200_000);
    }

    /**
     * With another number of packets.
     *
     * @param count 1..30000
     */
    public ConformanceOptions withPackets(int count) {
        return new ConformanceOptions(
                count,
                firstSequence,
                interval,
                forwardDelay,
                backwardDelay,
                buffer,
                paths,
                requestFormat,
                requireContiguous,
                mostSteps);
    }

    /**
     * With another first sequence number.
     *
     * @param sequence 0..65535
     */
    public ConformanceOptions withFirstSequence(int sequence) {
        return new ConformanceOptions(
                packets,
                sequence,
                interval,
                forwardDelay,
                backwardDelay,
                buffer,
                paths,
                requestFormat,
                requireContiguous,
                mostSteps);
    }

    /**
     * With other times.
     *
     * @param spacing time between two packets
     * @param oneWay delay in each direction
     * @param recovery the receiver's buffer
     */
    public ConformanceOptions withTimes(Duration spacing, Duration oneWay, Duration recovery) {
        return new ConformanceOptions(
                packets,
                firstSequence,
                spacing,
                oneWay,
                oneWay,
                recovery,
                paths,
                requestFormat,
                requireContiguous,
                mostSteps);
    }

    /**
     * With another number of paths that all carry every packet.
     *
     * @param count 1..4
     */
    public ConformanceOptions withPaths(int count) {
        return new ConformanceOptions(
                packets,
                firstSequence,
                interval,
                forwardDelay,
                backwardDelay,
                buffer,
                count,
                requestFormat,
                requireContiguous,
                mostSteps);
    }

    /**
     * With another format of requests.
     *
     * @param format range or bitmask
     */
    public ConformanceOptions withRequestFormat(RequestFormat format) {
        return new ConformanceOptions(
                packets,
                firstSequence,
                interval,
                forwardDelay,
                backwardDelay,
                buffer,
                paths,
                format,
                requireContiguous,
                mostSteps);
    }

    /** With every loss breaking the invariants. */
    public ConformanceOptions requiringContiguous() {
        return new ConformanceOptions(
                packets,
                firstSequence,
                interval,
                forwardDelay,
                backwardDelay,
                buffer,
                paths,
                requestFormat,
                true,
                mostSteps);
    }

    /**
     * With another bound of steps.
     *
     * @param steps at least 1
     */
    public ConformanceOptions withMostSteps(long steps) {
        return new ConformanceOptions(
                packets,
                firstSequence,
                interval,
                forwardDelay,
                backwardDelay,
                buffer,
                paths,
                requestFormat,
                requireContiguous,
                steps);
    }
}

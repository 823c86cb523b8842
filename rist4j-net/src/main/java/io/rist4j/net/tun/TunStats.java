package io.rist4j.net.tun;

/**
 * Counters of one device since it opened.
 *
 * @param packetsRead packets that the system sent
 * @param bytesRead their bytes
 * @param packetsWritten packets that the system took
 * @param bytesWritten their bytes
 * @param writeErrors packets that it refused, or that were too long
 */
public record TunStats(
        long packetsRead,
        long bytesRead,
        long packetsWritten,
        long bytesWritten,
        long writeErrors) {}

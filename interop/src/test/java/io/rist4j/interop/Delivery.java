package io.rist4j.interop;

/**
 * What came of a numbered stream, counted in TS packets of 188 bytes from the first one delivered.
 *
 * @param firstNumber the first one delivered, -1 when none was
 * @param packets delivered, each counted once
 * @param lost did not come
 * @param lostRange from the first to the last of these, for messages
 * @param repeated further copies
 * @param disordered came after a later one
 * @param strayBytes bytes that belong to no whole packet
 * @param sentHash SHA-256 of what was sent from the first number on
 * @param deliveredHash SHA-256 of what was delivered
 */
record Delivery(
        int firstNumber,
        int packets,
        int lost,
        String lostRange,
        int repeated,
        int disordered,
        int strayBytes,
        String sentHash,
        String deliveredHash) {
    boolean isExact() {
        return packets > 0 && sentHash.equals(deliveredHash);
    }
}

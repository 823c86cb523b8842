package io.rist4j.codec.npd;

/**
 * Which null packets a sender deletes. Receivers put back {@code 47 1f ff 10} and 0xFF to the end
 * for each of them, whatever it was.
 */
public enum DeletionRule {
    /**
     * Those that are just what the receiver will put back: the stream comes out byte for byte as it
     * went in. Null packets with a continuity counter, with other content or, if 204 bytes long,
     * with parity are sent.
     */
    EXACT,
    /**
     * All of them, as libRIST does: the packet identifier is 0x1FFF, and error, unit start and
     * priority flags are clear. What they held is lost, which by ISO/IEC 13818-1 §2.4.1 says
     * nothing to a decoder. Not those of 204 bytes with parity: that is no part of them.
     */
    EVERY
}

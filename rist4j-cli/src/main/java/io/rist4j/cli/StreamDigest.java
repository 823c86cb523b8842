package io.rist4j.cli;

import io.rist4j.cli.ts.TsChecker;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fingerprint of a transport stream, and what is wrong with it. Of one thread at a time. */
final class StreamDigest {
    private final MessageDigest digest;
    private final TsChecker checker = new TsChecker();
    private long datagrams;
    private long bytes;

    StreamDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** Takes one datagram's payload, from position to limit; neither is changed. */
    synchronized void add(ByteBuffer payload) {
        datagrams++;
        bytes += payload.remaining();
        checker.accept(payload, payload.position(), payload.remaining());
        digest.update(payload.duplicate());
    }

    synchronized long datagrams() {
        return datagrams;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized long streamErrors() {
        return checker.continuityErrors() + checker.syncErrors() + checker.transportErrors();
    }

    /** SHA-256 of everything so far, in hex. */
    synchronized String hex() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e); // the JDK's own can be cloned
        }
    }
}

package io.rist4j.crypto.eap;

import io.rist4j.crypto.psk.Passphrase;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Keeps what a machine sends and tells. */
final class RecordingOutput implements EapOutput {
    final Deque<byte[]> sent = new ArrayDeque<>();
    final List<EapResult> results = new ArrayList<>();
    final List<EapRefusal> refusals = new ArrayList<>();
    final List<EapRefusal> revocations = new ArrayList<>();
    final List<Passphrase> passphrases = new ArrayList<>();

    @Override
    public void transmit(long nowNs, ByteBuffer frame, int at, int bytes) {
        byte[] octets = new byte[bytes];
        frame.get(at, octets);
        sent.add(octets);
    }

    @Override
    public void onAuthenticated(long nowNs, EapResult result) {
        results.add(result);
    }

    @Override
    public void onRefused(long nowNs, EapRefusal reason) {
        refusals.add(reason);
    }

    @Override
    public void onRevoked(long nowNs, EapRefusal reason) {
        revocations.add(reason);
    }

    @Override
    public void onPassphrase(long nowNs, Passphrase passphrase) {
        passphrases.add(passphrase.copy());
    }
}

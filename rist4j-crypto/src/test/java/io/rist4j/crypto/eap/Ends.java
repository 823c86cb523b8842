package io.rist4j.crypto.eap;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.SeededOctets;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.SrpVerifier;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A caller and a listener with a wire between them that a test may cut. */
final class Ends {
    /** What becomes of a frame. */
    @FunctionalInterface
    interface Wire {
        /** How many copies arrive of the frame with that number, counted over both directions. */
        int copies(int number, byte[] frame);
    }

    static final Endpoint HERE = Endpoint.ipv4(0xC0000201, 5000);
    static final long STEP_NS = 10 * SessionTime.MILLISECOND;

    private static final byte[] USER = "rist".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PASSWORD = "mainprofile".getBytes(StandardCharsets.UTF_8);
    private static final SrpVerifier MODERN =
            SrpVerifier.create(false, USER, PASSWORD, new SeededOctets(51));
    private static final SrpVerifier LEGACY =
            SrpVerifier.create(true, USER, PASSWORD, new SeededOctets(52));

    final RecordingOutput callerOut = new RecordingOutput();
    final RecordingOutput listenerOut = new RecordingOutput();
    final List<byte[]> toCaller = new ArrayList<>();
    final List<byte[]> toListener = new ArrayList<>();
    final EapRealm realm;
    final Authenticatee caller;
    final Authenticator listener;

    Wire wire = (number, frame) -> 1;
    long nowNs;
    private int number;

    Ends(SrpCompat caller, SrpCompat listener, String password, @Nullable String secret) {
        this(caller, listener, password, secret, Ends::both);
    }

    Ends(
            SrpCompat callerCompat,
            SrpCompat listenerCompat,
            String password,
            @Nullable String secret,
            VerifierLookup users) {
        Passphrase held = secret == null ? null : Passphrase.ofText(secret.toCharArray());
        realm = new EapRealm(users, held, listenerCompat, new SeededOctets(53));
        caller =
                new Authenticatee(
                        new EapCredentials("rist".toCharArray(), password.toCharArray()),
                        callerCompat,
                        true,
                        new SeededOctets(54),
                        Worker.inline(),
                        callerOut);
        listener = authenticator(listenerOut);
    }

    Authenticator authenticator(EapOutput output) {
        return authenticatorOf(HERE, output);
    }

    Authenticator authenticatorOf(Endpoint from, EapOutput output) {
        return new Authenticator(realm, from, new SeededOctets(55), Worker.inline(), output);
    }

    static Ends ofAuto() {
        return new Ends(SrpCompat.AUTO, SrpCompat.AUTO, "mainprofile", "one secret");
    }

    static @Nullable SrpVerifier both(byte[] user, boolean isLegacy) {
        if (!new String(user, StandardCharsets.UTF_8).equals("rist")) {
            return null;
        }
        return isLegacy ? LEGACY : MODERN;
    }

    /** Of whom there is an old verifier only. */
    static @Nullable SrpVerifier legacyOnly(byte[] user, boolean isLegacy) {
        return isLegacy ? both(user, true) : null;
    }

    /** Lets time pass, and frames with it. */
    void run(long forNs) {
        long untilNs = nowNs + forNs;
        exchange();
        while (nowNs < untilNs) {
            nowNs += STEP_NS;
            if (nowNs >= caller.deadlineNs()) {
                caller.onDeadline(nowNs);
            }
            if (nowNs >= listener.deadlineNs()) {
                listener.onDeadline(nowNs);
            }
            exchange();
        }
    }

    private void exchange() {
        while (!callerOut.sent.isEmpty() || !listenerOut.sent.isEmpty()) {
            byte[] up = callerOut.sent.poll();
            if (up != null) {
                for (int copy = wire.copies(number++, up); copy > 0; copy--) {
                    toListener.add(up);
                    give(listener, up);
                }
            }
            byte[] down = listenerOut.sent.poll();
            if (down != null) {
                for (int copy = wire.copies(number++, down); copy > 0; copy--) {
                    toCaller.add(down);
                    give(caller, down);
                }
            }
        }
    }

    int frames() {
        return number;
    }

    Verdict give(Authenticator to, byte[] frame) {
        return to.onFrame(nowNs, ByteBuffer.wrap(frame), 0, frame.length);
    }

    Verdict give(Authenticatee to, byte[] frame) {
        return to.onFrame(nowNs, ByteBuffer.wrap(frame), 0, frame.length);
    }

    boolean isAgreed() {
        EapResult up = caller.result();
        EapResult down = listener.result();
        return up != null && down != null && up.sessionKey().isSame(down.sessionKey());
    }
}

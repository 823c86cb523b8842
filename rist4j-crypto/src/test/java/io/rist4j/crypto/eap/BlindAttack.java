package io.rist4j.crypto.eap;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.SeededOctets;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.Passphrase;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A caller and a listener some way apart, and somebody who knows where both are, sees nothing of
 * what they send, and sends frames in their names, from before the caller calls until both are
 * authenticated.
 */
final class BlindAttack {
    /** What he sends, and to whom. */
    enum Forged {
        START(true),
        START_OF_VERSION_2(true),
        NAME(true),
        OTHER_NAME(true),
        CLIENT_KEY(true),
        ZERO_CLIENT_KEY(true),
        CLIENT_PROOF(true),
        SUCCESS(true),
        ACKNOWLEDGEMENT(true),
        NAK(true),
        LOGOFF(true),
        PASSPHRASE_REQUEST(true),
        /** Name, A and proof, as if the identifier of the first was right. */
        CALLERS_EXCHANGE(true),
        IDENTITY_REQUEST(false),
        CHALLENGE(false),
        CHALLENGE_OF_VERSION_2(false),
        SERVER_KEY(false),
        ZERO_SERVER_KEY(false),
        SERVER_PROOF(false),
        FAILURE(false),
        PASSPHRASE(false),
        OTHER_REQUEST(false),
        /** Request, challenge and B, one after the other: for each the caller makes a proof. */
        LISTENERS_EXCHANGE(false),
        /** The same, and each B once more 200 ms later, beyond the number. */
        LISTENERS_REPEATED_EXCHANGE(false);

        private final boolean isToListener;

        Forged(boolean isToListener) {
            this.isToListener = isToListener;
        }
    }

    private record Event(long atNs, long order, Runnable what) {}

    private static final long BEFORE_NS = 3 * SessionTime.SECOND;
    private static final long CONTACT_NS = 100 * SessionTime.MILLISECOND;
    private static final byte[] NAME = "rist".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER_NAME = "nobody".getBytes(StandardCharsets.US_ASCII);

    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>((a, b) ->
                    a.atNs == b.atNs
                            ? Long.compare(a.order, b.order)
                            : Long.compare(a.atNs, b.atNs));
    private final RecordingOutput callerOut = new RecordingOutput();
    private final RecordingOutput listenerOut = new RecordingOutput();
    private final Authenticatee caller;
    private final Authenticator listener;
    private final ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);
    private final long oneWayNs;
    private final boolean hasSecret;
    private long nowNs;
    private long order;
    private boolean hasStarted;
    private int callersStep;
    private int callersIdentifier;
    private int listenersStep;
    private int listenersIdentifier;

    BlindAttack(long seed, boolean hasSecret) {
        this.hasSecret = hasSecret;
        random = new Random(seed);
        oneWayNs = (5 + random.nextInt(60)) * SessionTime.MILLISECOND;
        @Nullable Passphrase secret =
                hasSecret ? Passphrase.ofText("one secret".toCharArray()) : null;
        var realm = new EapRealm(Ends::both, secret, SrpCompat.AUTO, new SeededOctets(seed));
        caller =
                new Authenticatee(
                        new EapCredentials("rist".toCharArray(), "mainprofile".toCharArray()),
                        SrpCompat.AUTO,
                        true,
                        new SeededOctets(seed + 1),
                        worker(),
                        callerOut);
        listener =
                new Authenticator(
                        realm, Ends.HERE, new SeededOctets(seed + 2), worker(), listenerOut);
    }

    /** Has results after 5 to 20 ms. */
    private Worker worker() {
        return (startNs, computation) ->
                at(
                        startNs + (5 + random.nextInt(16)) * SessionTime.MILLISECOND,
                        () -> {
                            computation.compute();
                            computation.onComputed(nowNs);
                        });
    }

    private void at(long atNs, Runnable what) {
        events.add(new Event(atNs, order++, what));
    }

    /** So many frames of a kind in a second, at times of their own. */
    BlindAttack sending(Forged kind, int perSecond) {
        long everyNs = SessionTime.SECOND / perSecond;
        at(random.nextInt((int) everyNs), () -> forge(kind, everyNs));
        return this;
    }

    private void forge(Forged kind, long everyNs) {
        byte[] octets = frame(kind);
        if (kind.isToListener) {
            listener.onFrame(nowNs, ByteBuffer.wrap(octets), 0, octets.length);
        } else if (hasStarted) {
            caller.onFrame(nowNs, ByteBuffer.wrap(octets), 0, octets.length);
        }
        if (kind == Forged.LISTENERS_REPEATED_EXCHANGE && octets.length > 200 && hasStarted) {
            at(
                    nowNs + SessionTime.SECOND / 5,
                    () -> caller.onFrame(nowNs, ByteBuffer.wrap(octets), 0, octets.length));
        }
        at(nowNs + everyNs, () -> forge(kind, everyNs));
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        octets[0] |= 1;
        return octets;
    }

    private byte[] frame(Forged kind) {
        int id = random.nextInt(256);
        int version = 4;
        int bytes =
                switch (kind) {
                    case START -> EapWriter.start(out, 0, version);
                    case START_OF_VERSION_2 -> EapWriter.start(out, 0, 2);
                    case NAME -> EapWriter.identityResponse(out, 0, version, id, NAME);
                    case OTHER_NAME -> EapWriter.identityResponse(out, 0, version, id, OTHER_NAME);
                    case CLIENT_KEY -> EapWriter.clientKey(out, 0, version, id, octets(255));
                    case ZERO_CLIENT_KEY -> EapWriter.clientKey(out, 0, version, id, new byte[9]);
                    case CLIENT_PROOF ->
                            EapWriter.clientValidator(out, 0, version, id, false, true, octets(32));
                    case SUCCESS -> EapWriter.success(out, 0, version, id, true);
                    case ACKNOWLEDGEMENT -> EapWriter.acknowledgement(out, 0, version, id);
                    case NAK -> EapWriter.nak(out, 0, version, id);
                    case LOGOFF -> logoff();
                    case PASSPHRASE_REQUEST -> EapWriter.passphraseRequest(out, 0, version, id);
                    case CALLERS_EXCHANGE -> callersExchange(id);
                    case IDENTITY_REQUEST -> EapWriter.identityRequest(out, 0, version, id);
                    case CHALLENGE -> EapWriter.challenge(out, 0, version, id, octets(32));
                    case CHALLENGE_OF_VERSION_2 -> EapWriter.challenge(out, 0, 2, id, octets(32));
                    case SERVER_KEY -> EapWriter.serverKey(out, 0, version, id, octets(255));
                    case ZERO_SERVER_KEY -> EapWriter.serverKey(out, 0, version, id, new byte[9]);
                    case SERVER_PROOF ->
                            EapWriter.serverValidator(out, 0, version, id, true, octets(32));
                    case FAILURE -> EapWriter.failure(out, 0, version, id);
                    case PASSPHRASE ->
                            EapWriter.passphraseResponse(out, 0, version, id, octets(40));
                    case OTHER_REQUEST -> otherRequest(id);
                    case LISTENERS_EXCHANGE, LISTENERS_REPEATED_EXCHANGE -> listenersExchange(id);
                };
        return Arrays.copyOf(out.array(), bytes);
    }

    private int logoff() {
        out.putInt(0, 0x0302_0000);
        return 4;
    }

    private int otherRequest(int id) {
        out.putInt(0, 0x0300_0005).putInt(4, 0x0100_0005 | id << 16).put(8, (byte) 4);
        return 9;
    }

    private int callersExchange(int id) {
        int step = callersStep++ % 3;
        callersIdentifier = step == 0 ? id : callersIdentifier + 1;
        int number = callersIdentifier & 0xFF;
        return switch (step) {
            case 0 -> EapWriter.identityResponse(out, 0, 4, number, NAME);
            case 1 -> EapWriter.clientKey(out, 0, 4, number, octets(255));
            default -> EapWriter.clientValidator(out, 0, 4, number, false, true, octets(32));
        };
    }

    private int listenersExchange(int id) {
        int step = listenersStep++ % 3;
        listenersIdentifier = step == 0 ? id : listenersIdentifier + 1;
        int number = listenersIdentifier & 0xFF;
        return switch (step) {
            case 0 -> EapWriter.identityRequest(out, 0, 4, number);
            case 1 -> EapWriter.challenge(out, 0, 4, number, octets(32));
            default -> EapWriter.serverKey(out, 0, 4, number, octets(255));
        };
    }

    /**
     * Plays it.
     *
     * @return how long after its call the caller had what it needs, or {@link SessionTime#NEVER}
     */
    long play(long forNs) {
        at(
                BEFORE_NS,
                () -> {
                    hasStarted = true;
                    caller.start(nowNs);
                    contact();
                });
        while (nowNs < BEFORE_NS + forNs) {
            long dueNs =
                    Math.min(
                            listener.deadlineNs(),
                            hasStarted ? caller.deadlineNs() : SessionTime.NEVER);
            Event next = events.peek();
            if (next != null && next.atNs <= dueNs) {
                nowNs = Math.max(nowNs, next.atNs);
                events.remove();
                next.what.run();
            } else {
                nowNs = Math.max(nowNs, dueNs);
                if (nowNs >= listener.deadlineNs()) {
                    listener.onDeadline(nowNs);
                }
                if (hasStarted && nowNs >= caller.deadlineNs()) {
                    caller.onDeadline(nowNs);
                }
            }
            carry();
            if (isDone()) {
                return nowNs - BEFORE_NS;
            }
        }
        return SessionTime.NEVER;
    }

    /** A greeting of the caller's. */
    private void contact() {
        at(nowNs + oneWayNs, () -> listener.onContact(nowNs));
        at(nowNs + CONTACT_NS, this::contact);
    }

    private void carry() {
        for (byte[] sent = callerOut.sent.poll(); sent != null; sent = callerOut.sent.poll()) {
            byte[] up = sent;
            at(nowNs + oneWayNs, () -> listener.onFrame(nowNs, ByteBuffer.wrap(up), 0, up.length));
        }
        for (byte[] sent = listenerOut.sent.poll(); sent != null; sent = listenerOut.sent.poll()) {
            byte[] down = sent;
            at(
                    nowNs + oneWayNs,
                    () -> {
                        if (hasStarted) {
                            caller.onFrame(nowNs, ByteBuffer.wrap(down), 0, down.length);
                        }
                    });
        }
    }

    private boolean isDone() {
        EapResult up = caller.result();
        EapResult down = listener.result();
        return up != null
                && down != null
                && up.sessionKey().isSame(down.sessionKey())
                && up.keysBothWays()
                && (!hasSecret || !callerOut.passphrases.isEmpty());
    }
}

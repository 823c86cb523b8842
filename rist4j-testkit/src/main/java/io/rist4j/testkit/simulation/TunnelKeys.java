package io.rist4j.testkit.simulation;

import io.rist4j.codec.eap.Challenge;
import io.rist4j.codec.eap.EapMessage;
import io.rist4j.codec.eap.EapolFrame;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.eap.BothWays;
import io.rist4j.crypto.psk.KeyDerivation;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.Srp;
import io.rist4j.crypto.srp.SrpMode;
import io.rist4j.crypto.srp.SrpSession;
import io.rist4j.testkit.network.Route;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The keys of a simulation's tunnels, found by trying every secret that the ends have. */
final class TunnelKeys {
    private static final int MOST_BODY_BYTES = 16_384;

    /** The likely one last. */
    private static final List<SrpMode> MODES = List.of(SrpMode.UNPADDED, SrpMode.PADDED);

    private static final int BLOCK_BYTES = 16;

    private final List<Passphrase> secrets = new ArrayList<>();
    private final List<List<Exchange>> exchanges = new ArrayList<>(); // by link, likely ones first
    private final Map<Integer, Key> keys = new HashMap<>();
    private final boolean senderCalls;
    private final List<Heard> heard = new ArrayList<>(); // by link
    private final ByteBuffer plain = ByteBuffer.allocate(MOST_BODY_BYTES);
    private final ByteBuffer counters = ByteBuffer.allocate(MOST_BODY_BYTES);

    TunnelKeys(Scenario scenario) {
        senderCalls = scenario.contact() != Scenario.Contact.RECEIVER_DIALS;
        int paths = scenario.paths().size();
        for (int i = 0; i < paths; i++) {
            exchanges.add(new ArrayList<>());
            heard.add(new Heard());
        }
        if (scenario.tunnel().protection().hasSecret()) {
            secrets.add(Secrets.secret(0));
        }
    }

    /**
     * What a caller may answer a listener's key with: exchanges may be side by side, and somebody
     * else's challenges among the listener's.
     */
    private static final class Heard {
        private static final int IDENTIFIERS = 256;
        private static final int MOST_EXPONENTS = 4;

        /** By identifier, the latest and the one before it. */
        private final byte[][] salts = new byte[IDENTIFIERS][0];

        private final byte[][] formerSalts = new byte[IDENTIFIERS][0];
        private final Deque<byte[]> exponents = new ArrayDeque<>();

        void onChallenge(int identifier, byte[] salt) {
            if (!Arrays.equals(salts[identifier], salt)) {
                formerSalts[identifier] = salts[identifier];
                salts[identifier] = salt;
            }
        }

        void onExponent(byte[] exponent) {
            if (exponents.size() == MOST_EXPONENTS) {
                exponents.removeFirst();
            }
            exponents.addLast(exponent);
        }

        /** The likely ones last: a key comes under the identifier after its challenge's. */
        List<Exchange> exchanges(int identifier, byte[] serverKey) {
            int before = (identifier - 1) & (IDENTIFIERS - 1);
            List<Exchange> possible = new ArrayList<>();
            for (byte[] salt :
                    List.of(
                            formerSalts[identifier],
                            salts[identifier],
                            formerSalts[before],
                            salts[before])) {
                for (byte[] exponent : salt.length == 0 ? List.<byte[]>of() : exponents) {
                    for (SrpMode mode : MODES) {
                        possible.add(new Exchange(salt, exponent, serverKey, mode));
                    }
                }
            }
            return possible;
        }
    }

    /** A session key that may have come of an authentication. */
    private static final class Exchange {
        private final byte[] salt;
        private final byte[] exponent;
        private final byte[] serverKey;
        private final SrpMode mode;
        private @Nullable Passphrase key;
        private @Nullable Passphrase callersKey;

        Exchange(byte[] salt, byte[] exponent, byte[] serverKey, SrpMode mode) {
            this.salt = salt;
            this.exponent = exponent;
            this.serverKey = serverKey;
            this.mode = mode;
        }

        boolean isSame(Exchange other) {
            return mode == other.mode
                    && Arrays.equals(serverKey, other.serverKey)
                    && Arrays.equals(exponent, other.exponent)
                    && Arrays.equals(salt, other.salt);
        }

        Passphrase callersKey() {
            if (callersKey == null) {
                callersKey = BothWays.callersKey(key());
            }
            return callersKey;
        }

        Passphrase key() {
            if (key == null) {
                SrpSession session =
                        Srp.of(mode)
                                .clientSession(
                                        Secrets.user(),
                                        Secrets.password(),
                                        salt,
                                        BothWays.exponent(Srp.of(mode), exponent),
                                        serverKey);
                if (session == null) {
                    throw new IllegalStateException("a listener sent a value that gives it away");
                }
                key = Passphrase.ofOctets(session.key());
            }
            return key;
        }
    }

    /** The key of one nonce, which belongs to one direction of one path. */
    final class Key {
        private final Route route;
        private final byte[] octets;
        private @Nullable Cipher cipher;

        /** Which of the secrets, or -1 for a session key. */
        final int secret;

        private boolean isUsed;
        private int lastSequence;

        Key(Route route, int nonce, Passphrase from, int secret) {
            this.route = route;
            this.secret = secret;
            octets = KeyDerivation.derive(from, nonce);
        }

        /** Takes the place of one that was taken for the right one. */
        private void correct(Key wrong) {
            isUsed = wrong.isUsed;
            lastSequence = wrong.lastSequence;
        }

        /** Whether this is not the second use of a nonce with a sequence; asked for each once. */
        boolean isFresh(Route by, int sequence) {
            boolean isFresh =
                    by.link() == route.link()
                            && by.forward() == route.forward()
                            && (!isUsed || Integer.compareUnsigned(sequence, lastSequence) > 0);
            isUsed = true;
            lastSequence = sequence;
            return isFresh;
        }

        /**
         * The beginning of a body in clear, from index 0; valid until the next one. Counter mode on
         * single blocks, started once for all packets of a nonce.
         */
        ByteBuffer open(ByteBuffer body, int at, int bytes, int sequence, boolean isLong) {
            int blocks = (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
            for (int i = 0; i < blocks; i++) {
                counters.putInt(i * BLOCK_BYTES, sequence);
                counters.putInt((i + 1) * BLOCK_BYTES - Integer.BYTES, i);
            }
            try {
                cipher(isLong).doFinal(counters.array(), 0, blocks * BLOCK_BYTES, plain.array());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
            for (int i = 0; i < bytes; i++) {
                plain.put(i, (byte) (plain.get(i) ^ body.get(at + i)));
            }
            return plain;
        }

        private Cipher cipher(boolean isLong) throws GeneralSecurityException {
            Cipher started = cipher;
            if (started == null) {
                started = Cipher.getInstance("AES/ECB/NoPadding");
                int keyBytes = isLong ? octets.length : BLOCK_BYTES;
                started.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(octets, 0, keyBytes, "AES"));
                cipher = started;
            }
            return started;
        }
    }

    /** From now on the ends may use one more secret. */
    void add(Passphrase secret) {
        secrets.add(secret);
    }

    /** The key of a nonce that was seen before. */
    @Nullable Key known(int nonce) {
        return keys.get(nonce);
    }

    /** The number of the newest secret that was used. */
    int newestSecret() {
        return keys.values().stream().mapToInt(key -> key.secret).max().orElse(0);
    }

    /** How many nonces there were in the direction that had most. */
    long mostOfOneDirection() {
        return keys.values().stream()
                .collect(
                        Collectors.groupingBy(
                                key -> 2 * key.route.link() + (key.route.forward() ? 1 : 0),
                                Collectors.counting()))
                .values()
                .stream()
                .max(Long::compare)
                .orElse(0L);
    }

    /** The key under which a datagram makes sense; remembered. */
    @Nullable Key find(int nonce, Route route, Predicate<Key> makesSense) {
        for (int i = secrets.size() - 1; i >= 0; i--) {
            Key key = new Key(route, nonce, secrets.get(i), i);
            if (makesSense.test(key)) {
                remember(nonce, key);
                return key;
            }
        }
        List<Exchange> known = exchanges.get(route.link());
        for (int i = 0; i < known.size(); i++) {
            Exchange exchange = known.get(i);
            boolean isCallers = route.forward() == senderCalls;
            Passphrase session = isCallers ? exchange.callersKey() : exchange.key();
            Key key = new Key(route, nonce, session, -1);
            if (makesSense.test(key)) {
                remember(nonce, key);
                known.remove(i);
                known.add(0, exchange); // it will be asked for again
                return key;
            }
        }
        return null;
    }

    private void remember(int nonce, Key key) {
        Key before = keys.put(nonce, key);
        if (before != null) {
            key.correct(before);
        }
    }

    /** The caller drew a secret exponent because of what came along a link. */
    void onExponent(int link, byte[] exponent) {
        heard.get(link).onExponent(exponent.clone());
    }

    /** A frame came to the caller. */
    void onFrameForCaller(int link, EapolFrame frame, ByteBuffer b) {
        if (frame.message == EapMessage.CHALLENGE) {
            var challenge = new Challenge();
            if (challenge.read(b, frame.bodyAt, frame.bodyBytes) == Verdict.OK) {
                heard.get(link).onChallenge(frame.identifier, challenge.salt(b));
            }
        } else if (frame.message == EapMessage.SERVER_KEY) {
            List<Exchange> known = exchanges.get(link);
            for (Exchange exchange : heard.get(link).exchanges(frame.identifier, frame.body(b))) {
                if (known.stream().noneMatch(exchange::isSame)) {
                    known.add(0, exchange);
                }
            }
        }
    }
}

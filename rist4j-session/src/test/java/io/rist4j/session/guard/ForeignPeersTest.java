package io.rist4j.session.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.crypto.eap.SrpCompat;
import io.rist4j.crypto.eap.VerifierLookup;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.crypto.srp.Srp;
import io.rist4j.crypto.srp.SrpMode;
import io.rist4j.crypto.srp.SrpSession;
import io.rist4j.crypto.srp.SrpVerifier;
import io.rist4j.crypto.srp.VerifierFile;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Peers that speak version 3 and encrypt nothing as callers, by EAP-SRP without a secret. */
class ForeignPeersTest {
    private static final Endpoint PEER = Endpoint.ipv4(0x0A000001, 5_000);
    private static final byte[] USER = "rist".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PASSWORD = "mainprofile".getBytes(StandardCharsets.UTF_8);
    private static final Srp SRP = Srp.of(SrpMode.PADDED);
    private static final int VERSION = 3;
    private static final int BODY = 10;

    private final Random random = new Random(5);
    private final ArrayDeque<byte[]> sent = new ArrayDeque<>();
    private final List<EapRefusal> refusals = new ArrayList<>();
    private final List<Boolean> inClear = new ArrayList<>();
    private final ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);
    private final GuardSink sink =
            new QuietSink() {
                @Override
                void onFrame(byte[] frame) {
                    sent.add(frame);
                }

                @Override
                public void onRefused(long nowNs, EapRefusal reason) {
                    refusals.add(reason);
                }

                @Override
                public void onClear(long nowNs, boolean isOurs) {
                    inClear.add(isOurs);
                }
            };

    private TunnelSecurity security(boolean requires) {
        var config =
                new SecurityConfig(
                        null,
                        PskSealing.ofBits(256),
                        new EapCredentials("rist".toCharArray(), "mainprofile".toCharArray()),
                        VerifierLookup.of(
                                VerifierFile.ofPasswords(
                                        Map.of("rist", "mainprofile".toCharArray()),
                                        random::nextBytes)),
                        SrpCompat.AUTO,
                        requires,
                        false);
        return new TunnelSecurity(config, Worker.inline(), random::nextBytes);
    }

    private Verdict give(GreGuard guard, int bytes) {
        var b = ByteBuffer.allocate(GreHeader.SEQUENCED_BYTES + bytes);
        int at = GreHeader.write(b, 0, 1, ProtocolTypes.EAPOL, 1);
        b.put(at, out, 0, bytes);
        return guard.open(0, 0, b, 0, b.capacity());
    }

    private static Verdict clear(GreGuard guard) {
        var b = ByteBuffer.allocate(GreHeader.SEQUENCED_BYTES + 40);
        GreHeader.write(b, 0, 1, ProtocolTypes.REDUCED_OVERHEAD, 7);
        return guard.open(0, 0, b, 0, b.capacity());
    }

    private byte[] body() {
        byte[] frame = Objects.requireNonNull(sent.pollLast());
        sent.clear();
        return Arrays.copyOfRange(frame, BODY, frame.length);
    }

    private byte[] exponent() {
        byte[] drawn = new byte[Srp.EXPONENT_BYTES];
        random.nextBytes(drawn);
        return drawn;
    }

    /** A listener of version 3 without a secret. */
    private void listen(GreGuard caller, boolean saysSessionKey) {
        SrpVerifier known = SrpVerifier.create(false, USER, PASSWORD, random::nextBytes);
        byte[] b = exponent();
        give(caller, EapWriter.identityRequest(out, 0, VERSION, 1));
        give(caller, EapWriter.challenge(out, 0, VERSION, 2, known.salt()));
        byte[] clientKey = body();
        byte[] serverKey = SRP.serverPublic(known.verifier(), b);
        give(caller, EapWriter.serverKey(out, 0, VERSION, 3, serverKey));
        SrpSession session =
                Objects.requireNonNull(
                        SRP.serverSession(USER, known.verifier(), known.salt(), b, clientKey));
        byte[] proof = session.serverProof();
        sent.clear();
        give(caller, EapWriter.serverValidator(out, 0, VERSION, 4, saysSessionKey, proof));
    }

    /** The flag beside the proof is anybody's; what the key is used for shows all the same. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aListenerThatTakesOnlyClearIsNamedOrRefused(boolean saysSessionKey, boolean requires) {
        var caller = GreGuard.caller(security(requires), 0, sink);
        caller.prepare(0);
        caller.start(0);
        listen(caller, saysSessionKey);
        int asked = sent.getLast()[5] & 0xFF;
        give(caller, EapWriter.passphraseResponse(out, 0, VERSION, asked, new byte[] {-128}));

        assertThat(inClear).isEqualTo(requires ? List.of() : List.of(true));
        assertThat(refusals).isEqualTo(requires ? List.of(EapRefusal.IN_CLEAR) : List.of());
        assertThat(caller.isOpen()).isEqualTo(!requires);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCallerThatSendsInClearIsNamedOrRefused(boolean requires) {
        var listener = GreGuard.listener(security(requires), 0, PEER, sink);
        listener.prepare(0);
        clear(listener);
        byte[] a = exponent();
        byte[] clientKey = SRP.clientPublic(a);
        int id = Objects.requireNonNull(sent.poll())[5] & 0xFF;
        give(listener, EapWriter.identityResponse(out, 0, VERSION, id, USER));
        byte[] challenge = body();
        byte[] salt = Arrays.copyOfRange(challenge, 4, challenge.length - 2);
        give(listener, EapWriter.clientKey(out, 0, VERSION, id + 1, clientKey));
        SrpSession session =
                Objects.requireNonNull(SRP.clientSession(USER, PASSWORD, salt, a, body()));
        byte[] proof = session.clientProof();
        give(listener, EapWriter.clientValidator(out, 0, VERSION, id + 2, false, false, proof));
        give(listener, EapWriter.success(out, 0, VERSION, id + 3, true));

        assertThat(inClear).isEqualTo(requires ? List.of() : List.of(false));
        assertThat(refusals).isEqualTo(requires ? List.of(EapRefusal.IN_CLEAR) : List.of());
        assertThat(listener.isOpen()).isEqualTo(!requires);
        assertThat(clear(listener)).isEqualTo(requires ? Verdict.UNAUTHENTICATED : Verdict.OK);
    }
}

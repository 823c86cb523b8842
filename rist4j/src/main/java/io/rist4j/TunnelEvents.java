package io.rist4j;

import io.rist4j.codec.gre.PeerCapabilities;
import io.rist4j.session.Newcomer;
import io.rist4j.session.SessionEvent;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a tunnel tells, as the API tells it. */
final class TunnelEvents {
    private TunnelEvents() {}

    static RistEvent of(SessionEvent.Authenticated event) {
        return new RistEvent.Authenticated(Addresses.socketAddress(event.peer()), event.user());
    }

    static RistEvent of(SessionEvent.AuthenticationFailed event) {
        return new RistEvent.AuthenticationFailed(
                Addresses.socketAddress(event.peer()),
                switch (event.reason()) {
                    case WRONG_CREDENTIALS -> RistEvent.AuthenticationFailure.WRONG_CREDENTIALS;
                    case NO_ANSWER -> RistEvent.AuthenticationFailure.NO_ANSWER;
                    case TOO_MANY_FAILURES -> RistEvent.AuthenticationFailure.TOO_MANY_FAILURES;
                    case ATTACK -> RistEvent.AuthenticationFailure.ATTACK;
                    case UNSUPPORTED -> RistEvent.AuthenticationFailure.UNSUPPORTED;
                    case DOWNGRADED -> RistEvent.AuthenticationFailure.DOWNGRADED;
                    case IN_CLEAR -> RistEvent.AuthenticationFailure.IN_CLEAR;
                    case NOT_CONFIGURED -> RistEvent.AuthenticationFailure.NOT_CONFIGURED;
                    case NOT_OFFERED -> RistEvent.AuthenticationFailure.NOT_OFFERED;
                });
    }

    static RistEvent of(SessionEvent.InClear event) {
        return new RistEvent.InClear(Addresses.socketAddress(event.peer()), event.isOurs());
    }

    static RistEvent of(SessionEvent.SecretsDiffer event) {
        return new RistEvent.SecretMismatch(
                Addresses.socketAddress(event.peer()),
                switch (event.shown()) {
                    case NONE, WRONG_SECRET -> RistEvent.Mismatch.WRONG_SECRET;
                    case PEER_NOT_ENCRYPTING -> RistEvent.Mismatch.PEER_NOT_ENCRYPTING;
                    case PEER_ENCRYPTING -> RistEvent.Mismatch.PEER_ENCRYPTING;
                });
    }

    static RistEvent of(SessionEvent.NotAdmitted event) {
        Newcomer newcomer = event.newcomer();
        return new RistEvent.NotAdmitted(
                Addresses.socketAddress(newcomer.peer()),
                newcomer.canonicalName(),
                newcomer.user());
    }

    static RistEvent of(SessionEvent.PeerCapable event) {
        PeerCapabilities told = event.capabilities();
        return new RistEvent.PeerCapabilities(
                event.path(),
                told.macAddressText(),
                told.capabilities().stream()
                        .map(c -> c.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                told.json());
    }

    static RistEvent of(SessionEvent.BufferTold event) {
        return new RistEvent.BufferNegotiated(
                event.path(),
                Duration.ofMillis(event.senderMaxMs()),
                Duration.ofMillis(event.receiverMs()));
    }
}

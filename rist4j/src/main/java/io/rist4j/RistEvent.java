package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

/**
 * Something rare that happened to a session. Listeners are called on the network thread, one event
 * after the other in the order of happening, and must not block; they may call the handle.
 *
 * <p>Later versions may tell more: further events, further reasons, further components of those
 * that there are. A {@code switch} over events or over their reasons therefore needs a {@code
 * default}, and components are read by their methods rather than by record patterns.
 *
 * <pre>{@code
 * switch (event) {
 *     case RistEvent.Connected e -> log.info("peer {} is there", e.peer());
 *     case RistEvent.TimedOut e -> log.warn("nobody is there");
 *     default -> {}
 * }
 * }</pre>
 */
public sealed interface RistEvent {
    /**
     * A peer is there: the first path came up. Comes again when the peer returns after {@link
     * TimedOut}.
     *
     * @param peer its address
     * @param cname its canonical name, empty when it has not said
     */
    record Connected(InetSocketAddress peer, String cname) implements RistEvent {}

    /**
     * A path came up, for the first time or again.
     *
     * @param path its number in the statistics
     * @param peer its address
     */
    record PathUp(int path, InetSocketAddress peer) implements RistEvent {}

    /**
     * A path has been silent for longer than the session timeout, or its peer left.
     *
     * @param path its number in the statistics
     * @param peer its address
     */
    record PathDown(int path, InetSocketAddress peer) implements RistEvent {}

    /** No path is up any more. The session goes on waiting for its peer. */
    record TimedOut() implements RistEvent {}

    /**
     * The peer said goodbye. The session goes on waiting.
     *
     * @param peer its address
     */
    record PeerLeft(InetSocketAddress peer) implements RistEvent {}

    /**
     * A receiver began with a flow, or began anew.
     *
     * @param flowId the flow id: the media's SSRC with bit 0 clear
     * @param reason why
     */
    record FlowStarted(int flowId, StartReason reason) implements RistEvent {
        /** Whether there was a flow before this one. */
        public boolean isReset() {
            return reason != StartReason.FIRST_PACKET;
        }
    }

    /** Why a receiver began with a flow. */
    enum StartReason {
        /** The first packet of the session. */
        FIRST_PACKET,
        /** The sender started again, under another flow id. */
        NEW_SOURCE,
        /** The stream came back after a silence longer than the recovery buffer. */
        AFTER_SILENCE,
        /** Sequence numbers or timestamps jumped beyond the recovery buffer. */
        JUMP
    }

    /**
     * A receiver of several flows began to take a further one.
     *
     * @param identity whose it is
     */
    record FlowOpened(RistFlowIdentity identity) implements RistEvent {}

    /**
     * A flow of several is over: it has been silent for the session timeout. It may come again, as
     * a new one.
     *
     * @param flowId its flow id
     */
    record FlowEnded(int flowId) implements RistEvent {}

    /**
     * Media of another sender came to a receiver that is busy with one, and was refused; or a flow
     * to a receiver of several that has no place for it or does not admit it. Told now and then
     * while it goes on.
     *
     * @param flowId the flow id that was refused
     * @param peer where it came from
     */
    record FlowRefused(int flowId, InetSocketAddress peer) implements RistEvent {}

    /**
     * A bound cut recovery: told when it begins, and every ten seconds while it goes on.
     *
     * @param flowId the flow id
     * @param limit which bound; {@link Limit#setting} lifts it
     * @param packets how many packets it cost since it was told last
     */
    record LimitReached(int flowId, Limit limit, long packets) implements RistEvent {}

    /** Bounds that cut recovery. There may be more of them in later versions. */
    enum Limit {
        /** A sender did not send packets again: the ceiling of its bitrate. */
        RETRANSMISSION_RATE("bandwidth"),
        /** A sender did not send packets again that it had sent again as often as it may. */
        REPETITIONS("max-retries"),
        /** A sender left requests out: they came faster than any receiver needs them. */
        REQUESTS(""),
        /** A sender forgot packets that a receiver could still need: no more memory. */
        HISTORY_MEMORY("memory"),
        /** A sender forgot packets that a receiver could still need: numbers of 16 bits. */
        HISTORY_NUMBERS("extended-sequence"),
        /** A receiver delivered packets before they were due: no more memory. */
        BUFFER_MEMORY("memory"),
        /** A receiver delivered packets before they were due: too many for their numbers. */
        BUFFER_NUMBERS("buffer"),
        /** A receiver could not ask for packets: their numbers of 16 bits are in use again. */
        REQUEST_NUMBERS("extended-sequence"),
        /** A receiver held requests back: the ceiling of their bitrate. */
        RETURN_RATE("return-bandwidth");

        private final String setting;

        Limit(String setting) {
            this.setting = setting;
        }

        /** The parameter that lifts it, as it is called in URLs; empty when none does. */
        public String setting() {
            return setting;
        }
    }

    /**
     * A dialled peer that had fallen silent is called anew, from another port.
     *
     * @param path number of the path among those given
     * @param peer where it is called; its name was looked up again
     */
    record Redialled(int path, InetSocketAddress peer) implements RistEvent {}

    /**
     * The system refuses datagrams to a peer. Told when it begins, and every 10 s while it goes on.
     *
     * @param peer where they were to go
     * @param reason why they did not leave
     * @param datagramBytes length of the last one, without IP and UDP headers
     * @param mtuBytes of the network device towards the peer; 0 where it is not known
     * @param datagrams how many did not leave since it was told last
     */
    record SendRefused(
            InetSocketAddress peer,
            RefusalReason reason,
            int datagramBytes,
            int mtuBytes,
            long datagrams)
            implements RistEvent {}

    /** Why the system does not send a datagram. */
    enum RefusalReason {
        /** Longer than the network takes; {@link RistConfig#fragmentPackets} would cut it. */
        TOO_LARGE,
        /** No route to there, or the network is down. */
        UNREACHABLE,
        /** Nobody is there, as the peer's host says. */
        CONNECTION_REFUSED,
        /** No memory for it at the moment. */
        NO_ROOM,
        /** A packet filter, or a missing privilege. */
        NOT_PERMITTED,
        /** Anything else. */
        OTHER
    }

    /**
     * A peer proved itself by EAP-SRP.
     *
     * @param peer its address
     * @param user the user name that it proved, printable
     */
    record Authenticated(InetSocketAddress peer, String user) implements RistEvent {}

    /**
     * A peer failed to prove itself, or this end failed to prove itself to it. It is tried again
     * after a pause.
     *
     * @param peer its address
     * @param reason why
     */
    record AuthenticationFailed(InetSocketAddress peer, AuthenticationFailure reason)
            implements RistEvent {}

    /** Why an authentication failed. */
    enum AuthenticationFailure {
        /** The password is wrong, or the user unknown: the peer does not tell which. */
        WRONG_CREDENTIALS,
        /** The peer stopped answering; libRIST does so for unknown users. */
        NO_ANSWER,
        /** Too many wrong passwords came from there lately. */
        TOO_MANY_FAILURES,
        /** The peer sent what would give the key away: an attack, or a broken peer. */
        ATTACK,
        /** The peer wants a group or a version that is not allowed. */
        UNSUPPORTED,
        /** Somebody between the ends takes away what would make their protection stronger. */
        DOWNGRADED,
        /** The peer leaves one direction in clear, and encryption is required here. */
        IN_CLEAR,
        /** The peer wants a user to be proved, and this end has neither a user nor users. */
        NOT_CONFIGURED,
        /** A user is to be proved here, and the peer sends without taking part in that. */
        NOT_OFFERED
    }

    /**
     * A peer proved itself by EAP-SRP, and without a secret one direction stays in clear all the
     * same: it does not know how to encrypt that. Anybody can read it, and add to it. Told once for
     * each path; {@link MainConfig.Builder#requireEncryption} refuses such peers.
     *
     * @param peer its address
     * @param isOurs true when it is what this end sends, false when it is what the peer sends
     */
    record InClear(InetSocketAddress peer, boolean isOurs) implements RistEvent {}

    /**
     * Somebody's datagrams do not fit our secret. Told now and then while it lasts; single stray
     * packets are not told. Nothing proves who sent them: where a peer is connected at that
     * address, it is somebody who sends in its name; where none is, most likely the peer's settings
     * are others.
     *
     * @param peer the address that the datagrams bear
     * @param mismatch how it shows
     */
    record SecretMismatch(InetSocketAddress peer, Mismatch mismatch) implements RistEvent {}

    /** How secrets do not fit. */
    enum Mismatch {
        /** What the peer encrypts makes no sense under our secret. */
        WRONG_SECRET,
        /** We have a secret, the peer sends in clear. */
        PEER_NOT_ENCRYPTING,
        /** The peer encrypts, we have no secret. */
        PEER_ENCRYPTING
    }

    /**
     * The program did not admit a peer. Told now and then while peers are refused.
     *
     * @param peer its address
     * @param cname its canonical name, empty when it has not said
     * @param user the user name that it proved, empty without authentication
     */
    record NotAdmitted(InetSocketAddress peer, String cname, String user) implements RistEvent {}

    /**
     * A peer told what it can do, for the first time or something new. Its word only.
     *
     * @param path its number in the statistics
     * @param macAddress what identifies its device, as {@code 06:de:93:63:fa:e3}
     * @param capabilities names of what it can do (TR-06-2:2022 §5.6.3), in lower case
     * @param json the JSON text that it sent, empty without; not checked for being JSON
     */
    record PeerCapabilities(int path, String macAddress, Set<String> capabilities, String json)
            implements RistEvent {
        /** Copies the set. */
        public PeerCapabilities {
            capabilities = Set.copyOf(capabilities);
        }
    }

    /**
     * A peer told how long it keeps or buffers packets.
     *
     * @param path its number in the statistics
     * @param senderKeeps how long a sender keeps what it sent, zero when it is none
     * @param receiverBuffers how long a receiver buffers, zero when it is none or has not said
     */
    record BufferNegotiated(int path, Duration senderKeeps, Duration receiverBuffers)
            implements RistEvent {}

    /**
     * The handle is closed; the last event.
     *
     * @param cause what ended it, null when it was closed
     */
    record Closed(@Nullable Throwable cause) implements RistEvent {}
}

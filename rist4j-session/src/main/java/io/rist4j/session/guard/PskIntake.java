package io.rist4j.session.guard;

import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.psk.DerivationShare;
import io.rist4j.crypto.psk.HeardNonces;
import io.rist4j.crypto.psk.HeldDatagrams;
import io.rist4j.crypto.psk.MismatchWatch;
import io.rist4j.crypto.psk.Opening;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskReceiver;
import io.rist4j.crypto.psk.ReplayWindow;
import io.rist4j.crypto.psk.SecretMismatch;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Opens what one peer sends: in clear, or under the secret that this end expects of it. Holds
 * datagrams until their key is there, drops copies, and tells mismatches from stray packets.
 */
final class PskIntake {
    /** Nonces whose keys came since the last deadline; a rotation brings one. */
    private static final int READY = 8;

    private final TunnelSecurity security;
    private final GuardSink sink;
    private final int socket;
    private final HeardNonces heard;
    private final HeldDatagrams held;
    private final ReplayWindow window = new ReplayWindow();
    private final MismatchWatch watch = new MismatchWatch();
    private final int[] ready = new int[READY];
    private int readyCount;

    private DerivationShare share;
    private @Nullable PskReceiver receiver;
    private boolean acceptsClear = true;
    private @Nullable Passphrase offered;
    private boolean offeredOdd;
    private boolean isOfferProved;

    /** The secret that alone is good from then on. */
    private @Nullable Passphrase settled;

    private long settleNs = SessionTime.NEVER;

    private boolean isOpened;
    private boolean isFormed;
    private boolean isMisread;
    private boolean isHeld;
    private boolean isBehindOthers;

    /** What waited is being handed over. */
    private boolean isReleasing;

    /** Of the latest datagram that was kept in doubt, and of the latest that showed what it is. */
    private int doubtedNonce;

    private int believedNonce;

    /** Some that were kept in doubt still wait. */
    private boolean isDoubtKept;

    private int nonce;
    private int sequence;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int bodyAt;
    private int bodyBytes;
    private int datagramAt;
    private int datagramBytes;
    private long datagramNs;

    /**
     * An intake for a peer whose address is configured.
     *
     * @param socket which of this end's sockets the peer sends to, from 0
     */
    PskIntake(TunnelSecurity security, int socket, GuardSink sink) {
        this(security, socket, sink, security.derivations(), false);
    }

    /** An intake for a stranger, who has a share of what strangers may cost. */
    PskIntake(TunnelSecurity security, int socket, GuardSink sink, DerivationShare ofStranger) {
        this(security, socket, sink, ofStranger, true);
    }

    private PskIntake(
            TunnelSecurity security,
            int socket,
            GuardSink sink,
            DerivationShare share,
            boolean isStranger) {
        this.security = security;
        this.socket = socket;
        this.sink = sink;
        this.share = share;
        held = new HeldDatagrams(security.room(), isStranger);
        // of session keys each path has its own
        boolean isShared = security.config().secret() != null;
        heard = isShared ? security.heardNonces() : new HeardNonces();
    }

    /** The stranger has become a peer. */
    void onTakenIn() {
        share = security.derivations();
        held.onKnown();
        if (receiver != null) {
            receiver.shareBy(share);
        }
    }

    /**
     * From now on the peer is expected to encrypt.
     *
     * @param secret copied
     * @param clearToo whether what comes in clear is taken as well
     */
    void expect(long nowNs, Passphrase secret, boolean clearToo) {
        acceptsClear = clearToo;
        forgetSettled();
        PskReceiver known = receiver;
        if (known == null) {
            receiver =
                    new PskReceiver(
                            secret, security.nonces(), share, security.worker(), this::onKey);
        } else {
            known.passphrase(nowNs, secret);
        }
    }

    /**
     * The peer turns to another secret at a time of its own: until it has, nonces that it draws are
     * still under the one before.
     *
     * @param secret copied; alone good after {@link TunnelSecurity#OVERLAP_NS}
     */
    void follow(long nowNs, Passphrase secret) {
        PskReceiver known = receiver;
        if (known == null || acceptsClear) {
            expect(nowNs, secret, false);
        } else {
            known.passphrase(nowNs, !known.isLiveOdd(), secret);
            settle(secret, nowNs + TunnelSecurity.OVERLAP_NS);
        }
    }

    /**
     * There is another secret than the one that the peer uses: the one it will turn to, or the one
     * it has not turned from yet.
     *
     * @param isOdd the slot of the other secret
     */
    void expectToo(long nowNs, boolean isOdd, Passphrase secret) {
        if (receiver != null) {
            receiver.passphrase(nowNs, isOdd, secret, settleNs);
        }
    }

    /**
     * The time of two secrets ends: from then on this one alone opens.
     *
     * @param secret copied
     */
    void settle(Passphrase secret, long atNs) {
        if (receiver != null) {
            forgetSettled();
            settled = secret.copy();
            settleNs = atNs;
        }
    }

    private void settleIfDue(long nowNs) {
        PskReceiver known = receiver;
        Passphrase only = settled;
        if (nowNs >= settleNs && known != null && only != null) {
            known.only(nowNs, only);
            forgetSettled();
        }
    }

    private void forgetSettled() {
        if (settled != null) {
            settled.close();
            settled = null;
        }
        settleNs = SessionTime.NEVER;
    }

    /** Whether nothing is taken but what is sealed. */
    boolean isUnderSecret() {
        return receiver != null && !acceptsClear;
    }

    /** Whether the peer is expected to encrypt. */
    boolean hasSecret() {
        return receiver != null;
    }

    /**
     * Somebody says that the peer turns to another secret. Nothing proves it, so the present one
     * stays good, and the other is believed once the peer has used it: see {@link #takeProved}.
     */
    void offer(long nowNs, Passphrase secret) {
        PskReceiver known = receiver;
        if (known != null) {
            forgetOffer();
            offered = secret.copy();
            offeredOdd = !known.isLiveOdd();
            known.passphrase(nowNs, offeredOdd, secret);
        }
    }

    /** The secret that was offered and has just been used, once; null otherwise. */
    @Nullable Passphrase takeProved() {
        Passphrase proved = isOfferProved ? offered : null;
        if (proved != null) {
            offered = null;
            isOfferProved = false;
        }
        return proved;
    }

    private void forgetOffer() {
        if (offered != null) {
            offered.close();
            offered = null;
        }
        isOfferProved = false;
    }

    Verdict open(long nowNs, long arrivalNs, GrePacket packet, ByteBuffer b, int at, int bytes) {
        isOpened = false;
        isMisread = false;
        isHeld = false;
        isBehindOthers = false;
        settleIfDue(nowNs);
        PskReceiver known = receiver;
        if (!packet.isEncrypted()) {
            if (acceptsClear) {
                return Verdict.OK;
            }
            report(nowNs, SecretMismatch.PEER_NOT_ENCRYPTING);
            return Verdict.NOT_ENCRYPTED;
        }
        if (known == null) {
            report(nowNs, SecretMismatch.PEER_ENCRYPTING);
            return Verdict.NO_SECRET;
        }
        boolean sequenceLast = packet.version == 0;
        if (!packet.hasSequence || (sequenceLast && !security.config().insecureIv())) {
            return Verdict.MISPLACED;
        }
        if (security.ownNonces().contains(packet.nonce)) {
            return Verdict.MISPLACED; // reflected: both directions are under one secret
        }
        Verdict age = age(nowNs, packet);
        if (age != Verdict.OK) {
            return age;
        }
        nonce = packet.nonce;
        sequence = (int) packet.sequence;
        buffer = b;
        bodyAt = packet.bodyAt;
        bodyBytes = packet.bodyBytes;
        datagramAt = at;
        datagramBytes = bytes;
        datagramNs = arrivalNs;
        if (isReady(nonce)) { // what waited longer goes first
            boolean isKept = held.hold(arrivalNs, nonce, b, at, bytes);
            isBehindOthers = !isKept && !isReleasing;
            if (isKept || isBehindOthers) {
                return Verdict.HELD;
            }
        }
        return switch (known.open(
                nowNs, b, bodyAt, bodyBytes, nonce, sequence, packet.longKey, sequenceLast)) {
            case OPENED -> {
                // whatever the key, the rest of these is what it is: no sense tells a right one
                isFormed = hasForm(packet.protocolType);
                isOpened = known.isConfirmed() || isFormed;
                yield isOpened ? Verdict.OK : Verdict.MISPLACED;
            }
            case PENDING -> hold(nowNs, arrivalNs, known, b, at, bytes);
            case BAD_NONCE -> Verdict.MISPLACED;
            case REFUSED -> Verdict.OVER_LIMIT;
        };
    }

    /**
     * Whether this path has not had it: inside the window of its nonce, or, where the path has none
     * of that nonce yet, newer than what any path had.
     */
    private Verdict age(long nowNs, GrePacket packet) {
        int of = packet.nonce;
        int at = (int) packet.sequence;
        boolean isSure = hasForm(packet.protocolType);
        if (!window.knows(of)) {
            return heard.isNew(nowNs, of, socket, at) ? Verdict.OK : Verdict.REPLAYED;
        }
        if (window.isFresh(nowNs, of, at, isSure)) {
            return Verdict.OK;
        }
        return window.isPast(nowNs, of, at, isSure) ? Verdict.REPLAYED : Verdict.DUPLICATE;
    }

    /** Whether datagrams of a type have a form that wrong keys spoil. */
    private static boolean hasForm(int protocolType) {
        return protocolType == ProtocolTypes.REDUCED_OVERHEAD || protocolType == ProtocolTypes.VSF;
    }

    /**
     * Keeps it until its key is there. Where there is no more room the key is made here, and what
     * waited goes first.
     */
    private Verdict hold(
            long nowNs, long arrivalNs, PskReceiver known, ByteBuffer b, int at, int bytes) {
        if (held.hold(arrivalNs, nonce, b, at, bytes)) {
            return Verdict.HELD;
        }
        if (isReleasing || !known.deriveNow(nowNs, nonce)) {
            return Verdict.OVER_LIMIT;
        }
        isBehindOthers = true;
        return Verdict.HELD;
    }

    /** As {@link GreGuard#isBehindOthers}. */
    boolean isBehindOthers() {
        return isBehindOthers;
    }

    /** Whether the key of the datagram opened last may be anybody's. */
    boolean isDoubtful() {
        return isOpened && receiver != null && !receiver.isConfirmed();
    }

    /** Whether the datagram opened last, which made no sense, is open in another way now. */
    boolean reopens(long nowNs, Verdict verdict) {
        boolean isSense = isSense(verdict);
        PskReceiver known = receiver;
        if (!isOpened || known == null) {
            if (isSense) {
                watch.onGood();
            }
            return false;
        }
        known.onRead(nowNs, isSense);
        if (isSense) {
            isOfferProved = offered != null && known.isConfirmed() && known.isOpenedBy(offeredOdd);
            if (isDoubtKept && nonce == doubtedNonce && known.isConfirmed()) {
                onKey(nowNs, nonce);
            }
            window.onAccepted(nowNs, nonce, sequence, isFormed);
            if (window.knows(nonce)) {
                heard.note(nowNs, nonce, socket, window.newest(nonce));
            }
            watch.onGood();
            isOpened = false;
            return false;
        }
        boolean isAnothersFlow = known.isConfirmed() && verdict == Verdict.FOREIGN_FLOW;
        Opening again = known.reopen(nowNs, buffer, bodyAt, bodyBytes);
        if (again == Opening.OPENED) {
            return true;
        }
        isOpened = false;
        if (again == Opening.PENDING) {
            isHeld = held.hold(datagramNs, nonce, buffer, datagramAt, datagramBytes);
            return false;
        }
        if (!isAnothersFlow) {
            isMisread = true;
            report(nowNs, SecretMismatch.WRONG_SECRET);
        }
        return false;
    }

    /** What was opened last makes no peer of a stranger: mostly because it makes no sense. */
    Verdict refuse(long nowNs, Verdict verdict) {
        PskReceiver known = receiver;
        if (!isOpened || known == null || GreGuard.isRead(verdict)) {
            return judge(verdict);
        }
        isOpened = false;
        known.onRead(nowNs, false);
        report(nowNs, SecretMismatch.WRONG_SECRET);
        return Verdict.WRONG_SECRET;
    }

    /**
     * A known peer's datagram may be noise under a wrong key, or the first of a stream: where it
     * has the form of media it is kept, and read when its key proves right before long.
     */
    Verdict doubt(long nowNs, Verdict otherwise) {
        PskReceiver known = receiver;
        if (!isOpened || known == null || otherwise != Verdict.STRANGER) {
            return refuse(nowNs, otherwise);
        }
        isOpened = false;
        known.seal(buffer, bodyAt, bodyBytes);
        if (!held.hold(datagramNs, nonce, buffer, datagramAt, datagramBytes)) {
            return otherwise;
        }
        doubtedNonce = nonce;
        isDoubtKept = true;
        return Verdict.HELD;
    }

    /**
     * A known peer's datagram under a doubtful key shows what it is: those that did not go first,
     * or the stream would seem to begin with this one. Once for each nonce.
     */
    Verdict believe(long nowNs) {
        PskReceiver known = receiver;
        boolean isAfterOthers = nonce == doubtedNonce && nonce != believedNonce;
        boolean hasRoom = held.hasRoom(datagramBytes) || !isReleasing;
        if (!isOpened || known == null || !isAfterOthers || !hasRoom) {
            return Verdict.OK;
        }
        believedNonce = nonce;
        isOpened = false;
        known.seal(buffer, bodyAt, bodyBytes);
        isBehindOthers = !held.hold(datagramNs, nonce, buffer, datagramAt, datagramBytes);
        onKey(nowNs, nonce);
        return Verdict.HELD;
    }

    Verdict judge(Verdict verdict) {
        if (isHeld) {
            return Verdict.HELD;
        }
        return isMisread ? Verdict.WRONG_SECRET : verdict;
    }

    /** What a right key brings: a datagram that is what it says, of a flow that we know. */
    private static boolean isSense(Verdict verdict) {
        return verdict == Verdict.OK
                || verdict == Verdict.DUPLICATE
                || verdict == Verdict.LATE
                || verdict == Verdict.UNPROVEN;
    }

    /** The peer announced its next nonce, under a key that is good. */
    void onAnnounced(long nowNs, int next) {
        if (receiver != null) {
            receiver.onAnnounced(nowNs, next);
        }
    }

    /** Under keys of a session there is no secret that could be another at the other end. */
    private void report(long nowNs, SecretMismatch shown) {
        if (receiver != null && security.config().secret() == null) {
            return;
        }
        SecretMismatch told = watch.onBad(nowNs, shown);
        if (told != SecretMismatch.NONE) {
            sink.onMismatch(nowNs, told);
        }
    }

    private void onKey(long nowNs, int forNonce) {
        if (readyCount < READY) {
            ready[readyCount++] = forNonce;
        }
    }

    /** Whether a key is there for which datagrams still wait. */
    private boolean isReady(int of) {
        for (int i = 0; i < readyCount; i++) {
            if (ready[i] == of) {
                return held.size() > 0;
            }
        }
        return false;
    }

    long deadlineNs() {
        return readyCount > 0 ? 0 : Math.min(settleNs, held.deadlineNs());
    }

    void onDeadline(long nowNs, HeldDatagrams.Taker taker) {
        settleIfDue(nowNs);
        isReleasing = true;
        while (readyCount > 0) { // the nonce that was there first, first
            int first = ready[0];
            System.arraycopy(ready, 1, ready, 0, --readyCount);
            isDoubtKept &= first != doubtedNonce;
            held.release(first, taker);
        }
        while (held.deadlineNs() <= nowNs) {
            int oldest = held.oldestNonce();
            boolean isReady = receiver != null && receiver.deriveNow(nowNs, oldest);
            readyCount = 0; // it goes to the taker now, not back behind the others
            isDoubtKept &= oldest != doubtedNonce;
            if (isReady) {
                held.release(oldest, taker);
            }
            held.drop(oldest);
        }
        isReleasing = false;
    }

    long derivations() {
        return receiver == null ? 0 : receiver.derivations();
    }

    void close() {
        if (receiver != null) {
            receiver.close();
            receiver = null;
        }
        forgetOffer();
        forgetSettled();
        held.clear();
    }
}

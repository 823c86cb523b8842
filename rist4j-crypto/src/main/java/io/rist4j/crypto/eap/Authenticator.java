package io.rist4j.crypto.eap;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.codec.eap.EapolFrame;
import io.rist4j.codec.eap.Validator;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.RandomOctets;
import io.rist4j.crypto.host.TokenBucket;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.SrpMode;
import io.rist4j.crypto.srp.SrpSession;
import io.rist4j.crypto.srp.SrpVerifier;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Verifies the peer of one path: the listener's end (TR-06-2:2022 Annex D). The exchange is drawn
 * at {@link Authenticatee}.
 *
 * <p>Does not wait for a Start, which peers send once and lose: {@link #onContact} asks. Finds the
 * peer's way to hash by its version, by the form of its Start, and by trying the other one after a
 * failure, for peers begin again at once.
 *
 * <p>What fits no step changes nothing. Where much of that came, somebody else sends in the peer's
 * name, and may have guessed the identifier of a proof: a wrong one is no verdict then, another one
 * is waited for, and what fails counts against nobody (see {@link SightOfAnswers}).
 *
 * <p>An unknown user is challenged like a known one and fails at the proof. Once the peer is
 * authenticated it stays so, whatever frames arrive: Failure and Logoff are nobody's word, and a
 * Start or a request for another exchange leaves the keys as they are until the new proof is there.
 * A wrong proof in such an exchange is reported. Only a change of the users takes a proof back: see
 * {@link #onUsersChanged}.
 *
 * <p>Not thread-safe; the owner feeds it from one thread.
 */
public final class Authenticator implements EapParty {
    /** Failed exchanges, two for each pair of modes, before it pauses. */
    static final int MAX_ATTEMPTS = 4;

    /** Pause after too many failures. */
    static final long PAUSE_NS = 30 * SessionTime.SECOND;

    private static final int VERSION = 4;
    private static final int MODERN_VERSION = 3;
    private static final int LEGACY_VERSION = 2;
    private static final int PADDED_VERSION = 4;
    private static final int LIBRIST_START_BYTES = 4;
    private static final long FIRST_REPEAT_NS = 250 * SessionTime.MILLISECOND;
    private static final long MAX_REPEAT_NS = 2 * SessionTime.SECOND;
    private static final int REPEATS = 8;
    private static final long RETRY_NS = 500 * SessionTime.MILLISECOND;

    /** Until a Start may replace an exchange. */
    private static final long STUCK_NS = SessionTime.SECOND;

    /** Between two requests to one who has to show that he sees them. */
    private static final long LEAST_WAIT_NS = 250 * SessionTime.MILLISECOND;

    /** How long a peer whose verifier has changed may take to prove itself again. */
    static final long PROVE_WITHIN_NS = 5 * SessionTime.SECOND;

    /** How long a wrong proof is followed by the peer's own, where somebody else may send some. */
    static final long DOUBT_NS = 500 * SessionTime.MILLISECOND;

    /** Wrong proofs in one exchange that somebody else may have sent. */
    static final int MAX_WRONG = 4;

    private enum Step {
        /** Nothing under way. */
        IDLE,
        /** Asked who the peer is. */
        ASKED,
        /** Knows who it says it is, and asks again after a while: somebody tries passwords. */
        HELD,
        /** Salt sent. */
        CHALLENGED,
        /** B and the proofs are being computed. */
        COMPUTING,
        /** B sent. */
        KEYED,
        /** M1 was right, M2 sent. */
        PROVED,
        /** The proof was wrong: asks again after a moment. */
        FAILED,
        /** Too many failures. */
        PAUSED
    }

    private final EapRealm realm;
    private final Endpoint from;
    private final RandomOctets random;
    private final EapOutput output;
    private final ModeChoice modes;
    private final ServerExchange exchange;
    private final ProvedPeer proved;
    private final SightOfAnswers sight = new SightOfAnswers();

    private final EapolFrame frame = new EapolFrame();
    private final Repeater request = new Repeater();
    private final FrameSender frames;
    private final PassphraseGiver passphrases;

    /** Repeated responses that are answered: ten at once, ten a second. */
    private final TokenBucket repeats = TokenBucket.perSecond(10, 10);

    /** Exchanges that anybody may begin by a Start once the peer is authenticated. */
    private final TokenBucket again = new TokenBucket(4, 60 * SessionTime.SECOND);

    /** Identity Requests that strangers draw, and exponentiations: five a second. */
    private final TokenBucket asks = TokenBucket.perSecond(4, 5);

    private final TokenBucket work = TokenBucket.perSecond(4, 5);

    private Step step = Step.IDLE;
    private byte[] lastResponse = new byte[0];
    private byte[] lastAnswer = new byte[0];
    private int identifier;

    private int version;
    private boolean peerUsesSessionKey;
    private boolean isBothWays;

    private int attempts;
    private boolean isToAsk;

    /** Wrong proofs in this exchange, and how long another one is waited for. */
    private int wrongProofs;

    private long judgeNs = SessionTime.NEVER;

    /** Whether the peer's next proof has waited as long as it has to. */
    private boolean hasWaited;

    /** When the peer was asked who it is, or a Start had that repeated. */
    private long questionNs;

    /** When the peer last took the exchange further. */
    private long progressNs;

    private long resumeNs = SessionTime.NEVER;

    /**
     * A machine at rest.
     *
     * @param realm shared by the authenticators of a listener
     * @param from the peer's address
     */
    public Authenticator(
            EapRealm realm, Endpoint from, RandomOctets random, Worker worker, EapOutput output) {
        this.realm = realm;
        this.from = from;
        this.random = random;
        this.output = output;
        frames = new FrameSender(output);
        passphrases = new PassphraseGiver(realm, frames);
        exchange = new ServerExchange(random, worker);
        proved = new ProvedPeer(realm);
        modes = new ModeChoice(realm.compat());
        version = modes.version();
    }

    /**
     * Some datagram came from the peer: asks who it is, unless that is known or being found out.
     */
    @Override
    public void onContact(long nowNs) {
        if (step == Step.IDLE && !isAuthenticated() && asks.take(nowNs)) {
            ask(nowNs);
        }
    }

    /**
     * Asks the peer to prove itself again; the present keys stay until it has. Waits for an
     * exchange or a push that is under way.
     */
    public void reauthenticate(long nowNs) {
        isToAsk = true;
        askIfDue(nowNs);
    }

    /**
     * The users may have changed. A proved peer whose verifier has is asked for a new proof, and
     * goes on meanwhile; without one before long, or at once when the user is gone, what it proved
     * counts no longer. Others notice nothing.
     *
     * <p>libRIST: asks again when the source of verifiers says that it changed, which it looks at
     * every 60 s.
     */
    public void onUsersChanged(long nowNs) {
        if (proved.isCurrent()) {
            proved.stand();
        } else if (proved.isGone()) {
            abandon();
            revoke(nowNs, EapRefusal.WRONG_CREDENTIALS);
        } else {
            proved.proveBy(nowNs + PROVE_WITHIN_NS);
            reauthenticate(nowNs);
        }
    }

    private void revoke(long nowNs, EapRefusal reason) {
        EapResult before = proved.revoke();
        isToAsk = false;
        passphrases.stop();
        output.onRevoked(nowNs, reason);
        if (before != null) {
            before.sessionKey().close();
        }
    }

    private void askIfDue(long nowNs) {
        if (isToAsk && step == Step.IDLE && !passphrases.isPushing()) {
            ask(nowNs);
        }
    }

    /** Whether the peer has proved a user. */
    @Override
    public boolean isAuthenticated() {
        return proved.result() != null;
    }

    /** The latest proof, if any. */
    public @Nullable EapResult result() {
        return proved.result();
    }

    private void ask(long nowNs) {
        byte[] first = new byte[1];
        random.fill(first);
        ask(nowNs, first[0] & 0xFF);
    }

    private void ask(long nowNs, int first) {
        abandon();
        isToAsk = false;
        step = Step.ASKED;
        identifier = first;
        questionNs = nowNs;
        sight.onAsked(identifier);
        request(nowNs, EapWriter.identityRequest(frames.out, 0, version, identifier));
    }

    /**
     * A frame from the peer.
     *
     * @param bytes to the end of the datagram
     * @return {@link Verdict#OK}, or why the frame was dropped
     */
    @Override
    public Verdict onFrame(long nowNs, ByteBuffer b, int at, int bytes) {
        Verdict verdict = frame.read(b, at, bytes);
        if (verdict != Verdict.OK) {
            return verdict;
        }
        byte[] octets = new byte[Math.min(bytes, EapWriter.MAX_BYTES)];
        b.get(at, octets);
        if (lastResponse.length > 0 && Arrays.equals(octets, lastResponse)) {
            return repeat(nowNs, lastAnswer);
        }
        return switch (frame.message) {
            case START -> onStart(nowNs);
            case IDENTITY_RESPONSE -> onIdentity(nowNs, b, octets);
            case CLIENT_KEY -> onClientKey(nowNs, b, octets);
            case CLIENT_VALIDATOR -> onClientValidator(nowNs, b, octets);
            case SUCCESS, ACKNOWLEDGEMENT -> onSuccess(nowNs);
            case PASSPHRASE_REQUEST -> onPassphraseRequest(nowNs, octets);
            case NAK -> onNak(nowNs);
            case LOGOFF,
                    IDENTITY_REQUEST,
                    CHALLENGE,
                    SERVER_KEY,
                    SERVER_VALIDATOR,
                    FAILURE,
                    PASSPHRASE_RESPONSE,
                    OTHER_REQUEST,
                    OTHER_RESPONSE ->
                    Verdict.MISPLACED;
        };
    }

    private Verdict repeat(long nowNs, byte[] answer) {
        if (answer.length == 0) {
            return Verdict.DUPLICATE;
        }
        if (!repeats.take(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        frames.transmit(nowNs, answer);
        return Verdict.DUPLICATE;
    }

    private Verdict onStart(long nowNs) {
        boolean isProved = isAuthenticated();
        if (step == Step.ASKED && !isProved) {
            return repeatQuestion(nowNs);
        }
        if (step == Step.PAUSED || step == Step.HELD || !mayBeginAgain(nowNs, isProved)) {
            return Verdict.OVER_LIMIT;
        }
        if (!(isProved ? again : asks).take(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        if (!isProved && attempts == 0) {
            hint();
        }
        version = modes.version(); // the answer tells the peer's, in which it is challenged
        ask(nowNs);
        return Verdict.OK;
    }

    /** Under its identifier, so that the answer to it that is on its way still fits. */
    private Verdict repeatQuestion(long nowNs) {
        if (attempts == 0) {
            hint();
        }
        if (nowNs - questionNs < FIRST_REPEAT_NS) {
            return Verdict.DUPLICATE;
        }
        questionNs = nowNs;
        frames.transmit(nowNs, request.frame());
        return Verdict.OK;
    }

    /**
     * Whether a Start, which anybody can forge, may begin an exchange: not in the place of one that
     * the peer has just taken further. With a proved peer not in the place of any, for the peer may
     * have a new key by then, and not while a passphrase is on its way under the present key.
     */
    private boolean mayBeginAgain(long nowNs, boolean isProved) {
        boolean isProving =
                step == Step.CHALLENGED
                        || step == Step.COMPUTING
                        || step == Step.KEYED
                        || step == Step.PROVED;
        return isProved
                ? !isProving && !passphrases.isPushing()
                : !isProving || nowNs - progressNs >= STUCK_NS;
    }

    private void hint() {
        if (frame.version == PADDED_VERSION) {
            modes.hint(SrpMode.PADDED);
        } else if (frame.version == MODERN_VERSION && frame.declaredBytes == LIBRIST_START_BYTES) {
            modes.hint(SrpMode.UNPADDED);
        }
    }

    private Verdict onNak(long nowNs) {
        if (step != Step.IDLE || isAuthenticated() || !asks.take(nowNs)) {
            return Verdict.MISPLACED;
        }
        ask(nowNs);
        return Verdict.OK;
    }

    private Verdict onIdentity(long nowNs, ByteBuffer b, byte[] octets) {
        if (step != Step.ASKED || frame.identifier != identifier) {
            return stray();
        }
        if (!modes.allows(frame.version)) {
            return Verdict.BAD_VERSION;
        }
        if (isAgreed() && frame.version < VERSION) {
            return Verdict.DOWNGRADED;
        }
        exchange.claim(frame.body(b));
        if (realm.guesses().isBlocked(nowNs, exchange.userKey(), from)) {
            frames.transmit(
                    nowNs, frames.written(EapWriter.failure(frames.out, 0, version, identifier)));
            pause(nowNs, EapRefusal.TOO_MANY_FAILURES);
            return Verdict.OVER_LIMIT;
        }
        lastResponse = octets;
        sight.onAnswer();
        long waitNs = waitNs(nowNs);
        if (waitNs > 0) {
            hold(nowNs + waitNs);
            return Verdict.OK;
        }
        hasWaited = false;
        progressNs = nowNs;
        byte[] salt = choose().salt();
        step = Step.CHALLENGED;
        identifier = (identifier + 1) & 0xFF;
        request(nowNs, EapWriter.challenge(frames.out, 0, version, identifier, salt));
        return Verdict.OK;
    }

    /**
     * How long until the peer may be challenged, 0 for at once: while somebody tries passwords of
     * this user or in this network, or more come than can be computed for, it waits, and shows that
     * it sees our answers by another one.
     */
    private long waitNs(long nowNs) {
        long delayNs = realm.guesses().delayNs(nowNs, exchange.userKey(), from);
        boolean isPressed = delayNs > 0 || realm.exchanges().isBusy(nowNs);
        boolean isSecondMode = attempts % 2 == 1; // of the same password
        boolean isToWait = !hasWaited && !isSecondMode;
        if (!isPressed || (!isToWait && sight.isLikely())) {
            return 0;
        }
        return Math.max(isToWait ? delayNs : 0, LEAST_WAIT_NS);
    }

    private void hold(long untilNs) {
        hasWaited = true;
        step = Step.HELD;
        lastAnswer = new byte[0];
        request.stop();
        resumeNs = untilNs;
    }

    /** A response that is not the one waited for: dropped, and told to whom it concerns. */
    private Verdict stray() {
        if (step == Step.ASKED || step == Step.CHALLENGED || step == Step.KEYED) {
            sight.onStray(frame.identifier, identifier);
        }
        return Verdict.MISPLACED;
    }

    /** Version 2 takes a legacy verifier, later ones the other kind. */
    private SrpVerifier choose() {
        int spoken = Math.min(frame.version, VERSION);
        version = isAgreed() ? spoken : modes.challengeIn(spoken);
        SrpMode mode = modes.mode(version);
        SrpVerifier chosen = realm.verifierOf(exchange.user(), mode.isLegacy());
        exchange.test(chosen, mode);
        return chosen;
    }

    private Verdict onClientKey(long nowNs, ByteBuffer b, byte[] octets) {
        if (step != Step.CHALLENGED || frame.identifier != identifier) {
            return stray();
        }
        byte[] clientKey = frame.body(b);
        if (!exchange.isUsable(clientKey)) {
            return Verdict.BAD_LENGTH; // the peer's own may follow
        }
        if (!work.take(nowNs) || !realm.exchanges().take(nowNs, from.network(), sight.isLikely())) {
            return Verdict.OVER_LIMIT;
        }
        progressNs = nowNs;
        lastResponse = octets;
        lastAnswer = new byte[0];
        request.stop();
        step = Step.COMPUTING;
        return exchange.compute(nowNs, clientKey, modes.isOpen(), this::onKeys);
    }

    private void onKeys(long nowNs, byte @Nullable [] serverKey) {
        if (serverKey == null) {
            pause(nowNs, EapRefusal.ATTACK);
            return;
        }
        step = Step.KEYED;
        identifier = (identifier + 1) & 0xFF;
        request(nowNs, EapWriter.serverKey(frames.out, 0, version, identifier, serverKey));
    }

    private Verdict onClientValidator(long nowNs, ByteBuffer b, byte[] octets) {
        SrpSession proving = exchange.session();
        if (step != Step.KEYED || proving == null || frame.identifier != identifier) {
            return stray();
        }
        if (sight.isSpoiled() && !realm.exchanges().mayFail(nowNs, from.network())) {
            return Verdict.OVER_LIMIT;
        }
        progressNs = nowNs;
        if (!proving.isClientProof(Validator.proof(b, frame.bodyAt))) {
            return sight.isSpoiled() ? doubt(nowNs) : onWrongProof(nowNs, octets);
        }
        lastResponse = octets;
        judgeNs = SessionTime.NEVER;
        isBothWays = exchange.isMarked() && Validator.keysBothWays(b, frame.bodyAt, version);
        if (exchange.isMarked() && !isBothWays && isMoreToExpect()) {
            onDowngrade(nowNs);
            return Verdict.DOWNGRADED;
        }
        if (isBothWays) {
            version = VERSION; // whatever version somebody made us believe
        }
        peerUsesSessionKey =
                isBothWays
                        ? realm.secret() == null
                        : Validator.usesSessionKey(b, frame.bodyAt, version);
        step = Step.PROVED;
        identifier = (identifier + 1) & 0xFF;
        request(
                nowNs,
                EapWriter.serverValidator(
                        frames.out,
                        0,
                        version,
                        identifier,
                        usesSessionKey(),
                        isBothWays
                                ? BothWays.proof(proving, usesSessionKey())
                                : proving.serverProof()));
        EapResult coming = resultOf(proving);
        output.onCallerProved(nowNs, coming);
        coming.sessionKey().close();
        return Verdict.OK;
    }

    /** Whether version 4 was agreed on with this peer, which is not left again. */
    private boolean isAgreed() {
        EapResult before = proved.result();
        return before != null && before.version() == VERSION;
    }

    /** Whether nothing of ours keeps a caller of this library from keying both ways. */
    private boolean isMoreToExpect() {
        return modes.keysBothWays() && realm.find(exchange.user(), false) != null;
    }

    /** Clients of version 2 do not look for this, and would understand nothing afterwards. */
    private boolean usesSessionKey() {
        return realm.secret() == null && version != LEGACY_VERSION;
    }

    private Verdict onWrongProof(long nowNs, byte[] octets) {
        lastResponse = octets;
        realm.guesses().onFailure(nowNs, exchange.userKey(), from, sight.isShown());
        modes.onFailure(exchange.mode());
        failAttempt(nowNs, EapRefusal.WRONG_CREDENTIALS);
        return Verdict.OK;
    }

    /** A wrong proof, which somebody else may have sent: the peer's own may be on its way. */
    private Verdict doubt(long nowNs) {
        realm.guesses().onFailure(nowNs, exchange.userKey(), from, false);
        realm.exchanges().onFailure(nowNs, from.network());
        wrongProofs++;
        if (wrongProofs == MAX_WRONG) {
            onNoProof(nowNs);
        } else if (judgeNs == SessionTime.NEVER) {
            judgeNs = nowNs + DOUBT_NS;
        }
        return Verdict.MISPLACED;
    }

    /**
     * Nobody sent the right one. If the peer sent one it was not judged: it is asked again under
     * the identifier that is next, which tells our callers that their way to hash stays.
     */
    private void onNoProof(long nowNs) {
        modes.onFailure(exchange.mode());
        int next = (identifier + 1) & 0xFF;
        abandon();
        version = modes.version();
        ask(nowNs, next);
    }

    /**
     * The proof is right, and something else that the peer said was changed on the way; or it is of
     * another kind, and its A ends so by chance. Either way its mode is the right one, so no
     * failure is said, which would make it try others: it is asked again under the identifier that
     * is next, which our callers understand.
     */
    private void onDowngrade(long nowNs) {
        modes.onDowngrade();
        int next = (identifier + 1) & 0xFF;
        if (attempts + 1 >= MAX_ATTEMPTS) {
            failAttempt(nowNs, EapRefusal.DOWNGRADED);
        } else {
            attempts++;
            version = VERSION;
            ask(nowNs, next);
        }
    }

    /** Says so, and asks again after a moment, or at last after a pause. */
    private void failAttempt(long nowNs, EapRefusal reason) {
        int refused = identifier;
        byte[] response = lastResponse;
        int failed = attempts + 1;
        if (failed >= MAX_ATTEMPTS) {
            pause(nowNs, reason);
        } else {
            abandon();
            attempts = failed;
            step = Step.FAILED;
            resumeNs = nowNs + RETRY_NS;
        }
        lastResponse = response;
        lastAnswer = frames.written(EapWriter.failure(frames.out, 0, version, refused));
        frames.transmit(nowNs, lastAnswer);
    }

    private void pause(long nowNs, EapRefusal reason) {
        abandon();
        attempts = 0;
        step = Step.PAUSED;
        resumeNs = nowNs + PAUSE_NS;
        passphrases.onSettled(nowNs);
        if (proved.deadlineNs() == SessionTime.NEVER) {
            output.onRefused(nowNs, reason);
        } else {
            revoke(nowNs, reason);
        }
    }

    private Verdict onSuccess(long nowNs) {
        if (passphrases.onSuccess(frame.identifier)) {
            askIfDue(nowNs);
            return Verdict.OK;
        }
        if (step != Step.PROVED || frame.identifier != identifier) {
            return Verdict.MISPLACED;
        }
        succeed(nowNs);
        return Verdict.OK;
    }

    private void succeed(long nowNs) {
        SrpSession shared = exchange.session();
        if (shared == null) {
            return;
        }
        EapResult result = resultOf(shared);
        EapResult before = proved.replace(result, exchange.user(), exchange.verifier());
        modes.onSuccess(exchange.mode());
        realm.guesses().onSuccess(exchange.userKey(), from);
        byte[] clientProof = lastResponse;
        byte[] ownProof = lastAnswer;
        abandon();
        // anybody may have said that it arrived; who has not got it repeats its own
        lastResponse = clientProof;
        lastAnswer = ownProof;
        attempts = 0;
        passphrases.onProved(nowNs, result);
        output.onAuthenticated(nowNs, result);
        if (before != null) {
            before.sessionKey().close();
        }
        onUsersChanged(nowNs); // perhaps in mid-exchange
        askIfDue(nowNs);
    }

    private EapResult resultOf(SrpSession shared) {
        byte[] key = shared.key();
        var result =
                new EapResult(
                        EapResult.printable(exchange.user()),
                        Passphrase.ofOctets(key),
                        exchange.mode(),
                        version,
                        usesSessionKey(),
                        peerUsesSessionKey,
                        isBothWays);
        Arrays.fill(key, (byte) 0);
        return result;
    }

    /** Only a peer that has our proof can have the key. */
    @Override
    public void onKeyUsed(long nowNs) {
        if (step == Step.PROVED) {
            succeed(nowNs);
        }
    }

    /**
     * Only a peer that has our proof asks for this, so it stands for a Success that was lost; a
     * late copy of what it asked under the key before does not.
     */
    private Verdict onPassphraseRequest(long nowNs, byte[] octets) {
        if (step == Step.PROVED && (!isAuthenticated() || passphrases.isNew(octets))) {
            succeed(nowNs);
        }
        return passphrases.onRequest(nowNs, frame, octets);
    }

    /**
     * Hands the peer a passphrase ahead of a change to it, and repeats that until the peer
     * confirms. Waits for an exchange under way, which ends in another key.
     *
     * @param changed copied
     * @return false when the peer is not authenticated, or got 63 under this session key already
     */
    public boolean push(long nowNs, Passphrase changed) {
        return passphrases.push(nowNs, changed, step == Step.IDLE || step == Step.PAUSED);
    }

    /** Whether the latest push still waits for the peer's confirmation. */
    public boolean isPushing() {
        return passphrases.isPushing();
    }

    /** When {@link #onDeadline} next has work, or {@link SessionTime#NEVER}. */
    @Override
    public long deadlineNs() {
        long askNs = Math.min(resumeNs, proved.deadlineNs());
        long repeatNs = Math.min(request.deadlineNs(), passphrases.deadlineNs());
        return Math.min(judgeNs, Math.min(askNs, repeatNs));
    }

    /** Repeats what was not answered; gives up what never will be; asks again after a failure. */
    @Override
    public void onDeadline(long nowNs) {
        if (nowNs >= resumeNs) {
            resumeNs = SessionTime.NEVER;
            boolean isRetry = step == Step.FAILED || step == Step.HELD;
            step = Step.IDLE;
            if (isRetry) {
                ask(nowNs);
            }
        }
        if (nowNs >= judgeNs) {
            onNoProof(nowNs);
        }
        if (!frames.repeat(nowNs, request) && request.isExhausted(nowNs)) {
            abandon();
            passphrases.onSettled(nowNs);
            output.onRefused(nowNs, EapRefusal.NO_ANSWER);
        }
        passphrases.onDeadline(nowNs);
        if (nowNs >= proved.deadlineNs()) {
            abandon();
            revoke(nowNs, EapRefusal.NO_ANSWER);
        }
        askIfDue(nowNs);
    }

    private void request(long nowNs, int bytes) {
        byte[] sent = frames.written(bytes);
        lastAnswer = sent;
        request.start(nowNs, sent, FIRST_REPEAT_NS, MAX_REPEAT_NS, REPEATS);
        frames.transmit(nowNs, sent);
    }

    /** Ends the exchange under way; the result of an earlier one stands. */
    private void abandon() {
        exchange.abandon();
        step = Step.IDLE;
        wrongProofs = 0;
        judgeNs = SessionTime.NEVER;
        lastResponse = new byte[0];
        lastAnswer = new byte[0];
        request.clear();
        resumeNs = SessionTime.NEVER;
    }

    /** Overwrites every key. */
    @Override
    public void close() {
        abandon();
        passphrases.stop();
        proved.close();
    }
}

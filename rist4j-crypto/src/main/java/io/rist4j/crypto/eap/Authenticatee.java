package io.rist4j.crypto.eap;

import io.rist4j.codec.eap.Challenge;
import io.rist4j.codec.eap.EapWriter;
import io.rist4j.codec.eap.EapolFrame;
import io.rist4j.codec.eap.Validator;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.eap.CallerWords.Reached;
import io.rist4j.crypto.host.RandomOctets;
import io.rist4j.crypto.host.TokenBucket;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.Srp;
import io.rist4j.crypto.srp.SrpMode;
import io.rist4j.crypto.srp.SrpSession;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Proves a user to the peer of one path: the caller's end (TR-06-2:2022 Annex D).
 *
 * <pre>{@code
 * Start ->   <- Identity Request n   Identity Response n ->   <- Challenge n+1   Client Key n+1 ->
 * <- Server Key n+2   Client Validator n+2 ->   <- Server Validator n+3   Success n+3 ->
 * }</pre>
 *
 * <p>Finds the peer's way to hash by itself: version 2 means one of the two legacy modes, later
 * versions one of the others, and a failed exchange is followed by one in the other mode.
 *
 * <p>Nothing in a request or a challenge shows that it is the listener's, so none replaces another:
 * every request is answered, every challenge with the same A, and for each B there is a proof of
 * its own, {@value ClientProofs#MOST} side by side. The listener answers the one that is right.
 *
 * <p>Once authenticated, stays so whatever frames arrive, until an exchange that the peer asked for
 * has proved the peer again and brings a new key. Refuses: values that give the key away, groups
 * other than the default, frames out of order or with identifiers out of order. Repeated requests
 * are answered with the same octets; what a peer may ask for is limited.
 *
 * <p>Not thread-safe; the owner feeds it from one thread.
 */
public final class Authenticatee implements EapParty {
    /**
     * Proofs of ours that brought none of the peer's, two for each pair of modes, before it pauses:
     * each lets whoever plays the peer test one password. libRIST grants four.
     */
    static final int MAX_ATTEMPTS = 4;

    /**
     * Proofs besides that the peer says it has not judged: somebody else spoiled the exchange. Who
     * plays the peer may say so too.
     */
    static final int MAX_UNJUDGED = 4;

    /** Pause after too many failures; newer libRIST forgives after 30 s. */
    static final long PAUSE_NS = 30 * SessionTime.SECOND;

    /** How long a peer that has our proof asks for no other one without a word about it. */
    static final long GOES_ON_NS = 400 * SessionTime.MILLISECOND;

    private static final long LONG_AGO_NS = -SessionTime.SECOND;

    private static final int VERSION = 4;
    private static final int LEGACY_VERSION = 2;

    /** Starts without answer after which a Nak goes with each. */
    private static final int LONELY_STARTS = 3;

    private enum Step {
        /** Nothing under way. */
        IDLE,
        /** Start sent. */
        STARTED,
        /** Told who we are, or more. */
        ANSWERING,
        /** Success sent, no sign yet that it arrived. */
        DONE
    }

    private final EapCredentials credentials;
    private final boolean wantsPassphrase;
    private final EapOutput output;
    private final Worker worker;
    private final ModeChoice modes;
    private final ClientKeys keys;

    private final EapolFrame frame = new EapolFrame();
    private final Challenge challenge = new Challenge();
    private final FrameSender frames;
    private final CallerWords words;
    private final PassphraseRequester passphrases;

    /** Copies of requests that are answered once more: ten at once, ten a second. */
    private final TokenBucket repeats = TokenBucket.perSecond(10, 10);

    /** Requests for our identity that are answered, which costs a short frame each. */
    private final TokenBucket asked = TokenBucket.perSecond(64, 64);

    /** Challenges answered: a frame of 280 octets each. */
    private final TokenBucket challenged = TokenBucket.perSecond(32, 32);

    /** Exchanges that are begun because the peer had not heard of our Success. */
    private final TokenBucket again = new TokenBucket(4, SessionTime.SECOND);

    private final Crosstalk crosstalk = new Crosstalk();

    private final ClientOffers offers = new ClientOffers();
    private final ClientProofs proofs = new ClientProofs();
    private final Doubt doubt = new Doubt();

    private Step step = Step.IDLE;

    /** What proved the peer, of which a copy says that our Success was lost. */
    private byte[] lastRequest = new byte[0];

    private byte[] success = new byte[0];

    /** Of the frame that was answered last. */
    private int identifier;

    private int version;
    private @Nullable EapResult result;

    /** 4 once that was agreed on, and until the peer may be another. */
    private int leastVersion;

    private int attempts;
    private int unjudged;
    private int unansweredStarts;
    private long pausedUntilNs = SessionTime.NEVER;

    /** When a Start was sent last. */
    private long startedNs;

    /** When a challenge or a B was taken last, since the last Start. */
    private long progressNs = LONG_AGO_NS;

    /** Whether it begins anew after the pause though it is authenticated. */
    private boolean isToStart;

    /**
     * A machine at rest.
     *
     * @param credentials copied
     * @param wantsPassphrase ask the peer for its passphrase once authenticated: for callers
     *     without a secret of their own
     */
    public Authenticatee(
            EapCredentials credentials,
            SrpCompat compat,
            boolean wantsPassphrase,
            RandomOctets random,
            Worker worker,
            EapOutput output) {
        this.credentials = credentials.copy();
        this.wantsPassphrase = wantsPassphrase;
        this.output = output;
        this.worker = worker;
        frames = new FrameSender(output);
        words = new CallerWords(frames);
        passphrases = new PassphraseRequester(output, frames);
        modes = new ModeChoice(compat);
        keys = new ClientKeys(random, worker);
        version = modes.version();
        forgetExchanges();
    }

    /**
     * Begins, or begins anew: at the first contact, after a change of the socket; after the pause
     * where there were too many failures.
     */
    public void start(long nowNs) {
        leastVersion = 0;
        if (isPaused(nowNs)) {
            isToStart = true;
            return;
        }
        abandon();
        begin(nowNs);
    }

    /** Calls; exchanges that are under way may still come to their end. */
    private void begin(long nowNs) {
        doubt.end();
        step = Step.STARTED;
        startedNs = nowNs;
        progressNs = LONG_AGO_NS;
        pausedUntilNs = SessionTime.NEVER;
        words.call(nowNs, EapWriter.start(frames.out, 0, version));
    }

    /** Whether the peer has proved that it knows us, and we to it. */
    @Override
    public boolean isAuthenticated() {
        return result != null;
    }

    /** The latest proof, if any. */
    public @Nullable EapResult result() {
        return result;
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
        return switch (frame.message) {
            case IDENTITY_REQUEST -> onIdentityRequest(nowNs);
            case CHALLENGE -> onChallenge(nowNs, b);
            case SERVER_KEY -> onServerKey(nowNs, b);
            case SERVER_VALIDATOR -> onServerValidator(nowNs, b, octets(b, at, bytes));
            case FAILURE -> onFailure(nowNs);
            case PASSPHRASE_RESPONSE -> onPassphrase(nowNs, b);
            case OTHER_REQUEST -> onOtherRequest(nowNs);
            case START,
                    LOGOFF,
                    IDENTITY_RESPONSE,
                    CLIENT_KEY,
                    CLIENT_VALIDATOR,
                    ACKNOWLEDGEMENT,
                    SUCCESS,
                    NAK,
                    PASSPHRASE_REQUEST,
                    OTHER_RESPONSE ->
                    Verdict.MISPLACED;
        };
    }

    private static byte[] octets(ByteBuffer b, int at, int bytes) {
        byte[] octets = new byte[Math.min(bytes, EapWriter.MAX_BYTES)];
        b.get(at, octets);
        return octets;
    }

    private Verdict repeat(long nowNs, byte[] sent) {
        if (sent.length == 0) {
            return Verdict.DUPLICATE;
        }
        if (!repeats.take(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        frames.transmit(nowNs, sent);
        return Verdict.DUPLICATE;
    }

    /** A frame that fits nothing; while nothing is under way, none does. */
    private Verdict misfit(long nowNs) {
        if (step == Step.ANSWERING) {
            crosstalk.onMisfit(nowNs);
        }
        return Verdict.MISPLACED;
    }

    // ---- who are you

    private Verdict onIdentityRequest(long nowNs) {
        boolean isCopy = offers.isLatest(nowNs, frame.identifier);
        if (!isCopy) {
            crosstalk.onBegun(nowNs);
        }
        if (isPaused(nowNs) && !crosstalk.isHeard(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        if (isCopy && step != Step.STARTED && step != Step.IDLE) {
            return repeat(nowNs, identity());
        }
        if (!asked.take(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        judge(nowNs);
        if (isPaused(nowNs) && !crosstalk.isHeard(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        pausedUntilNs = SessionTime.NEVER;
        progress();
        offers.onAsked(nowNs, frame.identifier);
        words.answer(nowNs, identity(), Reached.NAMED);
        return Verdict.OK;
    }

    /** The version of the challenge decides; here it tells what we are able to. */
    private byte[] identity() {
        int told = modes.allows(frame.version) ? Math.min(frame.version, VERSION) : modes.version();
        version = Math.max(told, leastVersion);
        return frames.written(
                EapWriter.identityResponse(
                        frames.out, 0, version, frame.identifier, credentials.user()));
    }

    /** What another request says of the proof that was given last, if one listener says all. */
    private void judge(long nowNs) {
        ClientProof given = proofs.latest();
        // under the next identifier our proof is right, or was not judged
        boolean isNext = given != null && frame.identifier == ((given.identifier + 1) & 0xFF);
        if (!isNext && !doubt.isUnderWay() && nowNs - progressNs < GOES_ON_NS) {
            crosstalk.onMisfit(nowNs);
            return;
        }
        if (given == null || given.isJudged || given.frame.length == 0) {
            return;
        }
        given.isJudged = true;
        words.onJudged();
        if (!isNext) {
            modes.onFailure(given.mode); // asked anew for an answer: a Failure got lost
        } else if (unjudged < MAX_UNJUDGED && attempts > 0) {
            unjudged++;
            attempts--;
        }
        if (attempts >= MAX_ATTEMPTS) {
            giveUp(nowNs, EapRefusal.WRONG_CREDENTIALS);
        }
    }

    private boolean isPaused(long nowNs) {
        return pausedUntilNs != SessionTime.NEVER && nowNs < pausedUntilNs;
    }

    // ---- challenges

    private Verdict onChallenge(long nowNs, ByteBuffer b) {
        int number = frame.identifier;
        if (!offers.isExpected(nowNs, number)) {
            return misfit(nowNs);
        }
        Verdict verdict = challenge.read(b, frame.bodyAt, frame.bodyBytes);
        if (verdict != Verdict.OK) {
            return verdict;
        }
        if (frame.version < leastVersion) {
            return Verdict.DOWNGRADED;
        }
        if (challenge.hasGroup() || !modes.allows(frame.version)) {
            // in another version after a failure, it is the listener's last resort
            doubt.begin(
                    nowNs,
                    attempts > 0 ? EapRefusal.WRONG_CREDENTIALS : EapRefusal.UNSUPPORTED,
                    null);
            return Verdict.UNKNOWN;
        }
        int spoken = Math.min(frame.version, VERSION);
        byte[] salt = challenge.salt(b);
        ClientOffer known = offers.same(nowNs, number, salt, spoken);
        if (known != null) {
            byte[] key = known.isAnswered ? keys.value(known.mode()) : null;
            return key == null ? Verdict.DUPLICATE : repeat(nowNs, clientKey(number, known, key));
        }
        if (offers.isTaken(nowNs, number)) {
            return misfit(nowNs);
        }
        if (!challenged.take(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        var offer = new ClientOffer(nowNs, salt, spoken, modes.mode(spoken));
        if (keys.value(offer.mode()) == null
                && !keys.compute(
                        nowNs, offer.mode(), modes.keysBothWays(), this::answerChallenges)) {
            return Verdict.OVER_LIMIT;
        }
        offers.put(number, offer);
        progress();
        progressNs = nowNs;
        answerChallenge(nowNs, number, offer);
        return Verdict.OK;
    }

    /** A is there: for all who challenged meanwhile. */
    private void answerChallenges(long nowNs) {
        offers.eachUnanswered(nowNs, (number, offer) -> answerChallenge(nowNs, number, offer));
    }

    private void answerChallenge(long nowNs, int number, ClientOffer offer) {
        byte[] key = keys.value(offer.mode());
        if (key != null) {
            offer.isAnswered = true;
            words.answer(nowNs, clientKey(number, offer, key), Reached.OFFERED);
        }
    }

    private byte[] clientKey(int number, ClientOffer offer, byte[] key) {
        return frames.written(EapWriter.clientKey(frames.out, 0, offer.version(), number, key));
    }

    // ---- proofs

    private Verdict onServerKey(long nowNs, ByteBuffer b) {
        ClientOffer offer = offers.ofServerKey(nowNs, frame.identifier);
        if (offer == null) {
            return misfit(nowNs);
        }
        byte[] serverKey = frame.body(b);
        if (!Srp.of(offer.mode()).isUsable(serverKey)) {
            doubt.begin(nowNs, EapRefusal.ATTACK, null);
            return Verdict.BAD_LENGTH;
        }
        ClientProof same = proofs.of(frame.identifier, serverKey);
        if (same != null) {
            return repeat(nowNs, same.frame);
        }
        if (proofs.unjudged(frame.identifier) != null && !crosstalk.isHeard(nowNs)) {
            return misfit(nowNs); // one listener has one B
        }
        boolean isOver = result == null && !crosstalk.isHeard(nowNs) && attempts >= MAX_ATTEMPTS;
        boolean isScarce = result == null && proofs.areScarce(nowNs);
        if (isScarce && !offer.isRepeated(nowNs, serverKey)) {
            return Verdict.OVER_LIMIT;
        }
        if (isOver || !proofs.take(nowNs, result != null)) {
            return Verdict.OVER_LIMIT;
        }
        var proof = new ClientProof(frame.identifier, offer, serverKey);
        proofs.add(proof);
        progress();
        progressNs = nowNs;
        proof.compute(
                nowNs,
                worker,
                credentials,
                offer.salt(),
                keys.exponent(offer.mode()),
                (thenNs, made) -> onSession(thenNs, proof, made));
        return Verdict.OK;
    }

    private void onSession(long nowNs, ClientProof proof, @Nullable SrpSession made) {
        if (made == null) {
            proofs.remove(proof);
            giveUp(nowNs, EapRefusal.ATTACK);
            return;
        }
        if (!crosstalk.isHeard(nowNs)) {
            attempts++;
        }
        // U stays 0: libRIST listeners that see it refuse what is then encrypted
        boolean keysBothWays = modes.keysBothWays() && proof.version != LEGACY_VERSION;
        proof.frame =
                frames.written(
                        EapWriter.clientValidator(
                                frames.out,
                                0,
                                proof.version,
                                proof.identifier,
                                false,
                                keysBothWays,
                                made.clientProof()));
        words.answer(nowNs, proof.frame, Reached.PROVEN);
    }

    private Verdict onServerValidator(long nowNs, ByteBuffer b, byte[] octets) {
        if (lastRequest.length > 0 && Arrays.equals(octets, lastRequest)) {
            return repeat(nowNs, success);
        }
        ClientProof doubtful = null;
        for (ClientProof proof : proofs) {
            SrpSession proving = proof.session();
            boolean isNext =
                    proof.identifier == ClientOffers.before(frame.identifier)
                            || proof.identifier == frame.identifier;
            if (proving == null || !isNext) {
                continue;
            }
            boolean isUnderKey = BothWays.isProved(b, frame.bodyAt, proving, true);
            boolean isBothWays = isUnderKey || BothWays.isProved(b, frame.bodyAt, proving, false);
            if (isBothWays || proving.isServerProof(Validator.proof(b, frame.bodyAt))) {
                lastRequest = octets;
                onPeerProved(nowNs, b, proof, proving, isUnderKey, isBothWays);
                return Verdict.OK;
            }
            doubtful = proof;
        }
        if (doubtful == null) {
            return misfit(nowNs);
        }
        doubt.begin(nowNs, EapRefusal.WRONG_CREDENTIALS, doubtful);
        return Verdict.MISPLACED;
    }

    private void onPeerProved(
            long nowNs,
            ByteBuffer b,
            ClientProof proof,
            SrpSession proving,
            boolean isUnderKey,
            boolean isBothWays) {
        doubt.end();
        modes.onSuccess(proof.mode);
        if (result != null) {
            proofs.refund();
        }
        identifier = frame.identifier;
        // whatever version somebody made us believe
        version = isBothWays ? VERSION : proof.version;
        boolean usesSessionKey =
                isBothWays ? isUnderKey : Validator.usesSessionKey(b, frame.bodyAt, version);
        succeed(nowNs, proof.mode, proving, usesSessionKey, isBothWays);
    }

    private void succeed(
            long nowNs,
            SrpMode mode,
            SrpSession proved,
            boolean peerUsesSessionKey,
            boolean isBothWays) {
        byte[] key = proved.key();
        EapResult before = result;
        result =
                new EapResult(
                        EapResult.printable(credentials.user()),
                        Passphrase.ofOctets(key),
                        mode,
                        version,
                        isBothWays && peerUsesSessionKey,
                        peerUsesSessionKey,
                        isBothWays);
        Arrays.fill(key, (byte) 0);
        forgetExchanges();
        leastVersion = Math.max(leastVersion, version == VERSION ? VERSION : 0);
        step = Step.DONE;
        attempts = 0;
        unjudged = 0;
        unansweredStarts = 0;
        int bytes =
                version == LEGACY_VERSION
                        ? EapWriter.acknowledgement(frames.out, 0, version, identifier)
                        : EapWriter.success(frames.out, 0, version, identifier, true);
        success = words.succeed(nowNs, bytes);
        output.onAuthenticated(nowNs, result);
        if (before != null) {
            before.sessionKey().close();
        }
        passphrases.onProved(nowNs, result, wantsPassphrase && version > LEGACY_VERSION);
    }

    private Verdict onPassphrase(long nowNs, ByteBuffer b) {
        Verdict verdict = passphrases.onResponse(nowNs, frame, b);
        if (verdict == Verdict.OK) {
            onEvidence();
        }
        return verdict;
    }

    private Verdict onFailure(long nowNs) {
        if (result != null && passphrases.isAsking(frame.identifier)) {
            return onUnheardSuccess(nowNs);
        }
        ClientProof refused = proofs.unjudged(frame.identifier);
        if (refused != null) {
            doubt.begin(nowNs, EapRefusal.WRONG_CREDENTIALS, refused);
            return Verdict.OK;
        }
        boolean isOurs = step == Step.ANSWERING && frame.identifier == identifier;
        if (!isOurs) {
            return step == Step.ANSWERING ? misfit(nowNs) : Verdict.MISPLACED;
        }
        doubt.begin(nowNs, EapRefusal.WRONG_CREDENTIALS, null);
        return Verdict.OK;
    }

    /**
     * The peer refuses our question, for it has not heard the Success before: libRIST's listener
     * then takes the exchange for failed, and no later Success for one. What was proved stands.
     */
    private Verdict onUnheardSuccess(long nowNs) {
        if (!again.take(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        passphrases.stopAsking();
        begin(nowNs);
        return Verdict.OK;
    }

    private void believe(long nowNs, EapRefusal reason) {
        ClientProof proof = doubt.proof();
        doubt.end();
        if (proof == null) {
            giveUp(nowNs, reason);
        } else if (proofs.remove(proof)) {
            proof.close();
            onWrongProof(nowNs, proof.mode);
        }
    }

    /** Our proof or the peer's does not fit: the other mode, and at last a pause. */
    private void onWrongProof(long nowNs, SrpMode mode) {
        modes.onFailure(mode);
        if (attempts >= MAX_ATTEMPTS && !crosstalk.isHeard(nowNs)) {
            giveUp(nowNs, EapRefusal.WRONG_CREDENTIALS);
        } else if (proofs.isEmpty()) {
            begin(nowNs);
        }
    }

    /** Pauses, unless it may have been somebody else whom that was about. */
    private void giveUp(long nowNs, EapRefusal reason) {
        if (crosstalk.isHeard(nowNs)) {
            return;
        }
        abandon();
        attempts = 0;
        unjudged = 0;
        pausedUntilNs = nowNs + PAUSE_NS;
        output.onRefused(nowNs, reason);
    }

    private Verdict onOtherRequest(long nowNs) {
        if (!repeats.take(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        frames.transmit(
                nowNs, frames.written(EapWriter.nak(frames.out, 0, version, frame.identifier)));
        return Verdict.UNKNOWN;
    }

    /** The peer let something through that it sends to authenticated peers only. */
    @Override
    public void onContact(long nowNs) {
        onEvidence();
    }

    /** The listener sends under a new key once it has heard of our Success, or of more. */
    @Override
    public void onKeyUsed(long nowNs) {
        onEvidence();
    }

    private void onEvidence() {
        if (step == Step.DONE) {
            words.stop();
        }
    }

    /** When {@link #onDeadline} next has work, or {@link SessionTime#NEVER}. */
    @Override
    public long deadlineNs() {
        long pauseNs = step == Step.IDLE ? pausedUntilNs : SessionTime.NEVER;
        long wordsNs = Math.min(words.deadlineNs(), passphrases.deadlineNs());
        long callNs = Math.min(pauseNs, callAgainNs());
        return Math.min(Math.min(wordsNs, doubt.deadlineNs()), callNs);
    }

    /**
     * While somebody else speaks as well, no silence tells that the peer has to be called again.
     */
    private long callAgainNs() {
        long dueNs = startedNs + CallerWords.SILENCE_NS;
        boolean isDue = result == null && step == Step.ANSWERING && crosstalk.isHeard(dueNs);
        return isDue ? dueNs : SessionTime.NEVER;
    }

    /** Repeats what was not answered, gives up what never will be, starts again after a pause. */
    @Override
    public void onDeadline(long nowNs) {
        if (step == Step.IDLE && nowNs >= pausedUntilNs) {
            pausedUntilNs = SessionTime.NEVER;
            if (result == null || isToStart) {
                isToStart = false;
                begin(nowNs);
            }
            return;
        }
        EapRefusal believed = doubt.believed(nowNs);
        if (believed != null) {
            believe(nowNs, believed);
        }
        if (nowNs >= callAgainNs()) {
            begin(nowNs);
        } else if (words.isUnheard(nowNs)) {
            onSilence(nowNs);
        }
        if (words.repeat(nowNs) && step == Step.STARTED) {
            onUnansweredStart(nowNs);
        }
        passphrases.onDeadline(nowNs);
    }

    /** libRIST, when its own repetitions are used up, wakes at any response but at no Start. */
    private void onUnansweredStart(long nowNs) {
        unansweredStarts++;
        if (unansweredStarts >= LONELY_STARTS) {
            frames.transmit(
                    nowNs, frames.written(EapWriter.nak(frames.out, 0, version, identifier)));
        }
    }

    private void onSilence(long nowNs) {
        if (result == null) {
            output.onRefused(nowNs, EapRefusal.NO_ANSWER);
            frames.transmit(
                    nowNs, frames.written(EapWriter.nak(frames.out, 0, version, identifier)));
            begin(nowNs);
            unansweredStarts = LONELY_STARTS;
        } else {
            abandon(); // who asked may have been anybody
        }
    }

    /** A request that is taken and will be answered: what was doubted was not the peer's word. */
    private void progress() {
        step = Step.ANSWERING;
        doubt.end();
        identifier = frame.identifier;
        unansweredStarts = 0;
        words.onHeard();
    }

    /** Ends what is under way; the result of an earlier exchange stands. */
    private void abandon() {
        forgetExchanges();
        step = Step.IDLE;
        lastRequest = new byte[0];
        words.clear();
        pausedUntilNs = SessionTime.NEVER;
    }

    private void forgetExchanges() {
        doubt.end();
        offers.forget();
        keys.renew();
        proofs.forget();
    }

    /** Overwrites the password and every key. */
    @Override
    public void close() {
        abandon();
        passphrases.stop();
        credentials.close();
        if (result != null) {
            result.sessionKey().close();
        }
    }
}

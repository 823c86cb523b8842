package io.rist4j.crypto.eap;

import io.rist4j.codec.eap.Challenge;
import io.rist4j.codec.eap.EapWriter;
import io.rist4j.codec.eap.EapolFrame;
import io.rist4j.codec.eap.Validator;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.RandomOctets;
import io.rist4j.crypto.host.TokenBucket;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.Passphrase;
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
 * <p>Once authenticated, stays so whatever frames arrive, until an exchange that the peer asked for
 * has proved the peer again and brings a new key. Refuses: values that give the key away, groups
 * other than the default, frames out of order or with identifiers out of order. Repeated requests
 * are answered with the same octets; exchanges that a peer may ask for are limited.
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

    /** Silence in mid-exchange that ends it. */
    static final long SILENCE_NS = 3 * SessionTime.SECOND;

    /**
     * How long a refusal is doubted that anybody might have sent: what the peer itself sends by
     * then shows that it was not the peer's.
     */
    static final long DOUBT_NS = SessionTime.SECOND;

    /** The same while our proof is with the peer, which asks again 500 ms after a failure. */
    static final long PROOF_DOUBT_NS = 250 * SessionTime.MILLISECOND;

    /** How long an exchange that goes on is not given up for another request. */
    static final long GOES_ON_NS = 400 * SessionTime.MILLISECOND;

    private static final int VERSION = 4;
    private static final int LEGACY_VERSION = 2;
    private static final long FIRST_REPEAT_NS = 500 * SessionTime.MILLISECOND;
    private static final long MAX_REPEAT_NS = 2 * SessionTime.SECOND;

    /** Starts without answer after which a Nak goes with each. */
    private static final int LONELY_STARTS = 3;

    private static final int ANSWER_REPEATS = 2;
    private static final int SUCCESS_REPEATS = 6;

    private enum Step {
        /** Nothing under way. */
        IDLE,
        /** Start sent. */
        STARTED,
        /** Told who we are. */
        IDENTIFIED,
        /** A key or a proof is being computed. */
        COMPUTING,
        /** A sent. */
        KEYED,
        /** M1 sent. */
        PROVED,
        /** Success sent, no sign yet that it arrived. */
        DONE
    }

    private final EapCredentials credentials;
    private final boolean wantsPassphrase;
    private final EapOutput output;
    private final ModeChoice modes;
    private final ClientExchange exchange;

    private final EapolFrame frame = new EapolFrame();
    private final Challenge challenge = new Challenge();
    private final Repeater answer = new Repeater();
    private final FrameSender frames;
    private final PassphraseRequester passphrases;

    /** Repeated requests that are answered: ten at once, ten a second. */
    private final TokenBucket repeats = TokenBucket.perSecond(10, 10);

    /**
     * Exchanges that an Identity Request may begin once authenticated. Spec: no oftener than every
     * 60 s. libRIST: 0.2.7 asks every 3 s, and stops the stream when it is not answered. Ours:
     * answers one a second.
     */
    private final TokenBucket again = new TokenBucket(4, SessionTime.SECOND);

    /** Exchanges that anybody may begin before: each ends the one under way. */
    private final TokenBucket asked = TokenBucket.perSecond(4, 2);

    /** Challenges answered: one exponentiation in 200 ms, after a few. */
    private final TokenBucket work = TokenBucket.perSecond(8, 5);

    /**
     * The same once authenticated, where anybody may have asked: one a minute, after a few. Those
     * that proved the peer do not count.
     */
    private final TokenBucket workAgain = new TokenBucket(4, 60 * SessionTime.SECOND);

    private Step step = Step.IDLE;
    private byte[] lastRequest = new byte[0];
    private int identifier;
    private int version;
    private @Nullable EapResult result;

    /** 4 once that was agreed on, and until the peer may be another. */
    private int leastVersion;

    private int attempts;
    private int unjudged;
    private int unansweredStarts;
    private long silentFromNs = SessionTime.NEVER;
    private long pausedUntilNs = SessionTime.NEVER;

    /** Whether it begins anew after the pause though it is authenticated. */
    private boolean isToStart;

    /** What may have been the peer's word, and when it counts as that. */
    private @Nullable EapRefusal doubted;

    private long believeNs = SessionTime.NEVER;

    /** When the peer last took the exchange further. */
    private long progressNs;

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
        frames = new FrameSender(output);
        passphrases = new PassphraseRequester(output, frames);
        modes = new ModeChoice(compat);
        exchange = new ClientExchange(this.credentials, random, worker);
        version = modes.version();
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
        begin(nowNs);
    }

    private void begin(long nowNs) {
        abandon();
        step = Step.STARTED;
        int bytes = EapWriter.start(frames.out, 0, version);
        send(nowNs, bytes, FIRST_REPEAT_NS, MAX_REPEAT_NS, Integer.MAX_VALUE);
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
        byte[] octets = new byte[Math.min(bytes, EapWriter.MAX_BYTES)];
        b.get(at, octets);
        if (lastRequest.length > 0 && Arrays.equals(octets, lastRequest)) {
            return repeatAnswer(nowNs);
        }
        return switch (frame.message) {
            case IDENTITY_REQUEST -> onIdentityRequest(nowNs, octets);
            case CHALLENGE -> onChallenge(nowNs, b, octets);
            case SERVER_KEY -> onServerKey(nowNs, b, octets);
            case SERVER_VALIDATOR -> onServerValidator(nowNs, b, octets);
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

    private Verdict repeatAnswer(long nowNs) {
        if (step == Step.COMPUTING || answer.frame().length == 0) {
            return Verdict.DUPLICATE;
        }
        if (!repeats.take(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        frames.transmit(nowNs, answer.frame());
        return Verdict.DUPLICATE;
    }

    private Verdict onIdentityRequest(long nowNs, byte[] octets) {
        if (isPaused(nowNs) || goesOn(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        TokenBucket limit = result == null ? asked : again;
        if (!limit.take(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        if (step == Step.PROVED) {
            // under the next identifier our proof is right, or was not judged
            if (frame.identifier != ((identifier + 1) & 0xFF)) {
                modes.onFailure(exchange.mode()); // asked anew for an answer: a Failure got lost
            } else if (unjudged < MAX_UNJUDGED) {
                unjudged++;
                attempts--;
            }
            if (attempts >= MAX_ATTEMPTS) {
                fail(nowNs, EapRefusal.WRONG_CREDENTIALS);
                return Verdict.OVER_LIMIT;
            }
        }
        abandon();
        take(nowNs, octets);
        // the version of the challenge decides; here it tells what we are able to
        int told = modes.allows(frame.version) ? Math.min(frame.version, VERSION) : modes.version();
        version = Math.max(told, leastVersion);
        step = Step.IDENTIFIED;
        int bytes =
                EapWriter.identityResponse(frames.out, 0, version, identifier, credentials.user());
        answer(nowNs, bytes);
        return Verdict.OK;
    }

    private boolean isPaused(long nowNs) {
        return pausedUntilNs != SessionTime.NEVER && nowNs < pausedUntilNs;
    }

    private boolean goesOn(long nowNs) {
        boolean isProving = step == Step.COMPUTING || step == Step.KEYED || step == Step.PROVED;
        return isProving && doubted == null && nowNs - progressNs < GOES_ON_NS;
    }

    private Verdict onChallenge(long nowNs, ByteBuffer b, byte[] octets) {
        if (step != Step.IDENTIFIED || !isNext()) {
            return Verdict.MISPLACED;
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
            doubt(nowNs, attempts > 0 ? EapRefusal.WRONG_CREDENTIALS : EapRefusal.UNSUPPORTED);
            return Verdict.UNKNOWN;
        }
        if (!(result == null ? work : workAgain).take(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        take(nowNs, octets);
        version = Math.min(frame.version, VERSION);
        step = Step.COMPUTING;
        exchange.computeKey(
                nowNs,
                modes.mode(version),
                modes.keysBothWays(),
                challenge.salt(b),
                this::onClientKey);
        return Verdict.OK;
    }

    private void onClientKey(long nowNs, byte @Nullable [] key) {
        if (key != null) {
            step = Step.KEYED;
            answer(nowNs, EapWriter.clientKey(frames.out, 0, version, identifier, key));
        }
    }

    private Verdict onServerKey(long nowNs, ByteBuffer b, byte[] octets) {
        if (step != Step.KEYED || !isNext()) {
            return Verdict.MISPLACED;
        }
        byte[] serverKey = frame.body(b);
        if (!exchange.isUsable(serverKey)) {
            doubt(nowNs, EapRefusal.ATTACK);
            return Verdict.BAD_LENGTH;
        }
        take(nowNs, octets);
        step = Step.COMPUTING;
        exchange.computeProofs(nowNs, serverKey, this::onSession);
        return Verdict.OK;
    }

    private void onSession(long nowNs, @Nullable SrpSession made) {
        if (made == null) {
            fail(nowNs, EapRefusal.ATTACK);
            return;
        }
        step = Step.PROVED;
        attempts++;
        // U stays 0: libRIST listeners that see it refuse what is then encrypted
        boolean keysBothWays = modes.keysBothWays() && version != LEGACY_VERSION;
        answer(
                nowNs,
                EapWriter.clientValidator(
                        frames.out,
                        0,
                        version,
                        identifier,
                        false,
                        keysBothWays,
                        made.clientProof()));
    }

    private Verdict onServerValidator(long nowNs, ByteBuffer b, byte[] octets) {
        SrpSession proving = exchange.session();
        if (step != Step.PROVED || proving == null || !isNext()) {
            return Verdict.MISPLACED;
        }
        boolean isUnderKey = BothWays.isProved(b, frame.bodyAt, proving, true);
        boolean isBothWays = isUnderKey || BothWays.isProved(b, frame.bodyAt, proving, false);
        if (!isBothWays && !proving.isServerProof(Validator.proof(b, frame.bodyAt))) {
            doubt(nowNs, EapRefusal.WRONG_CREDENTIALS);
            return Verdict.MISPLACED;
        }
        take(nowNs, octets);
        modes.onSuccess(exchange.mode());
        attempts = 0;
        unjudged = 0;
        if (result != null) {
            workAgain.refund();
        }
        if (isBothWays) {
            version = VERSION; // whatever version somebody made us believe
        } else {
            isUnderKey = Validator.usesSessionKey(b, frame.bodyAt, version);
        }
        succeed(nowNs, proving, isUnderKey, isBothWays);
        return Verdict.OK;
    }

    private void succeed(
            long nowNs, SrpSession proved, boolean peerUsesSessionKey, boolean isBothWays) {
        byte[] key = proved.key();
        EapResult before = result;
        result =
                new EapResult(
                        EapResult.printable(credentials.user()),
                        Passphrase.ofOctets(key),
                        exchange.mode(),
                        version,
                        isBothWays && peerUsesSessionKey,
                        peerUsesSessionKey,
                        isBothWays);
        Arrays.fill(key, (byte) 0);
        exchange.abandon();
        leastVersion = Math.max(leastVersion, version == VERSION ? VERSION : 0);
        step = Step.DONE;
        silentFromNs = SessionTime.NEVER;
        int bytes =
                version == LEGACY_VERSION
                        ? EapWriter.acknowledgement(frames.out, 0, version, identifier)
                        : EapWriter.success(frames.out, 0, version, identifier, true);
        send(nowNs, bytes, FIRST_REPEAT_NS, MAX_REPEAT_NS, SUCCESS_REPEATS);
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
        if (step == Step.DONE && passphrases.isAsking(frame.identifier)) {
            return onUnheardSuccess(nowNs);
        }
        boolean isOurs = frame.identifier == identifier && step != Step.STARTED;
        if (!isOurs || step == Step.IDLE || step == Step.DONE) {
            return Verdict.MISPLACED;
        }
        doubt(nowNs, EapRefusal.WRONG_CREDENTIALS);
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

    /** The exchange may be over, or somebody says so who cannot see it. */
    private void doubt(long nowNs, EapRefusal reason) {
        if (doubted == null) {
            doubted = reason;
            believeNs = nowNs + (step == Step.PROVED ? PROOF_DOUBT_NS : DOUBT_NS);
        }
    }

    private void believe(long nowNs, EapRefusal reason) {
        stopDoubting();
        if (step == Step.PROVED) {
            onWrongProof(nowNs);
        } else {
            fail(nowNs, reason);
        }
    }

    /** Our proof or the peer's does not fit: the other mode, and at last a pause. */
    private void onWrongProof(long nowNs) {
        modes.onFailure(exchange.mode());
        if (attempts >= MAX_ATTEMPTS) {
            fail(nowNs, EapRefusal.WRONG_CREDENTIALS);
        } else {
            begin(nowNs);
        }
    }

    private void fail(long nowNs, EapRefusal reason) {
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

    private void onEvidence() {
        if (step == Step.DONE) {
            answer.stop();
        }
    }

    /** When {@link #onDeadline} next has work, or {@link SessionTime#NEVER}. */
    @Override
    public long deadlineNs() {
        long pauseNs = step == Step.IDLE ? pausedUntilNs : SessionTime.NEVER;
        long silenceNs =
                silentFromNs == SessionTime.NEVER ? silentFromNs : silentFromNs + SILENCE_NS;
        long repeatNs = Math.min(answer.deadlineNs(), passphrases.deadlineNs());
        return Math.min(Math.min(repeatNs, believeNs), Math.min(pauseNs, silenceNs));
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
        if (doubted != null && nowNs >= believeNs) {
            believe(nowNs, doubted);
        }
        if (silentFromNs != SessionTime.NEVER && nowNs >= silentFromNs + SILENCE_NS) {
            onSilence(nowNs);
        }
        boolean isRepeated = frames.repeat(nowNs, answer);
        if (isRepeated && step == Step.STARTED) {
            onUnansweredStart(nowNs);
        } else if (!isRepeated && answer.isExhausted(nowNs)) {
            answer.stop();
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
        output.onRefused(nowNs, EapRefusal.NO_ANSWER);
        if (result == null) {
            frames.transmit(
                    nowNs, frames.written(EapWriter.nak(frames.out, 0, version, identifier)));
            begin(nowNs);
            unansweredStarts = LONELY_STARTS;
        } else {
            abandon();
        }
    }

    private boolean isNext() {
        return frame.identifier == ((identifier + 1) & 0xFF) || frame.identifier == identifier;
    }

    /** A request that will be answered: its repeats get the same answer. */
    private void take(long nowNs, byte[] octets) {
        progressNs = nowNs;
        stopDoubting();
        lastRequest = octets;
        identifier = frame.identifier;
        unansweredStarts = 0;
        answer.clear();
        silentFromNs = SessionTime.NEVER;
    }

    private void stopDoubting() {
        doubted = null;
        believeNs = SessionTime.NEVER;
    }

    private void answer(long nowNs, int bytes) {
        send(nowNs, bytes, FIRST_REPEAT_NS, MAX_REPEAT_NS, ANSWER_REPEATS);
        silentFromNs = nowNs;
    }

    private void send(long nowNs, int bytes, long firstNs, long maxNs, int times) {
        byte[] sent = frames.written(bytes);
        answer.start(nowNs, sent, firstNs, maxNs, times);
        frames.transmit(nowNs, sent);
    }

    /** Ends the exchange under way; the result of an earlier one stands. */
    private void abandon() {
        exchange.abandon();
        stopDoubting();
        step = Step.IDLE;
        lastRequest = new byte[0];
        answer.clear();
        silentFromNs = SessionTime.NEVER;
        pausedUntilNs = SessionTime.NEVER;
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

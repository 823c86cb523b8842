package io.rist4j.session.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.Computation;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.HeldDatagrams;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.crypto.psk.ReplayWindow;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What a path's guard does with keys that are not there yet, or that nothing has confirmed. */
class GreGuardTest {
    private static final GuardSink NOWHERE = new QuietSink();

    private final List<Integer> read = new ArrayList<>();
    private final Deque<Computation> work = new ArrayDeque<>();
    private GreGuard sender = guard(1, 0, Worker.inline());
    private GreGuard receiver = guard(2, 0, Worker.inline());

    private static GreGuard guard(int seed, int rotationPackets, Worker worker) {
        var config =
                SecurityConfig.ofSecret(
                        Passphrase.ofText("a secret".toCharArray()),
                        new PskSealing(false, rotationPackets, false));
        var security = new TunnelSecurity(config, worker, new Random(seed)::nextBytes);
        var guard = GreGuard.caller(security, 0, NOWHERE);
        guard.prepare(0);
        return guard;
    }

    private ByteBuffer sealed(int number) {
        var b = ByteBuffer.allocate(64);
        int head = sender.begin(0, b, 0, 1, ProtocolTypes.REDUCED_OVERHEAD);
        b.putInt(head, number);
        int bytes = sender.end(b, 0, head + 4);
        return ByteBuffer.allocate(bytes).put(0, b, 0, bytes);
    }

    private Verdict open(ByteBuffer b, int at, int bytes) {
        return receiver.open(0, 0, b, at, bytes);
    }

    private void takeDoubting(long arrivalNs, ByteBuffer b, int at, int bytes) {
        assertThat(open(b, at, bytes)).isEqualTo(Verdict.OK);
        assertThat(receiver.isDoubtful()).isTrue();
        assertThat(receiver.doubt(0, Verdict.STRANGER)).isEqualTo(Verdict.HELD);
    }

    private void takeBelieving(long arrivalNs, ByteBuffer b, int at, int bytes) {
        if (open(b, at, bytes) == Verdict.OK && receiver.believe(0) == Verdict.OK) {
            read.add(b.getInt(receiver.incoming().bodyAt));
        }
    }

    private void work() {
        while (!work.isEmpty()) {
            Computation next = work.remove();
            next.compute();
            next.onComputed(0);
        }
    }

    private Verdict receive(int number) {
        ByteBuffer b = sealed(number);
        Verdict verdict = open(b, 0, b.capacity());
        if (verdict == Verdict.OK) {
            receiver.reopens(0, Verdict.OK);
        }
        return verdict;
    }

    /** There is a new key after every four packets; the worker derives the first at once. */
    private void receiveUnderChangingKeys(int packets) {
        sender = guard(1, 4, Worker.inline());
        receiver = guard(2, 0, (nowNs, computation) -> work.add(computation));
        work();
        receive(0);
        work();
        receiver.onDeadline(0, this::takeInTurn);
        for (int number = 1; number < packets; number++) {
            if (receive(number) == Verdict.OK) {
                read.add(number);
            }
        }
    }

    @Test
    void whatWaitedForTwoKeysIsReadInTheOrderInWhichItCame() {
        receiveUnderChangingKeys(16);
        work();

        receiver.onDeadline(0, this::takeInTurn);
        assertThat(read).isEqualTo(IntStream.range(0, 16).boxed().toList());
    }

    private void takeInTurn(long arrivalNs, ByteBuffer b, int at, int bytes) {
        if (open(b, at, bytes) == Verdict.OK) {
            read.add(b.getInt(receiver.incoming().bodyAt));
            receiver.reopens(0, Verdict.OK);
        }
    }

    @Test
    void noDatagramWaitsForAKeyWhoseNonceWasAnnounced() {
        sender = guard(1, 4, Worker.inline());
        receiver = guard(2, 0, (nowNs, computation) -> work.add(computation));
        work();
        assertThat(receive(0)).isEqualTo(Verdict.HELD);
        work();
        receiver.onDeadline(
                0,
                (arrivalNs, b, at, bytes) -> {
                    assertThat(open(b, at, bytes)).isEqualTo(Verdict.OK);
                    receiver.reopens(0, Verdict.OK);
                });

        for (int number = 1; number < 40; number++) {
            receiver.onFutureNonce(0, sender.nextNonce());
            work();
            assertThat(receive(number)).as("datagram %d", number).isEqualTo(Verdict.OK);
        }
        assertThat(receiver.derivations()).isEqualTo(11);
    }

    @Test
    void whoDoesNotRotateHasNothingToAnnounce() {
        assertThat(sender.nextNonce()).isEqualTo(GreGuard.NO_NONCE);
    }

    @Test
    void whatWasDoubtedIsReadBeforeTheDatagramThatShowsWhatItIs() {
        ByteBuffer first = sealed(1);
        ByteBuffer second = sealed(2);

        takeDoubting(0, first, 0, first.capacity());
        receiver.onDeadline(0, this::takeDoubting); // its key was new, and is there now
        assertThat(open(second, 0, second.capacity())).isEqualTo(Verdict.OK);
        assertThat(receiver.believe(0)).isEqualTo(Verdict.HELD);
        receiver.onDeadline(receiver.deadlineNs(), this::takeBelieving);

        assertThat(read).containsExactly(1, 2);
    }

    @Test
    void aVersionThatWasShownIsForgottenWhenThePeerIsCalledAnew() {
        var b = ByteBuffer.allocate(64);
        int head = sender.begin(0, b, 0, 2, ProtocolTypes.VSF);
        int bytes = sender.end(b, 0, head + 12);
        assertThat(open(b, 0, bytes)).isEqualTo(Verdict.OK);
        assertThat(receiver.version(0)).isEqualTo(1);
        receiver.reopens(0, Verdict.OK);
        assertThat(receiver.version(0)).isEqualTo(2);

        receiver.start(0);
        assertThat(receiver.version(0)).isEqualTo(1);
    }

    /** Opens a copy, and reads it when that is allowed. */
    private static Verdict take(GreGuard guard, ByteBuffer sealed) {
        ByteBuffer copy =
                ByteBuffer.allocate(sealed.capacity()).put(0, sealed, 0, sealed.capacity());
        Verdict verdict = guard.open(0, 0, copy, 0, copy.capacity());
        if (verdict == Verdict.OK) {
            guard.reopens(0, Verdict.OK);
        }
        return verdict;
    }

    private void skip(int datagrams) {
        for (int i = 0; i < datagrams; i++) {
            sealed(-1);
        }
    }

    @Test
    void aCopyIsADuplicateAndWhatIsFarBehindIsPlayedBack() {
        ByteBuffer first = sealed(0);
        ByteBuffer second = sealed(1);
        ByteBuffer third = sealed(2);
        assertThat(take(receiver, first)).isEqualTo(Verdict.OK);
        assertThat(take(receiver, first)).isEqualTo(Verdict.DUPLICATE);
        skip(1_000);
        assertThat(take(receiver, sealed(3 + 1_000))).isEqualTo(Verdict.OK);
        skip(ReplayWindow.PACKETS - 3 - 1_000);
        assertThat(take(receiver, sealed(1 + ReplayWindow.PACKETS))).isEqualTo(Verdict.OK);

        assertThat(take(receiver, second)).isEqualTo(Verdict.REPLAYED);
        assertThat(take(receiver, third)).isEqualTo(Verdict.OK);
        assertThat(take(receiver, third)).isEqualTo(Verdict.DUPLICATE);
        assertThat(receiver.derivations()).isEqualTo(1);
    }

    @Test
    void aPathBeginsWithNothingThatAnotherHadOrThatIsOlder() {
        var config =
                SecurityConfig.ofSecret(
                        Passphrase.ofText("a secret".toCharArray()),
                        new PskSealing(false, 0, false));
        var security = new TunnelSecurity(config, Worker.inline(), new Random(3)::nextBytes);
        GreGuard one = GreGuard.caller(security, 0, NOWHERE);
        GreGuard other = GreGuard.caller(security, 0, NOWHERE);
        one.prepare(0);
        other.prepare(0);
        ByteBuffer first = sealed(1);
        ByteBuffer second = sealed(2);
        assertThat(take(one, second)).isEqualTo(Verdict.OK);

        assertThat(take(other, first)).isEqualTo(Verdict.REPLAYED);
        assertThat(take(other, second)).isEqualTo(Verdict.REPLAYED);
        assertThat(take(other, sealed(3))).isEqualTo(Verdict.OK);
        assertThat(take(other, first)).isEqualTo(Verdict.OK); // it goes on there, and may be late
        assertThat(other.derivations()).isEqualTo(1);
    }

    @Test
    void whatIsNoSenseUnderItsKeyIsCountedAsAnotherSecrets() {
        ByteBuffer noise = sealed(1);
        assertThat(open(noise, 0, noise.capacity())).isEqualTo(Verdict.OK);
        assertThat(receiver.reopens(0, Verdict.UNKNOWN)).isFalse();
        assertThat(receiver.judge(Verdict.UNKNOWN)).isEqualTo(Verdict.WRONG_SECRET);

        ByteBuffer sense = sealed(2);
        assertThat(open(sense, 0, sense.capacity())).isEqualTo(Verdict.OK);
        assertThat(receiver.reopens(0, Verdict.OK)).isFalse();
        assertThat(receiver.judge(Verdict.OK)).isEqualTo(Verdict.OK);

        ByteBuffer foreign = sealed(3); // under a key that proved right: of another flow indeed
        assertThat(open(foreign, 0, foreign.capacity())).isEqualTo(Verdict.OK);
        assertThat(receiver.reopens(0, Verdict.FOREIGN_FLOW)).isFalse();
        assertThat(receiver.judge(Verdict.FOREIGN_FLOW)).isEqualTo(Verdict.FOREIGN_FLOW);
    }

    @Test
    void aStrangerWhoIsReadAndNotTakenInHasNoOtherSecret() {
        for (Verdict read : new Verdict[] {Verdict.STRANGER, Verdict.NOT_ADMITTED}) {
            ByteBuffer b = sealed(1);
            assertThat(open(b, 0, b.capacity())).isEqualTo(Verdict.OK);
            assertThat(receiver.refuse(0, read)).isEqualTo(read);
        }
        ByteBuffer b = sealed(2);
        assertThat(open(b, 0, b.capacity())).isEqualTo(Verdict.OK);
        assertThat(receiver.refuse(0, Verdict.UNKNOWN)).isEqualTo(Verdict.WRONG_SECRET);
        assertThat(receiver.refuse(0, Verdict.UNKNOWN)).isEqualTo(Verdict.UNKNOWN); // once
    }

    /** Whether a guard reads a datagram rightly, which is told what the wire made of it. */
    private static boolean reads(GreGuard guard, long nowNs, ByteBuffer sealed, int number) {
        ByteBuffer copy =
                ByteBuffer.allocate(sealed.capacity()).put(0, sealed, 0, sealed.capacity());
        if (guard.open(nowNs, nowNs, copy, 0, copy.capacity()) != Verdict.OK) {
            return false;
        }
        int bodyAt = guard.incoming().bodyAt;
        boolean isSense = copy.getInt(bodyAt) == number;
        while (guard.reopens(nowNs, isSense ? Verdict.OK : Verdict.UNKNOWN)) {
            isSense = copy.getInt(bodyAt) == number;
        }
        return isSense;
    }

    private static Passphrase another() {
        return Passphrase.ofText("another".toCharArray());
    }

    @Test
    void aFormerSecretOpensForTenSecondsAndNotAMomentLonger() {
        long nowNs = 5 * SessionTime.SECOND;
        long endNs = nowNs + TunnelSecurity.OVERLAP_NS;
        assertThat(reads(receiver, 0, sealed(0), 0)).isTrue();
        receiver.changeSecret(nowNs, another());

        assertThat(receiver.deadlineNs()).isZero(); // a key had come
        receiver.onDeadline(nowNs, this::takeInTurn);
        assertThat(receiver.deadlineNs()).isEqualTo(endNs);
        assertThat(reads(receiver, endNs - 1, sealed(1), 1)).isTrue();
        assertThat(reads(receiver, endNs, sealed(2), 2)).isFalse();
        sender.changeSecret(endNs, another());
        assertThat(reads(receiver, endNs, sealed(3), 3)).isTrue();
    }

    @Test
    void theOverlapEndsWhetherOrNotAnythingComes() {
        receiver.changeSecret(0, another());
        receiver.onDeadline(TunnelSecurity.OVERLAP_NS, this::takeInTurn);

        assertThat(receiver.deadlineNs()).isEqualTo(SessionTime.NEVER);
        assertThat(reads(receiver, TunnelSecurity.OVERLAP_NS, sealed(0), 0)).isFalse();
    }

    @Test
    void theSecretThatThePeerTurnsToOpensAtOnce() {
        assertThat(reads(receiver, 0, sealed(0), 0)).isTrue();
        receiver.changeSecret(0, another());
        sender.changeSecret(0, another());

        for (int number = 1; number < 5; number++) {
            assertThat(reads(receiver, 0, sealed(number), number)).isTrue();
        }
    }

    /** Opens it and looks at it no further: its key is there from now on. */
    private void haveTheKey() {
        ByteBuffer first = sealed(-1);
        assertThat(open(first, 0, first.capacity())).isEqualTo(Verdict.OK);
        assertThat(receiver.isDoubtful()).isTrue();
        receiver.onDeadline(0, this::takeDoubting);
    }

    @Test
    void whatWasDoubtedIsKeptAsItCame() {
        haveTheKey();
        ByteBuffer second = sealed(2);
        ByteBuffer third = sealed(3);
        takeDoubting(0, second, 0, second.capacity());
        assertThat(open(third, 0, third.capacity())).isEqualTo(Verdict.OK);

        assertThat(receiver.believe(0)).isEqualTo(Verdict.HELD);
        assertThat(receiver.isBehindOthers()).isFalse();
        assertThat(receiver.deadlineNs()).isZero();
        receiver.onDeadline(0, this::takeBelieving);
        assertThat(read).containsExactly(2, 3);
    }

    @Test
    void whatWasDoubtedIsReadAtOnceWhenItsKeyProvesRight() {
        haveTheKey();
        ByteBuffer second = sealed(2);
        takeDoubting(0, second, 0, second.capacity());
        assertThat(receiver.deadlineNs()).isEqualTo(HeldDatagrams.MAX_HOLD_NS);

        assertThat(reads(receiver, 0, sealed(3), 3)).isTrue();
        assertThat(receiver.isDoubtful()).isFalse();
        assertThat(receiver.deadlineNs()).isZero();
        receiver.onDeadline(0, this::takeInTurn);
        assertThat(read).containsExactly(2);
        assertThat(reads(receiver, 0, sealed(4), 4)).isTrue();
        assertThat(receiver.deadlineNs()).isEqualTo(SessionTime.NEVER); // once
    }

    @Test
    void onlyWhatHasTheFormOfMediaIsKeptInDoubt() {
        haveTheKey();
        ByteBuffer second = sealed(2);
        assertThat(open(second, 0, second.capacity())).isEqualTo(Verdict.OK);

        assertThat(receiver.doubt(0, Verdict.UNKNOWN)).isEqualTo(Verdict.WRONG_SECRET);
        assertThat(receiver.deadlineNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void noMoreIsKeptInDoubtThanMayWait() {
        haveTheKey();
        for (int number = 0; number < HeldDatagrams.CAPACITY; number++) {
            ByteBuffer b = sealed(number);
            takeDoubting(0, b, 0, b.capacity());
        }
        ByteBuffer last = sealed(HeldDatagrams.CAPACITY);
        assertThat(open(last, 0, last.capacity())).isEqualTo(Verdict.OK);
        assertThat(receiver.doubt(0, Verdict.STRANGER)).isEqualTo(Verdict.STRANGER);
    }

    /** The worker does nothing more after the first key. */
    @Test
    void whatContinuesTheStreamWaitsForItsKeyForFiftyMillisecondsAtMost() {
        receiveUnderChangingKeys(7);
        assertThat(read).containsExactly(0, 1, 2, 3);
        assertThat(receiver.deadlineNs()).isEqualTo(HeldDatagrams.MAX_HOLD_NS);

        receiver.onDeadline(HeldDatagrams.MAX_HOLD_NS, this::takeInTurn);
        assertThat(read).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(receiver.deadlineNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void whatIsClosedOpensNothing() {
        assertThat(reads(receiver, 0, sealed(0), 0)).isTrue();
        receiver.close();
        ByteBuffer b = sealed(1);
        assertThat(open(b, 0, b.capacity())).isEqualTo(Verdict.NO_SECRET);
        assertThat(receiver.derivations()).isZero();
    }
}

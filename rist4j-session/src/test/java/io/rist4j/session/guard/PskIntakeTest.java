package io.rist4j.session.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.Computation;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.HeldDatagrams;
import io.rist4j.crypto.psk.HoldingRoom;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;

import org.junit.jupiter.api.Test;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/** Which secrets a peer may use, one after the other, and who waits for whose key. */
class PskIntakeTest {
    private static final long SECOND = SessionTime.SECOND;
    private static final PskSealing SEALING = new PskSealing(false, 0, false);

    private final GrePacket packet = new GrePacket();
    private final Deque<Computation> work = new ArrayDeque<>();
    private final List<Integer> read = new ArrayList<>();
    private PskIntake intake = intake(Worker.inline());
    private int seeds;

    private static Passphrase text(String text) {
        return Passphrase.ofText(text.toCharArray());
    }

    private static TunnelSecurity security(int seed, Worker worker) {
        return new TunnelSecurity(SecurityConfig.NONE, worker, new Random(seed)::nextBytes);
    }

    private static PskIntake intake(Worker worker) {
        return new PskIntake(security(1, worker), 0, new QuietSink());
    }

    /** Whoever seals under a secret, with nonces of his own. */
    private PskOutlet peer(String secret, boolean isOdd) {
        var outlet = new PskOutlet(security(100 + seeds++, Worker.inline()));
        outlet.sealUnder(0, text(secret), isOdd, SEALING);
        return outlet;
    }

    private static ByteBuffer sealed(PskOutlet by, int number) {
        var b = ByteBuffer.allocate(64);
        int head = by.begin(0, b, 0, 1, ProtocolTypes.REDUCED_OVERHEAD, false);
        b.putInt(head, number);
        int bytes = by.end(b, 0, head + 4);
        return ByteBuffer.allocate(bytes).put(0, b, 0, bytes);
    }

    private Verdict open(long nowNs, ByteBuffer b, int at, int bytes) {
        assertThat(GreHeader.read(b, at, bytes, packet)).isEqualTo(Verdict.OK);
        return intake.open(nowNs, nowNs, packet, b, at, bytes);
    }

    private boolean passes(long nowNs, PskOutlet from, int number) {
        ByteBuffer b = sealed(from, number);
        if (open(nowNs, b, 0, b.capacity()) != Verdict.OK) {
            return false;
        }
        boolean isSense = b.getInt(packet.bodyAt) == number;
        while (intake.reopens(nowNs, isSense ? Verdict.OK : Verdict.UNKNOWN)) {
            isSense = b.getInt(packet.bodyAt) == number;
        }
        return isSense;
    }

    private Verdict clear() {
        var b = ByteBuffer.allocate(GreHeader.SEQUENCED_BYTES + 40);
        GreHeader.write(b, 0, 1, ProtocolTypes.REDUCED_OVERHEAD, 1);
        return open(0, b, 0, b.capacity());
    }

    private static void nobody(long arrivalNs, ByteBuffer b, int at, int bytes) {
        throw new AssertionError("nothing waits");
    }

    @Test
    void withoutASecretClearIsTaken() {
        assertThat(intake.hasSecret()).isFalse();
        assertThat(intake.isUnderSecret()).isFalse();
        assertThat(clear()).isEqualTo(Verdict.OK);
    }

    @Test
    void whoFollowsWhereThereIsNoSecretExpectsThatOne() {
        intake.follow(0, text("one"));
        assertThat(intake.hasSecret()).isTrue();
        assertThat(intake.isUnderSecret()).isTrue();
        assertThat(clear()).isEqualTo(Verdict.NOT_ENCRYPTED);
        assertThat(passes(0, peer("one", false), 1)).isTrue();
    }

    @Test
    void whoTookClearTooTakesNoneOnceItFollows() {
        intake.expect(0, text("one"), true);
        assertThat(intake.hasSecret()).isTrue();
        assertThat(intake.isUnderSecret()).isFalse();
        assertThat(clear()).isEqualTo(Verdict.OK);
        intake.follow(0, text("two"));
        assertThat(clear()).isEqualTo(Verdict.NOT_ENCRYPTED);
        assertThat(passes(0, peer("two", false), 1)).isTrue();
        assertThat(passes(0, peer("one", false), 2)).isFalse();
    }

    @Test
    void anotherSecretThatIsExpectedTakesThePlaceOfTheOneBefore() {
        intake.expect(0, text("one"), false);
        intake.expect(0, text("two"), false);
        assertThat(passes(0, peer("one", false), 1)).isFalse();
        assertThat(passes(0, peer("two", false), 2)).isTrue();
    }

    @Test
    void whoFollowsTakesTheFormerForTenSecondsMoreWhateverItsNonce() {
        intake.expect(0, text("one"), false);
        PskOutlet old = peer("one", false);
        assertThat(passes(0, old, 1)).isTrue();
        intake.follow(SECOND, text("two"));
        intake.onDeadline(SECOND, PskIntakeTest::nobody);
        assertThat(intake.deadlineNs()).isEqualTo(11 * SECOND);

        assertThat(passes(SECOND, peer("one", false), 2)).isTrue();
        assertThat(passes(SECOND, peer("two", true), 3)).isTrue();
        assertThat(passes(11 * SECOND - 1, old, 4)).isTrue();
        assertThat(passes(11 * SECOND, old, 5)).isFalse();
        assertThat(passes(11 * SECOND, peer("two", false), 6)).isTrue();
    }

    @Test
    void ofThreeSecretsTheLatestTwoOpen() {
        intake.expect(0, text("one"), false);
        assertThat(passes(0, peer("one", false), 1)).isTrue();
        intake.follow(0, text("two"));
        assertThat(passes(0, peer("two", true), 2)).isTrue();
        intake.follow(0, text("three"));

        assertThat(passes(0, peer("two", true), 3)).isTrue();
        assertThat(passes(0, peer("three", false), 4)).isTrue();
        assertThat(passes(0, peer("one", false), 5)).isFalse();
    }

    @Test
    void whatWasToBeLeftAloneIsForgottenWhenAnotherIsExpected() {
        intake.expect(0, text("one"), false);
        intake.settle(text("two"), 10 * SECOND);
        intake.expect(0, text("three"), false);
        assertThat(intake.deadlineNs()).isEqualTo(SessionTime.NEVER);
        assertThat(passes(10 * SECOND, peer("three", false), 1)).isTrue();
    }

    @Test
    void aSecretThatIsOfferedProvesItselfByUseAndOnce() {
        intake.expect(0, text("one"), false);
        PskOutlet present = peer("one", false);
        assertThat(passes(0, present, 1)).isTrue();
        intake.offer(0, text("two"));
        assertThat(passes(0, present, 2)).isTrue();
        assertThat(intake.takeProved()).isNull();

        assertThat(passes(0, peer("two", true), 3)).isTrue();
        assertThat(Objects.requireNonNull(intake.takeProved()).isSame(text("two"))).isTrue();
        assertThat(intake.takeProved()).isNull();
        assertThat(passes(0, present, 4)).as("the present one stays good").isTrue();
    }

    @Test
    void ofTwoThatAreOfferedTheLaterCounts() {
        intake.expect(0, text("one"), false);
        assertThat(passes(0, peer("one", false), 1)).isTrue();
        intake.offer(0, text("two"));
        intake.offer(0, text("three"));
        assertThat(passes(0, peer("two", true), 2)).isFalse();
        assertThat(intake.takeProved()).isNull();
        assertThat(passes(0, peer("three", true), 3)).isTrue();
        assertThat(Objects.requireNonNull(intake.takeProved()).isSame(text("three"))).isTrue();
    }

    @Test
    void anOfferThatProvedRightIsNotTakenForTheNext() {
        intake.expect(0, text("one"), false);
        assertThat(passes(0, peer("one", false), 1)).isTrue();
        intake.offer(0, text("two"));
        assertThat(passes(0, peer("two", true), 2)).isTrue();
        intake.offer(0, text("three"));
        assertThat(intake.takeProved()).isNull();
    }

    @Test
    void eachSecretIsTriedFirstWhereItsNoncesSay() {
        intake.expect(0, text("one"), false);
        assertThat(passes(0, peer("one", false), 1)).isTrue();
        intake.follow(0, text("two"));
        assertThat(passes(0, peer("two", true), 2)).isTrue();
        assertThat(intake.derivations()).isEqualTo(2);
        intake.offer(0, text("three"));
        assertThat(passes(0, peer("three", false), 3)).isTrue();
        assertThat(intake.derivations()).isEqualTo(3);
        assertThat(passes(0, peer("three", true), 4)).as("whatever they say").isTrue();
        assertThat(intake.derivations()).isEqualTo(5);
    }

    @Test
    void whatWaitsForTheOtherSecretsKeyIsHeld() {
        expectLater();
        intake.expectToo(0, true, text("two"));
        PskOutlet from = peer("two", false);
        receive(from, 0);
        work();
        intake.onDeadline(
                0,
                (arrivalNs, b, at, bytes) -> {
                    assertThat(open(0, b, at, bytes)).isEqualTo(Verdict.OK);
                    assertThat(b.getInt(packet.bodyAt)).isNotZero();
                    assertThat(intake.reopens(0, Verdict.UNKNOWN)).isFalse();
                    assertThat(intake.judge(Verdict.UNKNOWN)).isEqualTo(Verdict.HELD);
                });
        work();
        intake.onDeadline(0, this::take);
        assertThat(read).containsExactly(0);
        assertThat(intake.judge(Verdict.UNKNOWN)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void whoUsesTheOddSlotIsOfferedTheEvenOne() {
        intake.expect(0, text("one"), false);
        assertThat(passes(0, peer("one", true), 1)).isTrue();
        intake.offer(0, text("two"));
        assertThat(passes(0, peer("one", true), 2)).isTrue();
        assertThat(intake.takeProved()).isNull();
        assertThat(passes(0, peer("two", false), 3)).isTrue();
        assertThat(intake.takeProved()).isNotNull();
    }

    @Test
    void whereThereIsNoSecretNoneIsOffered() {
        intake.offer(0, text("two"));
        assertThat(intake.hasSecret()).isFalse();
        assertThat(intake.takeProved()).isNull();
    }

    private void take(long arrivalNs, ByteBuffer b, int at, int bytes) {
        if (open(0, b, at, bytes) == Verdict.OK) {
            read.add(b.getInt(packet.bodyAt));
            intake.reopens(0, Verdict.OK);
        }
    }

    private void expectLater() {
        intake = intake((nowNs, computation) -> work.add(computation));
        intake.expect(0, text("one"), false);
    }

    private void work() {
        while (!work.isEmpty()) {
            Computation next = work.remove();
            next.compute();
            next.onComputed(0);
        }
    }

    private Verdict receive(PskOutlet from, int number) {
        ByteBuffer b = sealed(from, number);
        Verdict verdict = open(0, b, 0, b.capacity());
        if (verdict == Verdict.OK) {
            read.add(b.getInt(packet.bodyAt));
            intake.reopens(0, Verdict.OK);
        }
        return verdict;
    }

    private static List<Integer> numbers(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Test
    void whatComesWhenItsKeyIsThereGoesBehindWhatWaited() {
        expectLater();
        PskOutlet from = peer("one", false);
        for (int number = 0; number < HeldDatagrams.CAPACITY - 1; number++) {
            assertThat(receive(from, number)).isEqualTo(Verdict.HELD);
        }
        work();
        assertThat(intake.deadlineNs()).isZero();
        assertThat(receive(from, HeldDatagrams.CAPACITY - 1)).isEqualTo(Verdict.HELD);
        assertThat(intake.isBehindOthers()).as("kept").isFalse();
        ByteBuffer last = sealed(from, HeldDatagrams.CAPACITY);
        assertThat(open(0, last, 0, last.capacity())).isEqualTo(Verdict.HELD);
        assertThat(intake.isBehindOthers()).as("not kept").isTrue();

        intake.onDeadline(0, this::take);
        assertThat(read).isEqualTo(numbers(HeldDatagrams.CAPACITY));
        take(0, last, 0, last.capacity());
        assertThat(intake.isBehindOthers()).isFalse();
        assertThat(read).isEqualTo(numbers(HeldDatagrams.CAPACITY + 1));
        assertThat(intake.deadlineNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void whatDoesNotWaitIsNotHeldBackByOthers() {
        expectLater();
        PskOutlet first = peer("one", false);
        receive(first, 0);
        work();
        intake.onDeadline(0, this::take);
        PskOutlet other = peer("one", false);
        assertThat(receive(other, 1)).isEqualTo(Verdict.HELD);
        assertThat(receive(first, 2)).isEqualTo(Verdict.OK);
        work();
        assertThat(receive(first, 3)).isEqualTo(Verdict.OK);
        intake.onDeadline(0, this::take);
        assertThat(read).containsExactly(0, 2, 3, 1);
    }

    /** The worker does nothing after the first key. */
    @Test
    void whereNoMoreMayWaitTheKeyOfTheStreamIsMadeAtOnce() {
        expectLater();
        PskOutlet first = peer("one", false);
        receive(first, 0);
        work();
        intake.onDeadline(0, this::take);
        PskOutlet next = peer("one", false);
        for (int number = 1; number <= HeldDatagrams.CAPACITY; number++) {
            assertThat(receive(next, number)).isEqualTo(Verdict.HELD);
            assertThat(intake.isBehindOthers()).isFalse();
        }
        ByteBuffer last = sealed(next, HeldDatagrams.CAPACITY + 1);
        assertThat(open(0, last, 0, last.capacity())).isEqualTo(Verdict.HELD);
        assertThat(intake.isBehindOthers()).isTrue();
        intake.onDeadline(0, this::take);
        take(0, last, 0, last.capacity());
        assertThat(read).isEqualTo(numbers(HeldDatagrams.CAPACITY + 2));
    }

    @Test
    void whatIsOfNoStreamIsDroppedWhereNoMoreMayWait() {
        expectLater();
        PskOutlet stranger = peer("one", false);
        for (int number = 0; number < HeldDatagrams.CAPACITY; number++) {
            receive(stranger, number);
        }
        assertThat(receive(stranger, 99)).isEqualTo(Verdict.OVER_LIMIT);
        assertThat(intake.isBehindOthers()).isFalse();
    }

    @Test
    void whatWasDoubtedAndWaitedTooLongIsForgotten() {
        expectLater();
        PskOutlet from = peer("one", false);
        receive(from, 0);
        work();
        intake.onDeadline(
                0,
                (arrivalNs, b, at, bytes) -> {
                    assertThat(open(0, b, at, bytes)).isEqualTo(Verdict.OK);
                    assertThat(intake.doubt(0, Verdict.STRANGER)).isEqualTo(Verdict.HELD);
                });
        assertThat(intake.deadlineNs()).isEqualTo(HeldDatagrams.MAX_HOLD_NS);
        int[] taken = new int[1];
        intake.onDeadline(HeldDatagrams.MAX_HOLD_NS, (arrivalNs, b, at, bytes) -> taken[0]++);
        assertThat(taken[0]).as("its key is there").isEqualTo(1);
        assertThat(receive(from, 1)).isEqualTo(Verdict.OK);
        assertThat(intake.deadlineNs()).as("none is there to be read").isEqualTo(SessionTime.NEVER);
    }

    @Test
    void whatIsDoubtedUnderOneNonceWaitsForNoOther() {
        intake.expect(0, text("one"), false);
        PskOutlet doubted = peer("one", false);
        PskOutlet other = peer("one", false);
        ByteBuffer first = sealed(doubted, 0);
        assertThat(open(0, first, 0, first.capacity())).isEqualTo(Verdict.OK);
        intake.onDeadline(0, PskIntakeTest::nobody);
        assertThat(intake.doubt(0, Verdict.STRANGER)).isEqualTo(Verdict.HELD);

        ByteBuffer second = sealed(other, 1);
        assertThat(open(0, second, 0, second.capacity())).isEqualTo(Verdict.OK);
        intake.onDeadline(0, PskIntakeTest::nobody);
        assertThat(intake.believe(0)).as("of another nonce").isEqualTo(Verdict.OK);
        assertThat(intake.reopens(0, Verdict.OK)).isFalse();
        assertThat(intake.deadlineNs()).isEqualTo(HeldDatagrams.MAX_HOLD_NS);
        assertThat(intake.believe(0)).as("of none").isEqualTo(Verdict.OK);
    }

    private Verdict believed(PskOutlet from, int number) {
        ByteBuffer b = sealed(from, number);
        assertThat(open(0, b, 0, b.capacity())).isEqualTo(Verdict.OK);
        return intake.believe(0);
    }

    @Test
    void whatShowsItselfGoesBehindAllThatWasDoubtedThoughNoMoreMayWait() {
        intake.expect(0, text("one"), false);
        PskOutlet from = peer("one", false);
        for (int number = 0; number < HeldDatagrams.CAPACITY; number++) {
            ByteBuffer b = sealed(from, number);
            assertThat(open(0, b, 0, b.capacity())).isEqualTo(Verdict.OK);
            intake.onDeadline(0, PskIntakeTest::nobody); // its key was new, and is there now
            assertThat(intake.doubt(0, Verdict.STRANGER)).isEqualTo(Verdict.HELD);
        }
        assertThat(believed(from, HeldDatagrams.CAPACITY)).isEqualTo(Verdict.HELD);
        assertThat(intake.isBehindOthers()).as("it is opened again").isTrue();
        intake.onDeadline(0, this::take);
        assertThat(read).isEqualTo(numbers(HeldDatagrams.CAPACITY));
    }

    /** What waited as a stranger's has no room among what peers hold. */
    @Test
    void whatShowsItselfIsReadAtOnceWhereItCannotGoBehindOthers() {
        TunnelSecurity security = security(1, (nowNs, computation) -> work.add(computation));
        intake = new PskIntake(security, 0, new QuietSink(), security.derivations());
        intake.expect(0, text("one"), false);
        PskOutlet from = peer("one", false);
        assertThat(receive(from, 0)).isEqualTo(Verdict.HELD);
        assertThat(receive(from, 1)).isEqualTo(Verdict.HELD);
        intake.onTakenIn();
        work();
        ByteBuffer others = ByteBuffer.allocate(8);
        int peers = HoldingRoom.PEERS / HeldDatagrams.CAPACITY;
        for (int peer = 0; peer < peers; peer++) {
            var his = new HeldDatagrams(security.room(), false);
            int waiting = peer == 0 ? HeldDatagrams.CAPACITY - 1 : HeldDatagrams.CAPACITY;
            for (int i = 0; i < waiting; i++) {
                assertThat(his.hold(0, 7, others, 0, 8)).isTrue();
            }
        }
        intake.onDeadline(
                0,
                (arrivalNs, b, at, bytes) -> {
                    assertThat(open(0, b, at, bytes)).isEqualTo(Verdict.OK);
                    int number = b.getInt(packet.bodyAt);
                    if (number == 0) {
                        assertThat(intake.doubt(0, Verdict.STRANGER)).isEqualTo(Verdict.HELD);
                    } else {
                        assertThat(intake.believe(0)).isEqualTo(Verdict.OK);
                        assertThat(intake.isBehindOthers()).isFalse();
                        read.add(b.getInt(packet.bodyAt));
                        intake.reopens(0, Verdict.OK);
                    }
                });
        assertThat(read).containsExactly(1);
    }

    /** The worker never answers. */
    @Test
    void aDerivationUnderWayHoldsNoIntakeThatWasClosed() {
        var closed = new WeakReference<>(closedWhileDeriving());
        for (int i = 0; i < 100 && closed.get() != null; i++) {
            System.gc();
        }
        assertThat(closed.get()).isNull();
        assertThat(work).hasSize(1);
    }

    private PskIntake closedWhileDeriving() {
        expectLater();
        receive(peer("one", false), 0);
        PskIntake mayfly = intake;
        intake = intake(Worker.inline());
        mayfly.close();
        return mayfly;
    }
}

package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.psk.Passphrase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Who gets a place at the door, and who has to make way. */
class NewcomersTest {
    private static final long SECOND = SessionTime.SECOND;
    private static final long MS = SessionTime.MILLISECOND;

    private final List<Endpoint> prepared = new ArrayList<>();
    private final List<Endpoint> told = new ArrayList<>();
    private final List<Endpoint> shut = new ArrayList<>();
    private final Newcomers newcomers = new Newcomers(this::path);

    private Path path(int socket, Endpoint from) {
        var link =
                new FixedLink() {
                    @Override
                    public void prepare(long nowNs) {
                        prepared.add(from);
                    }

                    @Override
                    public void onUsersChanged(long nowNs) {
                        told.add(from);
                    }

                    @Override
                    public void changeSecret(long nowNs, Passphrase secret) {
                        told.add(from);
                    }

                    @Override
                    public void close() {
                        shut.add(from);
                    }
                };
        return new Path(Path.NO_ROW, 0, link, 0, socket, socket, false);
    }

    private static Endpoint from(int number) {
        return Endpoint.ipv4(0x0A00_0000 + number, 5_000);
    }

    private @Nullable Path first(long nowNs, int number) {
        return newcomers.of(nowNs, 0, from(number), false);
    }

    private @Nullable Path again(long nowNs, int number) {
        return newcomers.of(nowNs, 0, from(number), true);
    }

    private void fill(long nowNs, boolean isAgain) {
        for (int i = 0; i < Newcomers.PLACES; i++) {
            assertThat(newcomers.of(nowNs, 0, from(i), isAgain)).isNotNull();
        }
    }

    @Test
    void aStrangerKeepsHisPath() {
        Path path = first(0, 1);

        assertThat(path).isNotNull();
        assertThat(first(1, 1)).isSameAs(path);
        assertThat(newcomers.of(1, 1, from(1), false)).isNotSameAs(path);
    }

    @Test
    void noMoreThanSixtyFourAreThereWhoeverComes() {
        fill(0, false);

        assertThat(first(MS, 100)).isNull();
        assertThat(shut).isEmpty();
        assertThat(newcomers.capacity()).isEqualTo(64);
    }

    @Test
    void aFirstWordMakesWayForAnotherAfterAMoment() {
        fill(0, false);

        assertThat(first(249 * MS, 100)).isNull();
        assertThat(first(250 * MS, 100)).isNotNull();
        assertThat(shut).containsExactly(from(0));
    }

    @Test
    void aFirstWordMakesWayAtOnceForSomebodyWhoComesAgain() {
        fill(0, false);

        assertThat(again(MS, 100)).isNotNull();
        assertThat(shut).containsExactly(from(0));
    }

    @Test
    void whoComesAgainMakesWayForNoFirstWord() {
        fill(0, true);

        assertThat(first(4 * SECOND, 100)).isNull();
        assertThat(again(999 * MS, 100)).isNull();
        assertThat(again(SECOND, 100)).isNotNull();
        assertThat(shut).containsExactly(from(0));
    }

    @Test
    void aStrangerIsWorthMoreOnceHeIsHeardAgain() {
        fill(0, false);
        again(MS, 0);
        again(MS, 1);
        for (int i = 2; i < Newcomers.PLACES; i++) {
            first(2 * MS, i); // heard later
        }

        assertThat(again(3 * MS, 100)).isNotNull();
        assertThat(shut).containsExactly(from(2));
    }

    @Test
    void whoseKeyProvedWrongMakesWayFirst() {
        fill(0, true);
        Path wrong = Objects.requireNonNull(again(MS, 7));
        Path other = Objects.requireNonNull(again(MS, 8));
        newcomers.onRefused(wrong, Verdict.WRONG_SECRET);
        newcomers.onRefused(other, Verdict.STRANGER);

        assertThat(first(2 * MS, 100)).isNotNull();
        assertThat(shut).containsExactly(from(7));
        assertThat(first(2 * MS, 101)).isNull();
    }

    @Test
    void anAddressHasEightPlacesAndItsOwnMakeWay() {
        fill(0, true);
        for (int port = 1; port < 8; port++) {
            again(SECOND, 0);
            assertThat(newcomers.of(SECOND, 0, from(0).withPort(port), true)).isNotNull();
        }
        shut.clear();

        assertThat(newcomers.of(SECOND + MS, 0, from(0).withPort(99), true)).isNotNull();
        assertThat(shut).containsExactly(from(0));
        assertThat(newcomers.of(SECOND + MS, 0, from(0).withPort(98), true)).isNull();
    }

    @Test
    void arrivalsOfEachKindAreBounded() {
        int firsts = 0;
        int others = 0;
        for (int i = 0; i < 3_000; i++) {
            long nowNs = SECOND + i * MS;
            firsts += first(nowNs, 1_000 + 2 * i) == null ? 0 : 1;
        }
        var second = new Newcomers(this::path);
        for (int i = 0; i < 3_000; i++) {
            long nowNs = SECOND + i * MS;
            Path made = second.of(nowNs, 0, from(1_001 + 2 * i), true);
            if (made != null) {
                others++;
                second.onRefused(made, Verdict.WRONG_SECRET);
            }
        }

        assertThat(firsts).isBetween(64, 64 + 300);
        assertThat(others).isBetween(64 + 299, 64 + 300);
    }

    @Test
    void whoIsSilentForFiveSecondsIsSentAway() {
        first(0, 1);
        first(SECOND, 2);

        assertThat(newcomers.deadlineNs()).isEqualTo(5 * SECOND);
        newcomers.expire(5 * SECOND - 1);
        assertThat(shut).isEmpty();
        newcomers.expire(5 * SECOND);
        assertThat(shut).containsExactly(from(1));
    }

    @Test
    void whoIsTakenInIsNotShut() {
        newcomers.release(Objects.requireNonNull(first(0, 1)));
        newcomers.close();

        assertThat(shut).isEmpty();
        assertThat(newcomers.capacity()).isZero();
    }

    @Test
    void everybodyAtTheDoorIsShutInTheEnd() {
        fill(0, false);
        newcomers.close();

        assertThat(shut).hasSize(Newcomers.PLACES);
        assertThat(newcomers.deadlineNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void aFirstWordStaysOneWhoeverRepeatsIt() {
        first(0, 0);
        for (int i = 1; i < Newcomers.PLACES; i++) {
            again(0, i);
        }
        first(MS, 0); // heard last

        assertThat(again(2 * MS, 100)).isNotNull();
        assertThat(shut).containsExactly(from(0));
    }

    @Test
    void whoseKeyProvedWrongIsNotWorthMoreForSayingItAgain() {
        fill(0, true);
        newcomers.onRefused(Objects.requireNonNull(again(MS, 7)), Verdict.WRONG_SECRET);
        again(2 * MS, 7);

        assertThat(first(3 * MS, 100)).isNotNull();
        assertThat(shut).containsExactly(from(7));
    }

    @Test
    void aStrangersLinkIsPreparedAndItsPlaceIsTold() {
        Path path = Objects.requireNonNull(first(0, 1));

        assertThat(prepared).containsExactly(from(1));
        assertThat(newcomers.at(0)).isSameAs(path);
        assertThat(newcomers.source(0)).isEqualTo(from(1));
        newcomers.expire(6 * SECOND);
        assertThat(newcomers.capacity()).isZero();
    }

    @Test
    void everybodyAtTheDoorLearnsThatTheUsersHaveChanged() {
        first(0, 1);
        first(0, 2);
        newcomers.onUsersChanged(0);

        assertThat(told).containsExactly(from(1), from(2));
    }

    /** Not since the session began. */
    @Test
    void howLongSomebodyStayedCountsSinceHeCame() {
        fill(10 * SECOND, false);
        assertThat(first(10 * SECOND + 249 * MS, 100)).isNull();
        assertThat(first(10 * SECOND + 250 * MS, 100)).isNotNull();

        newcomers.close();
        fill(20 * SECOND, true);
        assertThat(again(21 * SECOND - MS, 100)).isNull();
        assertThat(again(21 * SECOND, 100)).isNotNull();
    }

    @Test
    void anAddressHasEightPlacesThoughOthersAreFree() {
        for (int port = 1; port <= 8; port++) {
            assertThat(newcomers.of(SECOND, 0, from(0).withPort(port), true)).isNotNull();
        }
        assertThat(newcomers.of(SECOND, 0, from(0).withPort(9), true)).isNull();
        assertThat(shut).isEmpty();
        assertThat(newcomers.of(2 * SECOND, 0, from(0).withPort(9), true)).isNotNull();
        assertThat(shut).containsExactly(from(0).withPort(1));
    }

    @Test
    void everybodyAtTheDoorTurnsToAnotherSecret() {
        first(0, 1);
        first(0, 2);
        newcomers.changeSecret(0, Passphrase.ofText("another".toCharArray()), path -> true);

        assertThat(told).containsExactly(from(1), from(2));
    }
}

package io.rist4j.crypto.psk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.Objects;

/** Whose key makes way for whose. */
class KeyCacheTest {
    private final KeyCache cache = new KeyCache();

    private @Nullable NonceKey enter(int nonce, boolean isNear, int generation) {
        NonceKey place = cache.place(isNear);
        if (place != null) {
            place.start(nonce, isNear);
            place.generation = generation;
        }
        return place;
    }

    private NonceKey known(int nonce, boolean isNear, int generation) {
        return Objects.requireNonNull(enter(nonce, isNear, generation));
    }

    private void confirmed(int nonce) {
        cache.confirm(known(nonce, true, 1));
    }

    private String kept(int most) {
        var kept = new StringBuilder();
        for (int nonce = 1; nonce <= most; nonce++) {
            kept.append(cache.find(nonce) == null ? "" : " " + nonce);
        }
        return kept.toString().strip();
    }

    @Test
    void fourConfirmedOnesAreKeptAndTheOneLongestUnusedMakesWay() {
        for (int nonce = 1; nonce <= 4; nonce++) {
            confirmed(nonce);
        }
        assertThat(kept(5)).isEqualTo("1 2 3 4");
        cache.find(1);
        confirmed(5);
        assertThat(kept(5)).isEqualTo("1 3 4 5");
        cache.find(4);
        cache.find(3);
        cache.find(1);
        confirmed(6);
        assertThat(kept(6)).isEqualTo("1 3 4 6");
    }

    @Test
    void fourCandidatesAreKeptBesideThem() {
        for (int nonce = 1; nonce <= 4; nonce++) {
            confirmed(nonce);
        }
        for (int nonce = 5; nonce <= 9; nonce++) {
            known(nonce, false, 1);
        }
        assertThat(kept(9)).isEqualTo("1 2 3 4 6 7 8 9");
    }

    @Test
    void candidatesNeverTakeAConfirmedOnesPlaceThoughOthersAreFree() {
        for (int nonce = 1; nonce <= 5; nonce++) {
            known(nonce, false, 1);
        }
        assertThat(kept(5)).isEqualTo("2 3 4 5");
    }

    @Test
    void strangersMakeWayForWhatContinuesTheStreamAndNeverTheOtherWayRound() {
        known(1, true, 1);
        known(2, false, 1);
        known(3, true, 1);
        known(4, true, 1);
        known(5, false, 1);
        assertThat(kept(5)).isEqualTo("1 3 4 5");
        cache.find(1);
        cache.find(3);
        cache.find(4);
        known(6, true, 1);
        assertThat(kept(6)).isEqualTo("1 3 4 6");
        assertThat(enter(7, false, 1)).isNull();
        assertThat(kept(7)).isEqualTo("1 3 4 6");
    }

    @Test
    void ofAReplacedPassphraseWhatProvedRightGoesOnAndTheRestIsForgotten() {
        NonceKey right = known(1, false, 1);
        cache.confirm(right);
        known(2, false, 1);
        NonceKey another = known(3, false, 2);
        cache.confirm(another);
        known(4, false, 2);

        cache.retire(1, 500);
        assertThat(kept(4)).isEqualTo("1 3 4");
        assertThat(right.endsNs).isEqualTo(500);
        assertThat(another.endsNs).isEqualTo(SessionTime.NEVER);
        cache.retire(1, 900);
        assertThat(right.endsNs).isEqualTo(500);
        cache.retire(1, 100);
        assertThat(right.endsNs).isEqualTo(100);
    }

    @Test
    void everyKeyOfAnotherPassphraseIsForgotten() {
        cache.confirm(known(1, false, 1));
        known(2, false, 2);
        known(3, false, 1);
        cache.keepOnly(1);
        assertThat(kept(3)).isEqualTo("1 3");
        cache.clear();
        assertThat(kept(3)).isEmpty();
    }

    @Test
    void ofTwoKeysOfOneNonceTheOneThatIsWantedIsKept() {
        NonceKey entry = known(1, false, 1);
        PskKey first = new PskKey(new byte[32], new CounterMode.Scratch());
        PskKey second = new PskKey(new byte[32], new CounterMode.Scratch());
        entry.key = first;
        entry.plausible = 1;
        cache.confirm(entry);
        entry.setAside();
        assertThat(entry.isConfirmed).isFalse();
        assertThat(entry.wasConfirmed).isTrue();
        assertThat(entry.plausible).isZero();
        entry.key = second;
        entry.generation = 2;
        entry.plausible = 1;

        assertThat(entry.turnsTo(3)).isFalse();
        assertThat(entry.key).isSameAs(second);
        cache.keepOnly(1);
        assertThat(cache.find(1)).isSameAs(entry);
        assertThat(entry.key).isSameAs(first);
        assertThat(entry.generation).isEqualTo(1);
        assertThat(entry.plausible).isZero();
        assertThat(entry.turnsTo(2)).as("forgotten").isFalse();
        cache.keepOnly(2);
        assertThat(cache.find(1)).isNull();
    }

    @Test
    void whatIsUsedForAnotherNonceBeginsAnew() {
        NonceKey entry = known(1, true, 1);
        cache.confirm(entry);
        entry.endsNs = 5;
        entry.implausible = 7;
        entry.plausible = 3;
        entry.start(2, false);
        assertThat(entry.isFree()).isFalse();
        assertThat(entry.isNear).isFalse();
        assertThat(entry.isConfirmed).isFalse();
        assertThat(entry.wasConfirmed).isFalse();
        assertThat(entry.endsNs).isEqualTo(SessionTime.NEVER);
        assertThat(entry.implausible).isZero();
        assertThat(entry.plausible).isZero();
        entry.clear();
        assertThat(entry.isFree()).isTrue();
    }
}

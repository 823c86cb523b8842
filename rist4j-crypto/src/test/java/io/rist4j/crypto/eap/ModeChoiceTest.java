package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.crypto.srp.SrpMode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

class ModeChoiceTest {
    private static List<SrpMode> tried(ModeChoice choice, int spoken, int times) {
        List<SrpMode> tried = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            SrpMode mode = choice.mode(choice.challengeIn(spoken));
            tried.add(mode);
            choice.onFailure(mode);
        }
        return tried;
    }

    @Test
    void challengesInEachModeOneAfterTheOther() {
        assertThat(tried(new ModeChoice(SrpCompat.AUTO), 3, 5))
                .containsExactly(
                        SrpMode.PADDED,
                        SrpMode.UNPADDED,
                        SrpMode.LEGACY,
                        SrpMode.LEGACY_PADDED,
                        SrpMode.PADDED);
    }

    @Test
    void aPeerOfVersion2IsChallengedInNoOther() {
        assertThat(tried(new ModeChoice(SrpCompat.AUTO), 2, 3))
                .containsExactly(SrpMode.LEGACY, SrpMode.LEGACY_PADDED, SrpMode.LEGACY);
    }

    @Test
    void aFixedModeStays() {
        assertThat(tried(new ModeChoice(SrpCompat.UNPADDED), 3, 5)).containsOnly(SrpMode.UNPADDED);
    }

    @Test
    void beginsWithWhatSucceeded() {
        var choice = new ModeChoice(SrpCompat.AUTO);
        tried(choice, 3, 2);
        choice.onSuccess(SrpMode.LEGACY);
        assertThat(tried(choice, 3, 1)).containsExactly(SrpMode.LEGACY);

        choice.onSuccess(SrpMode.UNPADDED);

        assertThat(tried(choice, 3, 1)).containsExactly(SrpMode.UNPADDED);
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, 4, true, true, true",
        "PADDED, 4, false, true, true",
        "UNPADDED, 4, false, true, true",
        "LEGACY, 2, true, false, false"
    })
    void whatIsSetDecidesWhichVersionsAreSpoken(
            SrpCompat compat, int first, boolean two, boolean others, boolean keysBothWays) {
        var choice = new ModeChoice(compat);

        assertThat(choice.version()).isEqualTo(first);
        assertThat(choice.allows(2)).isEqualTo(two);
        assertThat(choice.allows(3)).isEqualTo(others);
        assertThat(choice.allows(4)).isEqualTo(others);
        assertThat(choice.keysBothWays()).isEqualTo(keysBothWays);
    }

    @Test
    void onlyWhereEveryWayWillDoAreOthersTried() {
        assertThat(new ModeChoice(SrpCompat.AUTO).isOpen()).isTrue();
        for (SrpCompat fixed : List.of(SrpCompat.PADDED, SrpCompat.UNPADDED, SrpCompat.LEGACY)) {
            var choice = new ModeChoice(fixed);
            assertThat(choice.isOpen()).isFalse();
            int spoken = choice.version();
            assertThat(tried(choice, spoken, 4)).hasSameElementsAs(tried(choice, spoken, 1));
            assertThat(choice.challengeIn(spoken)).isEqualTo(spoken);
        }
    }

    @Test
    void whatThePeerLetShowIsTriedFirst() {
        var choice = new ModeChoice(SrpCompat.AUTO);
        choice.hint(SrpMode.UNPADDED);
        assertThat(tried(choice, 3, 2)).containsExactly(SrpMode.UNPADDED, SrpMode.PADDED);
    }

    @Test
    void whatSucceededOfVersion2IsTriedFirstThere() {
        var choice = new ModeChoice(SrpCompat.AUTO);
        choice.onSuccess(SrpMode.LEGACY_PADDED);
        assertThat(tried(choice, 3, 2)).containsExactly(SrpMode.LEGACY_PADDED, SrpMode.LEGACY);
    }

    @Test
    void twoFailuresInARowChangeTheVersion() {
        var choice = new ModeChoice(SrpCompat.AUTO);
        tried(choice, 4, 1);
        assertThat(choice.challengeIn(4)).isEqualTo(4);
        choice.onSuccess(SrpMode.PADDED);
        tried(choice, 4, 1);
        assertThat(choice.challengeIn(4)).as("a success came between").isEqualTo(4);
        tried(choice, 4, 1);
        assertThat(choice.challengeIn(4)).isEqualTo(2);
    }

    @Test
    void aVersionThatSomebodyChoseIsNotHeldAgainstThePeer() {
        var choice = new ModeChoice(SrpCompat.AUTO);
        tried(choice, 4, 2);
        assertThat(choice.challengeIn(4)).isEqualTo(2);
        tried(choice, 4, 1);
        choice.onDowngrade();
        assertThat(choice.challengeIn(4)).isEqualTo(4);
        tried(choice, 4, 1);
        assertThat(choice.challengeIn(4)).as("failures count anew").isEqualTo(4);
    }
}

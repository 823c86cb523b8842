package io.rist4j.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.session.RequestFormat;
import io.rist4j.testkit.GoldenFile;
import io.rist4j.testkit.conformance.Transmission.Kind;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;

/** Each run has a golden file beside this class; every machine must write it to the byte. */
final class ConformanceTest {
    private static final ConformanceOptions DEFAULTS = ConformanceOptions.defaults();

    @Test
    void deliversEverythingWhenNothingIsLost() throws IOException {
        check("clean", DEFAULTS, DropSchedule.none());
    }

    @Test
    void recoversASinglePacket() throws IOException {
        check("single", DEFAULTS, DropSchedule.media(30, 1));
    }

    @Test
    void recoversABurst() throws IOException {
        check("burst", DEFAULTS, DropSchedule.originals(20, 35));
    }

    @Test
    void recoversEveryThirdPacket() throws IOException {
        check(
                "every-third",
                DEFAULTS.withPackets(300),
                transmission ->
                        transmission.kind() == Kind.MEDIA
                                && transmission.attempt() == 1
                                && transmission.packet() % 3 == 1);
    }

    /** TR-06-1:2020 Appendix A loses 100 and 103..122 and shows both formats of the request. */
    @Test
    void recoversTheExampleOfTheSpecificationByRange() throws IOException {
        check(
                "appendix-a-range",
                DEFAULTS.withPackets(200),
                DropSchedule.media(100, 1).and(DropSchedule.originals(103, 122)));
    }

    @Test
    void recoversTheExampleOfTheSpecificationByBitmask() throws IOException {
        check(
                "appendix-a-bitmask",
                DEFAULTS.withPackets(200).withRequestFormat(RequestFormat.BITMASK),
                DropSchedule.media(100, 1).and(DropSchedule.originals(103, 122)));
    }

    @Test
    void asksAgainWhenRetransmissionsAreLost() throws IOException {
        DropSchedule schedule = DropSchedule.none();
        for (int attempt = 1; attempt <= 4; attempt++) {
            schedule = schedule.and(DropSchedule.media(30, attempt));
        }
        check("retransmissions-lost", DEFAULTS, schedule);
    }

    @Test
    void asksAgainWhenRequestsAreLost() throws IOException {
        check(
                "requests-lost",
                DEFAULTS,
                DropSchedule.originals(40, 42).and(DropSchedule.requests(3)));
    }

    @Test
    void recoversAcrossTheWrapOfSequenceNumbers() throws IOException {
        check("wrap", DEFAULTS.withFirstSequence(65_510), DropSchedule.originals(20, 32));
    }

    @Test
    void recoversTheFirstPacketsOfAStream() throws IOException {
        check("start", DEFAULTS, DropSchedule.originals(0, 9));
    }

    @Test
    void recoversTheLastPacketOfAStream() throws IOException {
        check("end", DEFAULTS, DropSchedule.media(63, 1));
    }

    @Test
    void goesOnAfterAPacketThatNeverComes() throws IOException {
        check("never-comes", DEFAULTS, DropSchedule.always(30));
    }

    @Test
    void losesWhatNobodyHasTimeToRecover() throws IOException {
        check(
                "no-time",
                DEFAULTS.withTimes(
                        Duration.ofMillis(1), Duration.ofMillis(100), Duration.ofMillis(150)),
                DropSchedule.media(30, 1));
    }

    @Test
    void needsNoRequestWhenTheOtherPathHasThePacket() throws IOException {
        check(
                "two-paths",
                DEFAULTS.withPaths(2),
                transmission ->
                        transmission.kind() == Kind.MEDIA
                                && transmission.path() == transmission.packet() % 2);
    }

    @Test
    void breaksTheInvariantsForALossOnlyWhenEveryPacketIsRequired() {
        DropSchedule schedule = DropSchedule.always(30);

        assertThat(Conformance.run(DEFAULTS, schedule).invariantsHold()).isTrue();
        assertThat(Conformance.run(DEFAULTS.requiringContiguous(), schedule).violations())
                .singleElement()
                .hasToString("INCOMPLETE: 1 packets are missing");
    }

    @Test
    void givesUpAfterTheBoundOfSteps() {
        ConformanceResult result = Conformance.run(DEFAULTS.withMostSteps(50), DropSchedule.none());

        assertThat(result.completed()).isFalse();
        assertThat(result.invariantsHold()).isFalse();
    }

    @Test
    void refusesMorePacketsThanSequenceNumbersTellApart() {
        assertThatThrownBy(() -> DEFAULTS.withPackets(40_000))
                .hasMessageContaining("packets 40000 is outside 1..30000 packets");
    }

    @Test
    void asksAScheduleOnceForEachTransmissionInOrder() {
        var originals = new java.util.ArrayList<Integer>();
        Conformance.run(
                DEFAULTS,
                transmission -> {
                    if (transmission.kind() == Kind.MEDIA && transmission.attempt() == 1) {
                        originals.add(transmission.packet());
                    }
                    return false;
                });

        assertThat(originals).isEqualTo(IntStream.range(0, 64).boxed().toList());
    }

    private static void check(String name, ConformanceOptions options, DropSchedule schedule)
            throws IOException {
        GoldenFile.check(
                ConformanceTest.class, name + ".txt", Conformance.run(options, schedule).text());
    }
}

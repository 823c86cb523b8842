package io.rist4j.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** How often datagrams of one source may make a session throw, and what is told of it. */
class PathFaultsTest {
    private static final Endpoint SOURCE = Endpoint.ipv4(0x0B000001, 6_000);

    private final PathFaults faults = new PathFaults();
    private final List<String> logged = new ArrayList<>();
    private final Logger logger = Logger.getLogger(PathFaults.LOGGER);
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord logRecord) {
                    logged.add(logRecord.getMessage());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };
    private boolean wasHandedOn;
    private @Nullable Level level;

    @BeforeEach
    void listen() {
        wasHandedOn = logger.getUseParentHandlers();
        logger.setUseParentHandlers(false);
        level = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setLevel(level);
        logger.setUseParentHandlers(wasHandedOn);
    }

    private void bring(long nowNs, Endpoint from, int times) {
        for (int i = 0; i < times; i++) {
            faults.onThrown(nowNs, from, new IllegalStateException("a defect"));
        }
    }

    @Test
    void sixteenOfOneSourceMuteItForTenSeconds() {
        bring(5, SOURCE, PathFaults.MOST_FAULTS - 1);
        assertThat(faults.isMuted(5, SOURCE)).isFalse();
        bring(7, SOURCE, 1);
        assertThat(faults.isMuted(7, SOURCE)).isTrue();
        assertThat(faults.isMuted(7, SOURCE.withPort(6_001))).isFalse();
        assertThat(faults.isMuted(7 + PathFaults.MUTED_NS - 1, SOURCE)).isTrue();
        assertThat(faults.isMuted(7 + PathFaults.MUTED_NS, SOURCE)).isFalse();
        assertThat(faults.faults()).isEqualTo(PathFaults.MOST_FAULTS);
        assertThat(faults.mutedDatagrams()).isEqualTo(2);
        bring(8 + PathFaults.MUTED_NS, SOURCE, PathFaults.MOST_FAULTS - 1);
        assertThat(faults.isMuted(8 + PathFaults.MUTED_NS, SOURCE)).as("counted anew").isFalse();
    }

    @Test
    void onlyThoseOfTenSecondsCountTogether() {
        bring(0, SOURCE, PathFaults.MOST_FAULTS - 1);
        bring(PathFaults.WITHIN_NS + 1, SOURCE, 1);
        assertThat(faults.isMuted(PathFaults.WITHIN_NS + 1, SOURCE)).isFalse();
        bring(2 * PathFaults.WITHIN_NS + 1, SOURCE, PathFaults.MOST_FAULTS - 1);
        assertThat(faults.isMuted(2 * PathFaults.WITHIN_NS + 1, SOURCE)).isTrue();
    }

    @Test
    void eachSourceIsCountedByItselfUpToSixteenOfThem() {
        for (int i = 0; i < PathFaults.SOURCES; i++) {
            bring(i, SOURCE.withPort(i), PathFaults.MOST_FAULTS - 1);
        }
        bring(20, SOURCE.withPort(0), 1);
        assertThat(faults.isMuted(20, SOURCE.withPort(0))).isTrue();
        bring(30, SOURCE.withPort(99), 1);
        assertThat(faults.isMuted(30, SOURCE.withPort(0))).as("the oldest made room").isFalse();
        bring(30, SOURCE.withPort(1), 1);
        assertThat(faults.isMuted(30, SOURCE.withPort(1))).isTrue();
        assertThat(faults.isMuted(30, SOURCE.withPort(99))).isFalse();
        bring(30, SOURCE.withPort(99), PathFaults.MOST_FAULTS - 1);
        assertThat(faults.isMuted(30, SOURCE.withPort(99))).as("counted from its own").isTrue();
    }

    @Test
    void onceInTenSecondsAndWhenASourceIsMutedItIsLogged() {
        bring(0, SOURCE, 2);
        assertThat(logged).hasSize(1);
        bring(10 * SessionTime.SECOND - 1, SOURCE, 1);
        assertThat(logged).hasSize(1);
        bring(10 * SessionTime.SECOND, SOURCE, 1);
        assertThat(logged).hasSize(2).noneMatch(text -> text.contains("not listened to"));
        bring(10 * SessionTime.SECOND, SOURCE, PathFaults.MOST_FAULTS - 4);
        assertThat(logged).hasSize(3);
        assertThat(logged.get(2)).contains("16 so far").contains("not listened to for 10 s");
    }

    @Test
    void whatTheMachineCannotDoIsNoFaultOfADatagram() {
        assertThatThrownBy(() -> faults.onThrown(0, SOURCE, new OutOfMemoryError("full")))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(faults.faults()).isZero();
        faults.onThrown(0, SOURCE, new StackOverflowError());
        assertThat(faults.faults()).isEqualTo(1);
    }
}

package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Whose datagram it is, without looking at every path. */
class KnownSourcesTest {
    private static final int PATHS = 256;
    private static final int SOCKET = 0;
    private static final long SEED = 0x5EED;

    private static Endpoint source(int number) {
        return Endpoint.ipv4(0x0A00_0001 + number, 5_000);
    }

    private static Path path(int number) {
        var path = new Path(number, 0, new FixedLink(), 0, SOCKET, SOCKET, false);
        path.media = source(number);
        path.control = source(number);
        return path;
    }

    @Test
    void nearlyAllOfAsManyAsThereMayBeAreFoundAtOnce() {
        var known = new KnownSources(PATHS, SEED);
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < PATHS; i++) {
            paths.add(path(i));
            known.put(paths.get(i), SOCKET, source(i));
        }

        int found = 0;
        for (int i = 0; i < PATHS; i++) {
            Path path = known.find(SOCKET, source(i));
            assertThat(path).isIn(null, paths.get(i));
            found += path == null ? 0 : 1;
        }

        assertThat(found).isGreaterThan(PATHS * 9 / 10);
    }

    @Test
    void whoIsNotThereIsNotFound() {
        var known = new KnownSources(PATHS, SEED);
        known.put(path(1), SOCKET, source(1));

        assertThat(known.find(SOCKET, source(2))).isNull();
        assertThat(known.find(SOCKET + 1, source(1))).isNull();
        assertThat(known.find(SOCKET, source(1).withPort(5_001))).isNull();
    }

    @Test
    void aPathThatMovedAwayIsNotBelieved() {
        var known = new KnownSources(PATHS, SEED);
        Path moved = path(1);
        known.put(moved, SOCKET, source(1));

        moved.media = source(7);
        moved.control = source(7);

        assertThat(known.find(SOCKET, source(1))).isNull();
    }

    @Test
    void aPathThatHasGoneIsForgottenAndTheOthersAreNot() {
        var known = new KnownSources(PATHS, SEED);
        Path gone = path(1);
        Path other = path(2);
        known.put(gone, SOCKET, source(1));
        known.put(other, SOCKET, source(2));

        known.forget(gone);

        assertThat(known.find(SOCKET, source(1))).isNull();
        assertThat(known.find(SOCKET, source(2))).isSameAs(other);
    }

    @Test
    void ofThoseThatMeetTheOldestMakesWay() {
        var known = new KnownSources(1, SEED); // one hash for all
        for (int i = 0; i <= KnownSources.WAYS; i++) {
            known.put(path(i), SOCKET, source(i));
        }

        assertThat(known.find(SOCKET, source(0))).isNull();
        for (int i = 1; i <= KnownSources.WAYS; i++) {
            assertThat(known.find(SOCKET, source(i))).isNotNull();
        }
    }

    @Test
    void whichMeetDependsOnTheSeed() {
        List<Endpoint> crowd = meeting(SEED);

        assertThat(found(crowd, SEED)).isEqualTo(KnownSources.WAYS);
        assertThat(found(crowd, SEED + 1)).isGreaterThan(2 * KnownSources.WAYS);
    }

    /** Sixteen addresses that somebody chose who knows a seed. */
    private static List<Endpoint> meeting(long seed) {
        List<Endpoint> crowd = new ArrayList<>();
        crowd.add(source(0));
        for (int i = 1; crowd.size() < 16; i++) {
            var known = new KnownSources(PATHS, seed);
            Path stays = new Path(0, 0, new FixedLink(), 0, SOCKET, SOCKET, false);
            stays.media = source(0);
            known.put(stays, SOCKET, source(0));
            for (int j = 0; j < KnownSources.WAYS; j++) {
                known.put(path(i), SOCKET, source(i));
            }
            if (known.find(SOCKET, source(0)) == null) {
                crowd.add(source(i));
            }
        }
        return crowd;
    }

    private static int found(List<Endpoint> crowd, long seed) {
        var known = new KnownSources(PATHS, seed);
        for (Endpoint from : crowd) {
            Path path = new Path(0, 0, new FixedLink(), 0, SOCKET, SOCKET, false);
            path.media = from;
            known.put(path, SOCKET, from);
        }
        int found = 0;
        for (Endpoint from : crowd) {
            found += known.find(SOCKET, from) == null ? 0 : 1;
        }
        return found;
    }
}

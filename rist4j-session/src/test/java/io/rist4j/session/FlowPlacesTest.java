package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.crypto.host.Worker;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

/** Whose place makes way, and where the flows are that stay. */
class FlowPlacesTest {
    private static final int PLACES = 4;

    private final FlowPlaces places = new FlowPlaces(PLACES);
    private final Path alice = path(1);
    private final Path bob = path(2);
    private final Path carol = path(3);

    private static Path path(int number) {
        var path = new Path(number, 0, new FixedLink(), 0, 0, 0, false);
        path.media = Endpoint.ipv4(0x0A000001 + (number << 8), 40_000);
        path.control = path.media;
        return path;
    }

    private void take(int index, Path by) {
        FlowPlaces.Place place = places.take(index, 0x1000 + 2 * index, by);
        assertThat(place).isSameAs(places.at(index));
        assertThat(place.row).isEqualTo(by.row);
    }

    @Test
    void whoHoldsWhatIsCountedAnewAfterEachChange() {
        take(0, alice);
        take(1, bob);
        assertThat(places.giving(carol)).as("each holds one").isEqualTo(-1);
        take(2, alice);
        assertThat(places.giving(carol)).as("the latest of two").isEqualTo(2);
        places.free(2);
        assertThat(places.giving(carol)).as("one again").isEqualTo(-1);
    }

    @Test
    void theEndIsAboveTheLastPlaceInUse() {
        assertThat(places.end()).isZero();
        for (int i = 0; i < PLACES; i++) {
            assertThat(places.firstFree()).isEqualTo(i);
            take(i, alice);
            assertThat(places.end()).isEqualTo(i + 1);
        }
        assertThat(places.firstFree()).isEqualTo(-1);
        places.free(1);
        assertThat(places.end()).isEqualTo(PLACES);
        assertThat(places.firstFree()).isEqualTo(1);
        places.free(3);
        assertThat(places.end()).isEqualTo(3);
        take(1, bob);
        assertThat(places.end()).isEqualTo(3);
        places.free(2);
        places.free(1);
        places.free(0);
        assertThat(places.end()).isZero();
    }

    @Test
    void thoseThatStayAreFoundWhereTheyWere() {
        take(0, alice);
        take(1, alice);
        take(2, bob);
        places.free(0);
        assertThat(places.find(0x1000)).isEqualTo(-1);
        assertThat(places.find(0x1002)).isEqualTo(1);
        assertThat(places.find(0x1004)).isEqualTo(2);
        assertThat(places.user(2)).isEmpty();
        assertThat(places.holder(0)).isNull();
        assertThat(places.holder(2)).isEqualTo(bob.peer());
        assertThat(places.order(2)).isGreaterThan(places.order(1));
    }

    @Test
    void theFirstPlaceIsOfAFlowWithoutAnId() {
        var assembly =
                new SessionAssembly(
                        SessionConfig.of(
                                        Profile.MAIN,
                                        Role.RECEIVER,
                                        "bob",
                                        List.of(PathConfig.listen(MainNet.LISTENER)))
                                .withReceiver(ReceiverFlowConfig.defaults()),
                        new SessionIdentity(0x4000, 100, 0x4001),
                        new SessionServices(Worker.inline(), new Random(3)::nextBytes, n -> true),
                        new RecordingSink());
        assertThat(assembly.receiving.flow(0)).as("a receiver of one has it at once").isNotNull();
        assertThat(assembly.receiving.capacity()).isEqualTo(1);
        assertThat(assembly.end.takesSeveralFlows()).isFalse();
    }
}

package io.rist4j.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The Main profile with libRIST 0.2.20, whoever sends and whoever dials, under every protection, on
 * a clean link and on a bad one. Ten cells cover every pair of these, and behind users alone both
 * ways and callers are played; {@code -Drist4j.interop.matrix=full} runs all.
 */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
final class CurrentLibristTest {
    private static final double LOSS = 0.10;

    private static final boolean FULL =
            System.getProperty("rist4j.interop.matrix", "").equals("full");

    /** Who sends. */
    enum Direction {
        FROM_PEER,
        TO_PEER
    }

    /** One of the matrix. */
    record Cell(
            Protection protection,
            Direction direction,
            Run.Caller caller,
            CurrentLibrist.Start start,
            double loss) {
        CurrentLibrist peer() {
            return new CurrentLibrist(protection, start);
        }
    }

    private static List<Protection> protections() {
        return List.of(
                Protection.CLEAR,
                Protection.AES_128,
                Protection.AES_256,
                Protection.SRP,
                Protection.SRP_AND_AES);
    }

    static Stream<Cell> cells() {
        return FULL ? matrix() : Stream.concat(pairs(), usersAlone()).distinct();
    }

    /** Both ways, whoever dials, on a clean link. */
    private static Stream<Cell> usersAlone() {
        return IntStream.range(0, 4)
                .mapToObj(ways -> cell(Protection.SRP, ways & 1, ways >> 1, 0, 0));
    }

    private static Stream<Cell> matrix() {
        var cells = new ArrayList<Cell>();
        for (Protection protection : protections()) {
            for (int ways = 0; ways < 16; ways++) {
                int start = (ways >> 2) & 1;
                int loss = (ways >> 3) & 1;
                cells.add(cell(protection, ways & 1, (ways >> 1) & 1, start, loss));
            }
        }
        return cells.stream();
    }

    /**
     * Two cells for each protection, each other's opposite in all the rest; in which way the rest
     * goes together changes from one protection to the next, so that every pair of any two values
     * occurs.
     */
    private static Stream<Cell> pairs() {
        int[][] together = {{0, 0, 0}, {0, 1, 1}, {1, 0, 1}, {1, 1, 0}, {1, 1, 1}};
        var cells = new ArrayList<Cell>();
        int row = 0;
        for (Protection protection : protections()) {
            int[] with = together[row++];
            for (int way = 0; way < 2; way++) {
                cells.add(cell(protection, way, way ^ with[0], way ^ with[1], way ^ with[2]));
            }
        }
        return cells.stream();
    }

    private static Cell cell(
            Protection protection, int direction, int caller, int start, int loss) {
        return new Cell(
                protection,
                direction == 0 ? Direction.FROM_PEER : Direction.TO_PEER,
                caller == 0 ? Run.Caller.SENDER : Run.Caller.RECEIVER,
                start == 0 ? CurrentLibrist.Start.MAIN : CurrentLibrist.Start.DEFAULT,
                loss * LOSS);
    }

    @BeforeAll
    static void thePeerIsThere() {
        Optional<String> absent = CurrentLibrist.absent();
        assumeTrue(
                absent.isEmpty(),
                () ->
                        "libRIST 0.2.20 is skipped: no "
                                + absent.orElse("")
                                + "; interop/librist-0.2.20 brings it");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void everyByteComesThrough(Cell cell) throws Exception {
        End ours = cell.protection().ours();
        switch (cell.direction()) {
            case FROM_PEER -> Cells.receives(cell.peer(), ours, cell.caller(), cell.loss());
            case TO_PEER -> {
                if (cell.loss() > 0) {
                    Cells.losesNoMore(ours, cell.peer(), cell.caller(), cell.loss());
                } else {
                    Cells.sends(ours, cell.peer(), cell.caller());
                }
            }
        }
    }
}

package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the parameters of other tools' URLs (srt, udp, ffmpeg's rist) are called here. */
final class ForeignWords {
    private static final String NO_SIZE =
            "datagrams are carried with the size that they have; leave it out";
    private static final String NO_QUEUE = "sockets take the room that they need; leave it out";

    /** Those that no parameter stands for. */
    private static final Map<String, String> WITHOUT_ROW =
            Map.of(
                    "rist_profile", "here it is profile, 0 or 1",
                    "mode", "who listens is written rist://@HOST:PORT, who calls rist://HOST:PORT",
                    "pkt_size", NO_SIZE,
                    "payloadsize", NO_SIZE,
                    "fifo_size", NO_QUEUE,
                    "overrun_nonfatal", NO_QUEUE,
                    "buffer_size", NO_QUEUE);

    private ForeignWords() {}

    /** What to write instead of a word that is no parameter; null when no other tool has it. */
    static @Nullable String hint(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        Optional<UriRow> row =
                Parameters.ROWS.stream().filter(r -> r.elsewhere().contains(lower)).findFirst();
        return row.isEmpty()
                ? WITHOUT_ROW.get(lower)
                : "here it is " + row.get().key() + inUnit(row.get());
    }

    private static String inUnit(UriRow row) {
        String unit =
                switch (row) {
                    case UriRow.Setting setting -> setting.parameter().kind().unit();
                    case UriRow.Alias alias -> alias.targets().get(0).kind().unit();
                    case UriRow.Profile profile -> "";
                    case UriRow.Refused refused -> "";
                };
        return unit.isEmpty() ? "" : ", in " + unit;
    }
}

package io.rist4j.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;

/** The outcomes of all runs, kept as a Markdown table in the module's target folder. */
final class Table {
    private static final Path FILE = Path.of("target", "interop.md");
    private static final TreeMap<String, String> ROWS = new TreeMap<>();

    private Table() {}

    static void add(Run.Outcome outcome) throws IOException {
        System.out.println(outcome);
        Run run = outcome.run();
        Delivery delivery = outcome.delivery();
        var forward = outcome.link().forward().link();
        var backward = outcome.link().backward().link();
        String row =
                String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %.0f %% | %d | %d | %s | %d of %d | %d of %d | %s |",
                        run.sender().name(),
                        run.receiver().name(),
                        run.caller().name().toLowerCase(Locale.ROOT),
                        100 * run.loss(),
                        delivery.packets(),
                        delivery.lost(),
                        delivery.isExact() ? "yes" : "no",
                        forward.lost(),
                        forward.entered(),
                        backward.lost(),
                        backward.entered(),
                        outcome.note());
        String key =
                String.format(
                        Locale.ROOT,
                        "%s %s %s %.2f %d",
                        run.sender().name(),
                        run.receiver().name(),
                        run.caller(),
                        run.loss(),
                        run.seed());
        synchronized (ROWS) {
            ROWS.put(key, row);
            Files.createDirectories(FILE.getParent());
            Files.writeString(
                    FILE,
                    "| sender | receiver | dials | loss each way | delivered | lost | equal | lost on the"
                            + " way | lost on the way back | requests |\n"
                            + "|---|---|---|---|---|---|---|---|---|---|\n"
                            + String.join("\n", ROWS.values())
                            + "\n");
        }
    }
}

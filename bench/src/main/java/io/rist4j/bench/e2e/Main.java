package io.rist4j.bench.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Entry of {@code bench/run}, which has compiled the C tools into the folder that the second
 * argument names.
 */
public final class Main {

    private Main() {}

    /**
     * Measures the cells that the arguments choose and prints a table for each as soon as it is
     * complete.
     *
     * @param args the project's root, the tools' folder, then options
     * @throws IOException when a process cannot be started or read
     * @throws InterruptedException when it is told to stop
     */
    public static void main(String... args) throws IOException, InterruptedException {
        Options options;
        try {
            options =
                    Options.parse(
                            Path.of(args[0]),
                            Path.of(args[1]),
                            List.of(args).subList(2, args.length).toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        if (options.contenders().stream().anyMatch(c -> c.name().equals(Contender.RIST4J))) {
            buildLauncher(options.launcher());
        }
        var all = new ArrayList<Summary>();
        boolean clean = true;
        for (Cell cell : options.cells()) {
            List<Summary> rows = measure(options, cell);
            all.addAll(rows);
            System.out.print(Report.table(cell, rows));
            System.out.flush();
            Files.writeString(options.json(), Report.json(options, all));
            clean &= rows.stream().allMatch(s -> s.faults().isEmpty());
        }
        System.out.println();
        System.out.println(
                "us: user and system time of all threads per packet offered, median of "
                        + options.repetitions()
                        + "; p50..max: ms over the buffer; lost: to the last packet sent, run by run;");
        System.out.println(
                "traffic: media datagrams sent by offered/(1-loss); own drops: full sockets of the contender;"
                        + " others: other processes' use of one core");
        System.out.println("JSON: " + options.json());
        System.exit(clean ? 0 : 1);
    }

    /**
     * The launcher builds what is missing, which may take longer than a run waits for a process to
     * start.
     */
    private static void buildLauncher(Path launcher) throws IOException, InterruptedException {
        int code =
                new ProcessBuilder(launcher.toString(), "version")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor();
        if (code != 0) {
            throw new IllegalStateException(launcher + " version: exit code " + code);
        }
    }

    /** Contenders take turns, so that what the machine does meanwhile meets all of them. */
    private static List<Summary> measure(Options options, Cell cell)
            throws IOException, InterruptedException {
        var samples = new ArrayList<List<Sample>>();
        for (int i = 0; i < options.contenders().size(); i++) {
            samples.add(new ArrayList<>());
        }
        for (int repetition = 0; repetition < options.repetitions(); repetition++) {
            for (int i = 0; i < options.contenders().size(); i++) {
                Contender contender = options.contenders().get(i);
                System.err.printf(
                        "%s: %s, run %d%n", cell.title(), contender.name(), repetition + 1);
                samples.get(i).add(new Run(options, cell, contender, repetition).measure());
            }
        }
        var rows = new ArrayList<Summary>();
        for (int i = 0; i < samples.size(); i++) {
            rows.add(new Summary(cell, options.contenders().get(i), samples.get(i)));
        }
        return rows;
    }
}

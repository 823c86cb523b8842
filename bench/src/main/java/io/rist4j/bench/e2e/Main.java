package io.rist4j.bench.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Entry of {@code bench/run}, which has compiled the C tools into the folder that the second
 * argument names.
 */
public final class Main {

    private static final int QUIET_TRIES = 5;

    private final Options options;

    private Main(Options options) {
        this.options = options;
    }

    /**
     * Measures the cells that the arguments choose and prints a table for each as soon as it is
     * complete. Exit codes: 0, 1 when a run does not count, 2 for wrong options.
     *
     * @param args the project's root, the tools' folder, then options
     * @throws IOException when a process cannot be started or read
     * @throws InterruptedException when it is told to stop
     */
    public static void main(String... args) throws IOException, InterruptedException {
        List<String> words = List.of(args).subList(2, args.length);
        if (words.contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.parse(Path.of(args[0]), Path.of(args[1]), words);
        } catch (IllegalArgumentException e) {
            System.err.println("bench/run: " + e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(new Main(options).run());
    }

    private int run() throws IOException, InterruptedException {
        if (has(Contender.RIST4J)) {
            buildLauncher(options.launcher());
        }
        if (options.startup()) {
            for (Contender contender : options.contenders()) {
                System.out.println(new Startup(options, contender).measure());
            }
            return 0;
        }
        if (!options.flows().counts().isEmpty()) {
            measureFlows();
            return 0;
        }
        if (options.warmUp()) {
            for (Cell cell : options.cells()) {
                for (Contender contender : options.contenders()) {
                    System.out.print(new WarmUp(options, cell, contender).measure());
                    System.out.flush();
                }
            }
            return 0;
        }
        var all = new ArrayList<Summary>();
        for (Cell cell : options.cells()) {
            List<Summary> rows = measure(cell);
            all.addAll(rows);
            System.out.print(Report.table(cell, rows));
            System.out.flush();
            Files.writeString(options.json(), Report.json(options, all));
        }
        System.out.print(Report.legend(options));
        return all.stream().allMatch(s -> s.faults().isEmpty()) ? 0 : 1;
    }

    private void measureFlows() throws IOException, InterruptedException {
        double aloneMicros = Double.NaN;
        for (int flows : options.flows().counts()) {
            if (has(Contender.RIST4J)) {
                var run = new FlowsRun(options, flows);
                System.out.print(run.measure());
                if (flows == 1) {
                    aloneMicros = run.microsPerPacket();
                } else if (!Double.isNaN(aloneMicros)) {
                    System.out.printf(
                            Locale.ROOT,
                            "  by one flow's              %.2f x%n",
                            run.microsPerPacket() / aloneMicros);
                }
            }
            if (has(Contender.LIBRIST)) {
                System.out.print(new PairsRun(options, flows).measure());
            }
            System.out.flush();
        }
    }

    private boolean has(String contender) {
        return options.contenders().stream().anyMatch(c -> c.name().equals(contender));
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
    private List<Summary> measure(Cell cell) throws IOException, InterruptedException {
        var samples = new ArrayList<List<Sample>>();
        for (int i = 0; i < options.contenders().size(); i++) {
            samples.add(new ArrayList<>());
        }
        for (int repetition = 0; repetition < options.repetitions(); repetition++) {
            for (int i = 0; i < options.contenders().size(); i++) {
                Contender contender = options.contenders().get(i);
                System.err.printf(
                        "%s: %s, run %d%n", cell.title(), contender.name(), repetition + 1);
                try {
                    samples.get(i)
                            .add(measureQuietly(new Run(options, cell, contender, repetition)));
                } catch (IllegalStateException e) {
                    System.out.println(contender.name() + ": no result: " + e.getMessage());
                }
            }
        }
        var rows = new ArrayList<Summary>();
        for (int i = 0; i < samples.size(); i++) {
            rows.add(new Summary(cell, options.contenders().get(i), samples.get(i)));
        }
        return rows;
    }

    private Sample measureQuietly(Run run) throws IOException, InterruptedException {
        double percent = options.quietPercent();
        if (percent <= 0) {
            return run.measure();
        }
        for (int i = 1; ; i++) {
            Quiet.await(percent);
            Sample sample = run.measure();
            if (sample.foreignCpuPercent() < percent || i == QUIET_TRIES) {
                return sample;
            }
            System.err.printf("  others used %.0f %%, again%n", sample.foreignCpuPercent());
        }
    }
}

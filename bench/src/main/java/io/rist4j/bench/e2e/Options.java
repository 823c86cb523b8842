package io.rist4j.bench.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the command line asked for. */
record Options(
        List<Cell> cells,
        List<Contender> contenders,
        Path launcher,
        int warmupSeconds,
        int seconds,
        int repetitions,
        int basePort,
        int sinkTickUs,
        int networkTickUs,
        int floodPerSecond,
        double quietPercent,
        boolean startup,
        boolean warmUp,
        FlowsAsked flows,
        long seed,
        Path tools,
        Path json) {

    static final String USAGE =
            """
            usage: bench/run [options]
              --rates=1000,9500,30000,60000   packets per second
              --loss=0,5,20,50                percent, both ways; 0 is a direct path
              --delay=25                      ms each way where there is loss
              --profile=simple                or main, of rist4j and libRIST alike
              --secret=TEXT                   on main: encrypt under it
              --aes=128                       or 256, with --secret
              --buffer=1000                   ms, of every RIST contender
              --only=rist4j,librist,relay     contenders to run, by name
              --librist=[NAME=]FOLDER         libRIST tools in FOLDER, besides those on the PATH (repeatable)
              --peer='NAME|SENDER|RECEIVER'   another pair of commands; {in} {to} {port} {out} {query} are filled in
              --rist=FILE                     our launcher (default: rist in the project's root)
              --warmup=6 --seconds=8          of each run
              --reps=3                        runs of each contender and cell; the median counts
              --quick                         rates 1000,9500, clean, one run of 4+5 s
              --startup                       instead: time from start to first packet
              --warm-up                       instead: CPU second by second from the first packet on, of
                                              --warmup and --seconds together, clean
              --flows=1,100,1000              instead: many flows, all senders in one process and all receivers in another:
                                              waiting for a peer, connected without media, with media, and when ten of
                                              a hundred or more die and come back; one flow has 9500 packets/s. Main
                                              with AES-256. --only=rist4j,librist: a pair of libRIST's tools for each flow
              --flow-rate=20                  packets per second of each flow
              --flows-per-port=250            receive so many flows by one RistMultiReceiver (default: 0, a port each)
              --pumps=1                       network threads of each process with --flows
              --flood=50000                   random datagrams per second at the receiver's ports, besides
              --quiet=10                      wait until others use less than 10 % of a core, repeat a run
                                              during which they used more (up to five times)
              --under='chrt --rr 1'           command that the contenders are started under
              --seed=1                        of the losses
              --base-port=21000
              --sink-tick-us=1000             how often the sink looks; 0: it sleeps in its receive call
              --network-tick-us=200           how often the impairment looks
              --json=FILE                     (default: bench/target/e2e/results.json)
            """;

    static Options parse(Path root, Path tools, List<String> args) {
        String rates = "1000,9500,30000,60000";
        String losses = "0,5,20,50";
        int delayMs = 25;
        int bufferMs = 1000;
        String profile = "simple";
        String secret = "";
        String aes = "128";
        int warmup = 6;
        int seconds = 8;
        int repetitions = 3;
        int basePort = 21_000;
        int sinkTickUs = 1000;
        int networkTickUs = 200;
        int floodPerSecond = 0;
        double quietPercent = 0;
        boolean startup = false;
        boolean warmUp = false;
        String flows = "";
        int flowRate = 20;
        int flowsPerPort = 0;
        int pumps = 1;
        String under = "";
        long seed = 1;
        String only = "";
        Path launcher = root.resolve("rist");
        Path json = tools.resolve("results.json");
        List<String> librists = new ArrayList<>();
        List<String> peers = new ArrayList<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            String name = equals < 0 ? arg : arg.substring(0, equals);
            String value = equals < 0 ? "" : arg.substring(equals + 1);
            switch (name) {
                case "--rates" -> rates = value;
                case "--loss" -> losses = value;
                case "--delay" -> delayMs = Integer.parseInt(value);
                case "--buffer" -> bufferMs = Integer.parseInt(value);
                case "--profile" -> profile = value;
                case "--secret" -> secret = value;
                case "--aes" -> aes = value;
                case "--only" -> only = value;
                case "--librist" -> librists.add(value);
                case "--peer" -> peers.add(value);
                case "--rist" -> launcher = Path.of(value).toAbsolutePath();
                case "--warmup" -> warmup = Integer.parseInt(value);
                case "--seconds" -> seconds = Integer.parseInt(value);
                case "--reps" -> repetitions = Integer.parseInt(value);
                case "--quick" -> {
                    rates = "1000,9500";
                    losses = "0";
                    warmup = 4;
                    seconds = 5;
                    repetitions = 1;
                }
                case "--seed" -> seed = Long.parseLong(value);
                case "--base-port" -> basePort = Integer.parseInt(value);
                case "--sink-tick-us" -> sinkTickUs = Integer.parseInt(value);
                case "--network-tick-us" -> networkTickUs = Integer.parseInt(value);
                case "--flood" -> floodPerSecond = Integer.parseInt(value);
                case "--quiet" -> quietPercent = Double.parseDouble(value);
                case "--under" -> under = value;
                case "--startup" -> startup = true;
                case "--warm-up" -> {
                    warmUp = true;
                    losses = "0";
                }
                case "--flows" -> {
                    flows = value;
                    profile = "main";
                    aes = "256";
                    secret = "flows";
                }
                case "--flow-rate" -> flowRate = Integer.parseInt(value);
                case "--flows-per-port" -> flowsPerPort = Integer.parseInt(value);
                case "--pumps" -> pumps = Integer.parseInt(value);
                case "--json" -> json = Path.of(value).toAbsolutePath();
                default -> throw new IllegalArgumentException("unknown option " + arg);
            }
        }
        if (basePort % 2 != 0) {
            throw new IllegalArgumentException("--base-port must be even: " + basePort);
        }
        List<String> words = profile(profile, secret, aes);
        var asked =
                new FlowsAsked(
                        FlowsAsked.counts(flows),
                        flowRate,
                        flowsPerPort,
                        pumps,
                        query(profile, secret, aes, bufferMs),
                        words);
        if (startup && !profile.equals("simple")) {
            throw new IllegalArgumentException(
                    "--startup knows media packets of --profile=simple only");
        }
        var contenders = new ArrayList<Contender>();
        contenders.add(Contender.relay(tools));
        contenders.add(Contender.rist4j(launcher, words, bufferMs));
        contenders.add(Contender.librist(Contender.LIBRIST, "", words, bufferMs));
        for (String text : librists) {
            int equals = text.indexOf('=');
            String name =
                    equals < 0 ? "librist-" + (contenders.size() - 2) : text.substring(0, equals);
            contenders.add(Contender.librist(name, text.substring(equals + 1), words, bufferMs));
        }
        for (String text : peers) {
            contenders.add(Contender.parse(text, bufferMs));
        }
        if (!only.isEmpty()) {
            List<String> names = List.of(only.split(",", -1));
            for (String name : names) {
                if (contenders.stream().noneMatch(c -> c.name().equals(name))) {
                    throw new IllegalArgumentException("--only names no contender: " + name);
                }
            }
            contenders.removeIf(c -> !names.contains(c.name()));
        }
        if (!under.isEmpty()) {
            List<String> prefix = List.of(under.trim().split("\\s+", -1));
            contenders.replaceAll(contender -> contender.under(prefix));
        }
        return new Options(
                cells(rates, losses, delayMs),
                List.copyOf(contenders),
                launcher,
                warmup,
                seconds,
                repetitions,
                basePort,
                sinkTickUs,
                networkTickUs,
                floodPerSecond,
                quietPercent,
                startup,
                warmUp,
                asked,
                seed,
                tools,
                json);
    }

    /** What the tools, ours and libRIST's, take for it. */
    private static List<String> profile(String profile, String secret, String aes) {
        boolean main = profile.equals("main");
        if (!main && !profile.equals("simple")) {
            throw new IllegalArgumentException("--profile is simple or main, not " + profile);
        }
        if (!aes.equals("128") && !aes.equals("256")) {
            throw new IllegalArgumentException("--aes is 128 or 256, not " + aes);
        }
        if (secret.isEmpty()) {
            return List.of("-p", main ? "1" : "0");
        }
        if (!main) {
            throw new IllegalArgumentException("--secret needs --profile=main");
        }
        return List.of("-p", "1", "-s", secret, "-e", aes);
    }

    /** The same in a URL. */
    private static String query(String profile, String secret, String aes, int bufferMs) {
        String query = "profile=" + profile + "&buffer=" + bufferMs;
        return secret.isEmpty() ? query : query + "&secret=" + secret + "&aes-type=" + aes;
    }

    private static List<Cell> cells(String rates, String losses, int delayMs) {
        var cells = new ArrayList<Cell>();
        for (String rate : rates.split(",", -1)) {
            for (String loss : losses.split(",", -1)) {
                cells.add(new Cell(Integer.parseInt(rate), Double.parseDouble(loss), delayMs));
            }
        }
        return List.copyOf(cells);
    }

    /**
     * Packets of one run: half a second more than is measured, so that the last look happens while
     * packets flow.
     */
    long packets(Cell cell) {
        return (long) cell.packetsPerSecond() * (2L * (warmupSeconds + seconds) + 1) / 2;
    }
}

package io.rist4j.cli;

import io.rist4j.RistConfigException;
import io.rist4j.cli.view.LogFormat;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.core.message.PrintableText;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The {@code rist} command. */
public final class Rist {
    /** The commands, in the order of the help. */
    static final List<String> NAMES =
            List.of("demo", "send", "receive", "relay", "tunnel", "impair", "passwd", "version");

    /** What there is. */
    static final String USAGE =
            """
            RIST: a live stream survives a lossy network.

            Usage: rist COMMAND [OPTIONS]

              demo       a stream survives a bad network, here and now
              send       send a file, standard input, udp:// or rtp:// to a receiver
              receive    receive into files, standard output, udp:// or rtp://
              relay      receive once, send on to several receivers
              tunnel     IP packets between two hosts (Linux)
              impair     a bad network between two programs
              passwd     a user's lines for a file of SRP users
              version    print the version
              help       explain a command: rist help COMMAND

            Exit codes: 0 done, 1 failed at run time, 2 wrong usage, 3 the peer refused or never came,
            4 data was lost (demo), 130 ended by Ctrl-C.
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        Console console = Terminals.standard();
        var failure =
                new FatalFailure(args.length == 0 ? "rist" : "rist " + args[0], console.err());
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> failure.end(cause));
        Interrupts.listen();
        var stop = new StopSignal();
        var ending = new ProcessEnding(stop);
        int code;
        try {
            code = run(args, console, stop);
        } catch (RuntimeException | Error e) {
            failure.end(e);
            return;
        }
        ending.exit(code);
    }

    /** Runs a command and returns its exit code. */
    static int run(String[] args, Console console, StopSignal stop) {
        if (args.length == 0) {
            console.err().print(USAGE);
            return ExitCode.USAGE;
        }
        String name = args[0];
        if (isHelp(name)) {
            return help(args, console);
        }
        RistCommand command = command(name);
        if (command == null) {
            say(console.err(), "rist: unknown command " + name + "; see rist help");
            return ExitCode.USAGE;
        }
        return run(command, name, Arrays.copyOfRange(args, 1, args.length), console, stop);
    }

    /** Runs a command that is made already. */
    static int run(
            RistCommand command, String name, String[] args, Console console, StopSignal stop) {
        CommandLine line = commandLine(command, name);
        try {
            ParseResult parsed = line.parseArgs(args);
            if (line.isUsageHelpRequested()) {
                line.usage(console.out());
                return ExitCode.DONE;
            }
            if (takesOptionsOfLibrist(command)) {
                RefusedOptions.check(parsed);
            }
            return command.run(console, stop);
        } catch (ParameterException e) {
            return usage(name, OptionErrors.text(e), console.err(), logFormat(line));
        } catch (UsageException | RistConfigException e) {
            return usage(name, message(e), console.err(), logFormat(line));
        } catch (CommandFailure e) {
            fail(name, message(e), console.err(), logFormat(line));
            return e.exitCode();
        } catch (IOException e) {
            fail(name, message(e), console.err(), logFormat(line));
            return ExitCode.FAILED;
        }
    }

    private static int help(String[] args, Console console) {
        if (args.length < 2) {
            console.out().print(USAGE);
            return ExitCode.DONE;
        }
        RistCommand command = command(args[1]);
        if (command == null) {
            say(console.err(), "rist: unknown command " + args[1] + "; see rist help");
            return ExitCode.USAGE;
        }
        commandLine(command, args[1]).usage(console.out());
        return ExitCode.DONE;
    }

    /** The options of one of {@link #NAMES}. */
    static CommandLine commandLine(String name) {
        RistCommand command = command(name);
        if (command == null) {
            throw new IllegalArgumentException(name);
        }
        return commandLine(command, name);
    }

    private static boolean takesOptionsOfLibrist(RistCommand command) {
        return command instanceof SendCommand || command instanceof ReceiveCommand;
    }

    private static CommandLine commandLine(RistCommand command, String name) {
        CommandSpec spec = command.commandSpec();
        Options.addHelp(spec);
        if (takesOptionsOfLibrist(command)) {
            RefusedOptions.addTo(spec);
        }
        var line = new CommandLine(spec);
        return line.setCommandName("rist " + name)
                // picocli's matcher of abbreviations fails at an argument that is - or empty
                .setAbbreviatedOptionsAllowed(!(command instanceof PasswdCommand))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setOverwrittenOptionsAllowed(true);
    }

    /** Only the command that runs is made: reading the options of all of them takes longer. */
    private static @Nullable RistCommand command(String name) {
        return switch (name) {
            case "demo" -> new DemoCommand();
            case "send" -> new SendCommand();
            case "receive" -> new ReceiveCommand();
            case "relay" -> new RelayCommand();
            case "tunnel" -> new TunnelCommand();
            case "impair" -> new ImpairCommand();
            case "passwd" -> new PasswdCommand();
            case "version", "--version", "-V" -> new VersionCommand();
            default -> null;
        };
    }

    private static boolean isHelp(String name) {
        return name.equals("help") || name.equals("--help") || name.equals("-h");
    }

    private static int usage(String name, String complaint, PrintStream err, LogFormat format) {
        fail(name, complaint, err, format);
        if (format == LogFormat.text) {
            say(err, "Try 'rist help " + name + "'.");
        }
        return ExitCode.USAGE;
    }

    /** Whoever reads the log as JSON reads the last line of it too. */
    private static void fail(String name, String complaint, PrintStream err, LogFormat format) {
        String text = "rist " + name + ": " + complaint;
        say(
                err,
                format == LogFormat.text
                        ? text
                        : format.lineNow(LogLevel.ERROR, PrintableText.of(text)));
    }

    /** As asked for, if the options were read so far. */
    private static LogFormat logFormat(CommandLine line) {
        OptionSpec option = line.getCommandSpec().findOption("--log-format");
        boolean isJson = option != null && option.stringValues().contains(LogFormat.json.name());
        return isJson ? LogFormat.json : LogFormat.text;
    }

    /**
     * A line that ends the command. It may echo what somebody typed or a peer said; and a terminal
     * that is held does not keep the process.
     */
    private static void say(PrintStream err, String line) {
        var thread = Thread.ofPlatform().daemon().start(() -> err.println(PrintableText.of(line)));
        try {
            boolean _ = thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String message(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    private Rist() {}
}
